use hub_directory::{Caller, OrganizationId, PeopleCondition, PeopleOrder, PeoplePosition, PersonId};
use kit::{Result, Timestamp};
use scim_v2::filter::Filter;

use crate::Scim;
use crate::model::error::{Outcome, ScimError};
use crate::model::filter;
use crate::model::plan::{Lead, Plan, plan};
use crate::model::projection::Projection;
use crate::model::resource::{Tree, text_at, tree_at};
use crate::model::rights;
use crate::model::user_schema::USER;
use crate::store::extras;

/// What somebody looks for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) filter: Option<String>,
    pub(crate) sort_by: Option<String>,
    pub(crate) descending: bool,
    /// From 1.
    pub(crate) start_index: usize,
    pub(crate) count: usize,
    pub(crate) projection: Projection,
    pub(crate) with_groups: bool,
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub(crate) struct SearchFound {
    pub(crate) total: usize,
    pub(crate) start_index: usize,
    pub(crate) resources: Vec<Tree>,
}

/// How many people a walk looks at at a time: enough to be quick, few enough to hold.
const BATCH: usize = 500;

/// Whom a walk passes by, in which order, and for whom it looks.
struct Walk<'a> {
    condition: PeopleCondition,
    order: PeopleOrder,
    filter: &'a Filter,
    look_at_groups: bool,
}

impl Search {
    fn skipped(&self) -> usize {
        self.start_index - 1
    }
}

impl Scim {
    /// Users of the organization. What an index can find is looked up; everything else is walked through in batches.
    pub(crate) async fn search_users(&self, caller: &Caller, search: &Search) -> Outcome<SearchFound> {
        rights::require_user_reader(caller)?;
        let order = order(search)?;
        let filter = search
            .filter
            .as_deref()
            .map(|text| filter::parse(&USER, text))
            .transpose()?;
        let organization_id = caller.organization_id;
        let with_groups = search.with_groups || search.projection.asks_for("groups");
        let (total, resources) = match (plan(filter.as_ref()), &filter) {
            (Plan::Exact(condition), _) => {
                self.page_of_users(organization_id, &condition, order, search, with_groups)
                    .await?
            }
            (Plan::Few(leads), Some(filter)) => {
                self.few_users(organization_id, &leads, filter, search, with_groups)
                    .await?
            }
            (Plan::Walk(condition), Some(filter)) => {
                let walk = Walk {
                    condition,
                    order,
                    filter,
                    look_at_groups: with_groups || filter::mentions(filter, "groups"),
                };
                self.walk_users(organization_id, &walk, search).await?
            }
            (_, None) => (0, Vec::new()),
        };
        let shown = resources
            .into_iter()
            .map(|tree| search.projection.apply(&USER, tree))
            .collect();
        Ok(SearchFound {
            total,
            start_index: search.start_index,
            resources: shown,
        })
    }

    async fn page_of_users(
        &self,
        organization_id: OrganizationId,
        condition: &PeopleCondition,
        order: PeopleOrder,
        search: &Search,
        with_groups: bool,
    ) -> Result<(usize, Vec<Tree>)> {
        let directory = self.directory();
        let total = directory.count_where(organization_id, condition).await?;
        if search.count == 0 || search.skipped() >= total {
            return Ok((total, Vec::new()));
        }
        let positions = directory
            .positions_from(organization_id, condition, order, search.skipped(), search.count)
            .await?;
        Ok((
            total,
            self.users_at(organization_id, &positions, with_groups).await?,
        ))
    }

    async fn users_at(
        &self,
        organization_id: OrganizationId,
        positions: &[PeoplePosition],
        with_groups: bool,
    ) -> Result<Vec<Tree>> {
        let ids: Vec<PersonId> = positions.iter().map(|position| position.id).collect();
        self.users(organization_id, &ids, with_groups).await
    }

