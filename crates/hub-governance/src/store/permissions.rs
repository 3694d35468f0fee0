use std::collections::{HashMap, HashSet};

use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, Statement, sql};

use crate::model::{Bound, Rule};

/// Somebody's use of an integration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Use {
    pub(crate) organization: OrganizationId,
    pub(crate) client_id: String,
    pub(crate) person: PersonId,
}

/// What the rows say, before they are put together for one use.
#[derive(Default)]
struct Facts {
    defaults: HashMap<OrganizationId, Rule>,
    exceptions: HashMap<(OrganizationId, String), (Rule, bool)>,
    bounds: HashMap<(OrganizationId, String), Bound>,
    named: HashSet<Use>,
    ended: HashSet<Use>,
    own: HashMap<Use, Bound>,
}

/// Whether each of these uses is permitted at this moment, and the bound that holds for it, in their order: one statement for
/// all of them, because it is asked for every request.
pub(crate) async fn permissions(
    on: impl Into<Handle<'_>>,
    uses: &[Use],
    now: Timestamp,
) -> Result<Vec<(bool, Bound)>> {
    if uses.is_empty() {
        return Ok(Vec::new());
    }
    let mut facts = Facts::default();
    for row in &statement(uses, now).all(on).await? {
        facts.take(row)?;
    }
    Ok(uses.iter().map(|one| facts.about(one)).collect())
}

/// Rows for more uses than these may come where several organizations and integrations are asked for together; nobody looks
/// at them.
fn statement(uses: &[Use], now: Timestamp) -> Statement {
    let organizations: HashSet<OrganizationId> = uses.iter().map(|one| one.organization).collect();
    let clients: HashSet<&str> = uses.iter().map(|one| one.client_id.as_str()).collect();
    let people: HashSet<PersonId> = uses.iter().map(|one| one.person).collect();
    let places = |statement: Statement| {
        statement
            .push(" WHERE organization_id IN ")
            .push_list(organizations.iter().map(|id| id.uuid()))
    };
    let of_clients = |statement: Statement| {
        places(statement)
            .push(" AND client_id IN ")
            .push_list(clients.iter().copied())
    };
    let of_people = |statement: Statement| {
        of_clients(statement)
            .push(" AND person_id IN ")
            .push_list(people.iter().map(|id| id.uuid()))
    };
    let mut all = sql(
        "SELECT 'default' AS kind, organization_id, '' AS client_id, '' AS person_id, rule, FALSE AS listed, 0 AS dead_until, 0 AS spared_until FROM governance_default",
    );
    all = places(all)
        .push(" UNION ALL SELECT 'exception', organization_id, client_id, '', rule, listed, 0, 0 FROM governance_exception");
    all = of_clients(all).push(
        " UNION ALL SELECT 'named', organization_id, client_id, person_id, '', FALSE, 0, 0 FROM governance_exception_person",
    );
    all = of_people(all)
        .push(" UNION ALL SELECT 'ended', organization_id, client_id, person_id, '', FALSE, 0, 0 FROM governance_expiry");
    all = of_people(all).push(" AND expires_at <= ").push_bind(now).push(
        " UNION ALL SELECT 'bound', organization_id, client_id, '', '', FALSE, dead_until, spared_until FROM governance_bound",
    );
    all = of_clients(all).push(
        " UNION ALL SELECT 'own', organization_id, client_id, person_id, '', FALSE, dead_until, spared_until FROM governance_bound_person",
    );
    of_people(all)
}

impl Facts {
    fn take(&mut self, row: &Row) -> Result<()> {
        let organization = OrganizationId::new(row.uuid("organization_id")?);
        let client_id = row.text("client_id")?;
        let read_bound = || -> Result<Bound> {
            Ok(Bound {
                dead_until: row.moment("dead_until")?,
                spared_until: row.moment("spared_until")?,
            })
        };
        let read_use = |client_id| -> Result<Use> {
            Ok(Use {
                organization,
                client_id,
                person: PersonId::parse(&row.text("person_id")?)?,
            })
        };
        match row.text("kind")?.as_str() {
            "default" => drop(
                self.defaults
                    .insert(organization, Rule::parse(&row.text("rule")?)?),
            ),
            "exception" => {
                let exception = (Rule::parse(&row.text("rule")?)?, row.boolean("listed")?);
                self.exceptions.insert((organization, client_id), exception);
            }
            "named" => drop(self.named.insert(read_use(client_id)?)),
            "ended" => drop(self.ended.insert(read_use(client_id)?)),
            "own" => drop(self.own.insert(read_use(client_id)?, read_bound()?)),
            _ => drop(self.bounds.insert((organization, client_id), read_bound()?)),
        }
        Ok(())
    }

    fn about(&self, one: &Use) -> (bool, Bound) {
        let key = (one.organization, one.client_id.clone());
        let is_named = self.named.contains(one);
        let permitted = match self.exceptions.get(&key).copied() {
            None => self.defaults.get(&one.organization).copied().unwrap_or_default() == Rule::Allow,
            Some((rule, false)) => rule == Rule::Allow,
            Some((Rule::Allow, true)) => is_named,
            Some((Rule::Block, true)) => !is_named,
        };
        let bound = self.own.get(one).or_else(|| self.bounds.get(&key));
        (
            permitted && !self.ended.contains(one),
            bound.copied().unwrap_or_default(),
        )
    }
}
