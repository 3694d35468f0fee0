use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Location, LocationChangeKind, LocationChanged, LocationId, OrganizationId};
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::Telephony;
use crate::model::CallingKind;
use crate::store::{virtual_lines, workspaces};

impl Telephony {
    /// Keeps a location that workspaces or virtual lines still need.
    pub fn location_listener(&self) -> Arc<dyn LocationChanged> {
        Arc::new(KeepsLocations(self.clone()))
    }

    /// The location that `field` names, as it stays until the transaction ends.
    pub(crate) async fn location_held(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        field: &str,
        id: LocationId,
    ) -> Result<Location> {
        self.directory()
            .hold_location(transaction, organization_id, id)
            .await?
            .ok_or_else(|| {
                Error::invalid(format!(
                    "{field} names no location of this organization. GET /v1/locations lists those it has."
                ))
            })
    }

    /// The same, where calling is wanted.
    pub(crate) async fn calling_location_held(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        field: &str,
        id: LocationId,
    ) -> Result<Location> {
        let location = self
            .location_held(transaction, organization_id, field, id)
            .await?;
        if location.calling.is_some() {
            return Ok(location);
        }
        Err(Error::invalid(format!(
            "The location “{}” is not enabled for calling. Enable calling there first, or choose another location.",
            location.name
        )))
    }
}

struct KeepsLocations(Telephony);

impl KeepsLocations {
    /// Virtual lines are listed by the name of their location.
    async fn remember_name(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
    ) -> Result<()> {
        let location = self
            .0
            .directory()
            .location_of((&mut *transaction).into(), organization_id, location_id)
            .await?;
        match location {
            Some(location) => {
                virtual_lines::remember_location(transaction, organization_id, location_id, &location.name)
                    .await
            }
            None => Ok(()),
        }
    }
}

#[async_trait]
impl LocationChanged for KeepsLocations {
    async fn location_changed(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
        kind: LocationChangeKind,
    ) -> Result<()> {
        let (calling, deed) = match kind {
            LocationChangeKind::Changed => {
                return self
                    .remember_name(transaction, organization_id, location_id)
                    .await;
            }
            LocationChangeKind::CallingDisabled => {
                (Some(CallingKind::Webex), "Calling cannot be disabled at")
            }
            LocationChangeKind::Deleted => (None, "You cannot delete"),
        };
        let rooms =
            workspaces::names_at((&mut *transaction).into(), organization_id, location_id, calling).await?;
        let lines = virtual_lines::names_at((&mut *transaction).into(), organization_id, location_id).await?;
        if rooms.is_empty() && lines.is_empty() {
            return Ok(());
        }
        let location = self
            .0
            .directory()
            .location_of(transaction.into(), organization_id, location_id)
            .await?;
        let name = location.map(|location| location.name).unwrap_or_default();
        Err(Error::conflict(refusal(
            &name,
            deed,
            calling.is_some(),
            &rooms,
            &lines,
        )))
    }
}

/// What stands in the way, and how it is cleared.
fn refusal(location: &str, deed: &str, calling: bool, rooms: &[String], lines: &[String]) -> String {
    let mut standing = Vec::new();
    let mut cures = Vec::new();
    if !rooms.is_empty() {
        standing.push(counted("workspace", rooms));
        cures.push(if calling {
            "give each workspace another kind of calling"
        } else {
            "delete each workspace"
        });
    }
    if !lines.is_empty() {
        standing.push(counted("virtual line", lines));
        cures.push("delete each virtual line");
    }
    format!(
        "{deed} “{location}”, which still has the {}. First {}.",
        standing.join(" and the "),
        cures.join(" and ")
    )
}

/// `workspaces “A”, “B” and 3 others`.
fn counted(noun: &str, names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("“{name}”")).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let rest = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        1 => " and another one".to_owned(),
        more => format!(" and {more} others"),
    };
    format!("{noun}{plural} {}{rest}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn names_are_counted_where_they_are_many() {
        let names = |count: usize| (0..count).map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(counted("virtual line", &names(1)), "virtual line “0”");
        assert_eq!(counted("workspace", &names(2)), "workspaces “0”, “1”");
        assert!(counted("workspace", &names(6)).ends_with("“4” and another one"));
        assert!(counted("workspace", &names(8)).ends_with("“4” and 3 others"));
    }
}