    async fn few_users(
        &self,
        organization_id: OrganizationId,
        leads: &[Lead],
        filter: &Filter,
        search: &Search,
        with_groups: bool,
    ) -> Result<(usize, Vec<Tree>)> {
        let mut ids = Vec::new();
        for lead in leads {
            self.follow(organization_id, lead, &mut ids).await?;
        }
        ids.sort_unstable();
        ids.dedup();
        let with_groups = with_groups || filter::mentions(filter, "groups");
        let mut found = Vec::new();
        for chunk in ids.chunks(BATCH) {
            let users = self.users(organization_id, chunk, with_groups).await?;
            found.extend(
                users
                    .into_iter()
                    .filter(|user| filter::matches(&USER, filter, user)),
            );
        }
        sort(&mut found, search);
        let total = found.len();
        let page = found.into_iter().skip(search.skipped()).take(search.count);
        Ok((total, page.collect()))
    }

    async fn follow(
        &self,
        organization_id: OrganizationId,
        lead: &Lead,
        ids: &mut Vec<PersonId>,
    ) -> Result<()> {
        let database = self.database();
        match lead {
            Lead::Nobody => {}
            Lead::Id(id) => ids.push(PersonId::new(*id)),
            Lead::ExternalId(text) => {
                ids.extend(extras::by_external_id(database.into(), organization_id, text).await?);
            }
            Lead::UserName(text) | Lead::Email(text) => {
                let directory = self.directory();
                ids.extend(
                    directory
                        .id_by_email(database.into(), organization_id, text)
                        .await?,
                );
                ids.extend(match lead {
                    Lead::Email(_) => {
                        extras::by_further_address(database.into(), organization_id, text).await?
                    }
                    _ => extras::by_user_name(database.into(), organization_id, text).await?,
                });
            }
        }
        Ok(())
    }

    async fn walk_users(
        &self,
        organization_id: OrganizationId,
        walk: &Walk<'_>,
        search: &Search,
    ) -> Result<(usize, Vec<Tree>)> {
        let wanted = search.skipped()..search.skipped().saturating_add(search.count);
        let (mut total, mut found) = (0, Vec::new());
        let mut last: Option<PeoplePosition> = None;
        loop {
            let positions = self
                .directory()
                .positions_behind(organization_id, &walk.condition, walk.order, last.as_ref(), BATCH)
                .await?;
            let users = self
                .users_at(organization_id, &positions, walk.look_at_groups)
                .await?;
            for user in users {
                if filter::matches(&USER, walk.filter, &user) {
                    if wanted.contains(&total) {
                        found.push(user);
                    }
                    total += 1;
                }
            }
            let is_last = positions.len() < BATCH;
            last = positions.into_iter().next_back();
            if is_last {
                return Ok((total, found));
            }
        }
    }
}

fn order(search: &Search) -> Outcome<PeopleOrder> {
    let descending = search.descending;
    Ok(
        match search.sort_by.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("id") => PeopleOrder::Id { descending },
            Some("username" | "emails" | "emails.value") => PeopleOrder::Email { descending },
            Some("displayname") => PeopleOrder::DisplayName { descending },
            Some("meta.lastmodified") => PeopleOrder::LastModified { descending },
            Some(_) => {
                return Err(ScimError::value(
                    "sortBy must be userName, displayName, id or meta.lastModified.",
                ));
            }
        },
    )
}

/// The few that an index found, in the order that the walk would have.
fn sort(users: &mut [Tree], search: &Search) {
    let by = search.sort_by.as_deref().map(str::to_ascii_lowercase);
    let key = |user: &Tree| -> (i64, String, String) {
        let id = text_at(user, "id").unwrap_or_default().to_owned();
        let text = |key| text_at(user, key).map(kit::search_key).unwrap_or_default();
        match by.as_deref() {
            Some("username" | "emails" | "emails.value") => (0, text("userName"), id),
            Some("displayname") => (0, text("displayName"), id),
            Some("meta.lastmodified") => {
                let moment = tree_at(user, "meta").and_then(|meta| text_at(meta, "lastModified"));
                let moment = moment.and_then(|text| Timestamp::parse(text).ok());
                (moment.map_or(0, Timestamp::as_millis), String::new(), id)
            }
            _ => (0, String::new(), id),
        }
    };
    users.sort_by_cached_key(key);
    if search.descending {
        users.reverse();
    }
}
