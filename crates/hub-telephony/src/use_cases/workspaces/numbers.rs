use hub_directory::public_api::{NOT_FOUND, TELEPHONY_READERS, e164, require};
use hub_directory::{Caller, Location};
use hub_numbers::Wanted;
use kit::{Error, Result};

use super::WorkspaceView;
use super::calling::{as_wanted, owner};
use crate::model::rights::{
    WORKSPACE_NUMBERS_READ, WORKSPACE_NUMBERS_WRITERS, WORKSPACES_READ, WORKSPACES_WRITE,
};
use crate::model::{Workspace, is_professional, text::trimmed};
use crate::store::workspaces;
use crate::{Telephony, WorkspaceId};

/// What becomes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberAction {
    Add,
    Delete,
}

/// One line of a change of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberChange {
    pub(crate) primary: bool,
    pub(crate) action: NumberAction,
    pub(crate) number: Option<String>,
    pub(crate) extension: Option<String>,
}

/// A change of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumbersChange {
    pub(crate) distinctive_ring: Option<bool>,
    pub(crate) changes: Vec<NumberChange>,
}

impl Telephony {
    /// A workspace with Webex Calling, and where its numbers belong. The two addresses of this answer take different
    /// scopes.
    pub(crate) async fn show_workspace_numbers(
        &self,
        caller: &Caller,
        id: WorkspaceId,
        among_telephony: bool,
    ) -> Result<(WorkspaceView, Location)> {
        let scopes = if among_telephony {
            WORKSPACE_NUMBERS_READ
        } else {
            WORKSPACES_READ
        };
        require(caller, scopes, TELEPHONY_READERS)?;
        let on = self.database();
        let workspace = workspaces::by_id(on.into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        require_calling(&workspace)?;
        let location = match workspace.location_id {
            Some(id) => {
                self.directory()
                    .location_of(on.into(), caller.organization_id, id)
                    .await?
            }
            None => None,
        };
        let location = location.ok_or_else(|| Error::internal("a calling workspace without a location"))?;
        Ok((self.workspace_view(on.into(), workspace).await?, location))
    }

    /// Assigns and unassigns numbers of a workspace with Webex Calling.
    pub(crate) async fn change_workspace_numbers(
        &self,
        caller: &Caller,
        id: WorkspaceId,
        change: NumbersChange,
    ) -> Result<()> {
        require(caller, WORKSPACES_WRITE, WORKSPACE_NUMBERS_WRITERS)?;
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        let mut workspace = workspaces::locked(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        require_calling(&workspace)?;
        let view = self
            .workspace_view((&mut transaction).into(), workspace.clone())
            .await?;
        let held = view
            .held
            .ok_or_else(|| Error::internal("a calling workspace that holds nothing"))?;
        let location_id = held.location_id;
        let before = as_wanted(held);
        let wanted = changed(before.clone(), &change.changes)?;
        let more = wanted
            .alternates
            .iter()
            .any(|number| !before.alternates.contains(number));
        if more && !view.license.as_ref().is_some_and(is_professional) {
            return Err(Error::invalid(format!(
                "Alternate numbers need a Professional licence, and “{}” holds “{}”. Give the workspace a “Webex Calling - Professional” licence first.",
                workspace.display_name,
                view.license.map(|license| license.name).unwrap_or_default()
            )));
        }
        self.calling_location_held(&mut transaction, organization_id, "locationId", location_id)
            .await?;
        let owner = owner(&workspace, location_id);
        self.numbers().assign(&mut transaction, &owner, &wanted).await?;
        workspace.distinctive_ring = change.distinctive_ring.unwrap_or(workspace.distinctive_ring);
        workspace.last_modified_at = self.clock().now();
        workspaces::update(&mut transaction, &workspace).await?;
        transaction.commit().await
    }
}

fn require_calling(workspace: &Workspace) -> Result<()> {
    if workspace.calling.license_id().is_some() {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "The workspace “{}” has no Webex Calling, so it has no numbers. Update its calling to webexCalling first.",
        workspace.display_name
    )))
}

/// What shall be held once every line is applied, in their order.
fn changed(mut wanted: Wanted, changes: &[NumberChange]) -> Result<Wanted> {
    for change in changes {
        let number = trimmed(change.number.clone())
            .map(|number| e164(&number))
            .transpose()?;
        let extension = trimmed(change.extension.clone());
        match (change.primary, change.action) {
            (true, NumberAction::Add) => {
                wanted.number = number.or(wanted.number);
                wanted.extension = extension.or(wanted.extension);
            }
            (true, NumberAction::Delete) => {
                if number.is_some() {
                    wanted.number = removed(wanted.number, number)?;
                }
                if extension.is_some() {
                    wanted.extension = removed(wanted.extension, extension)?;
                }
            }
            (false, action) => {
                let number = number.ok_or_else(|| {
                    Error::invalid("phoneNumbers: an alternate number needs a directNumber; an extension alone is no alternate.")
                })?;
                change_alternates(&mut wanted, action, number)?;
            }
        }
    }
    if wanted.number.is_none() && wanted.extension.is_none() {
        return Err(Error::invalid(
            "phoneNumbers would leave the workspace without number and extension; keep one of them.",
        ));
    }
    Ok(wanted)
}

fn change_alternates(wanted: &mut Wanted, action: NumberAction, number: String) -> Result<()> {
    let position = wanted.alternates.iter().position(|present| *present == number);
    match (action, position) {
        (NumberAction::Add, None) => wanted.alternates.push(number),
        (NumberAction::Add, Some(_)) => {
            return Err(Error::invalid(format!(
                "phoneNumbers: {number} is an alternate number of this workspace already."
            )));
        }
        (NumberAction::Delete, Some(position)) => drop(wanted.alternates.remove(position)),
        (NumberAction::Delete, None) => return Err(not_held(&number)),
    }
    Ok(())
}

fn removed(present: Option<String>, named: Option<String>) -> Result<Option<String>> {
    if present == named {
        return Ok(None);
    }
    Err(not_held(named.as_deref().unwrap_or_default()))
}

fn not_held(what: &str) -> Error {
    Error::invalid(format!("phoneNumbers: {what} is not assigned to this workspace."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(primary: bool, action: NumberAction, number: &str, extension: &str) -> NumberChange {
        NumberChange {
            primary,
            action,
            number: Some(number.to_owned()),
            extension: Some(extension.to_owned()),
        }
    }

    fn held() -> Wanted {
        Wanted {
            number: Some("+16175550120".to_owned()),
            extension: Some("2101".to_owned()),
            alternates: vec!["+16175550121".to_owned()],
        }
    }

    #[test]
    fn lines_apply_in_their_order() {
        let lines = [
            change(false, NumberAction::Delete, "617 555 0121", ""),
            change(false, NumberAction::Add, "+16175550122", ""),
            change(true, NumberAction::Add, "", "2102"),
            change(true, NumberAction::Delete, "+16175550120", ""),
        ];
        let after = changed(held(), &lines).unwrap();
        assert_eq!(after.number, None);
        assert_eq!(after.extension.as_deref(), Some("2102"));
        assert_eq!(after.alternates, ["+16175550122"]);
    }

    #[test]
    fn what_is_not_there_cannot_be_taken_and_something_must_stay() {
        let refused = |lines: &[NumberChange]| changed(held(), lines).unwrap_err().public().to_owned();
        insta::assert_snapshot!([
            refused(&[change(false, NumberAction::Delete, "+16175550199", "")]),
            refused(&[change(true, NumberAction::Delete, "", "9999")]),
            refused(&[change(false, NumberAction::Add, "+16175550121", "")]),
            refused(&[change(false, NumberAction::Add, "", "2105")]),
            refused(&[change(true, NumberAction::Delete, "+16175550120", "2101")]),
        ].join("\n"), @r"
        phoneNumbers: +16175550199 is not assigned to this workspace.
        phoneNumbers: 9999 is not assigned to this workspace.
        phoneNumbers: +16175550121 is an alternate number of this workspace already.
        phoneNumbers: an alternate number needs a directNumber; an extension alone is no alternate.
        phoneNumbers would leave the workspace without number and extension; keep one of them.
        ");
    }
}
