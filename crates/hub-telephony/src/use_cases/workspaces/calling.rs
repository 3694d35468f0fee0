//! How a workspace comes to call, and how it stops: licence and numbers change with it, in one transaction.

use hub_directory::public_api::e164;
use hub_directory::{LicenseId, LocationId};
use hub_numbers::{Held, Owner, OwnerKind, Wanted};
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::Telephony;
use crate::model::text::trimmed;
use crate::model::{CallingKind, Workspace, WorkspaceCalling, WorkspaceCallingDraft, chosen_license};

impl Telephony {
    /// Gives the workspace the calling that the draft describes. The caller stores the workspace; licence and numbers are
    /// settled here.
    pub(super) async fn settle_calling(
        &self,
        transaction: &mut Transaction,
        workspace: &mut Workspace,
        draft: Option<WorkspaceCallingDraft>,
    ) -> Result<()> {
        let Some(draft) = draft else {
            return self.rename_owner(transaction, workspace).await;
        };
        let wanted = match draft.kind {
            CallingKind::None => WorkspaceCalling::None,
            CallingKind::Free => WorkspaceCalling::Free,
            CallingKind::Webex => return self.settle_webex_calling(transaction, workspace, draft).await,
            CallingKind::Hybrid | CallingKind::EdgeForDevices | CallingKind::ThirdPartySip => {
                return Err(Error::invalid(format!(
                    "calling.type: this Hub has no {}. Use none, freeCalling or webexCalling.",
                    draft.kind.word()
                )));
            }
        };
        if workspace.calling.license_id().is_some() {
            self.take_calling_away(transaction, workspace).await?;
        }
        workspace.calling = wanted;
        Ok(())
    }

    /// Gives the licence back, and the numbers to their location.
    pub(super) async fn take_calling_away(
        &self,
        transaction: &mut Transaction,
        workspace: &Workspace,
    ) -> Result<()> {
        let Some(license_id) = workspace.calling.license_id() else {
            return Ok(());
        };
        let id = workspace.id.uuid();
        self.numbers()
            .release(&mut *transaction, OwnerKind::Workspace, id)
            .await?;
        self.directory()
            .give_license_back(transaction, workspace.organization_id, license_id, 1)
            .await
    }

    async fn settle_webex_calling(
        &self,
        transaction: &mut Transaction,
        workspace: &mut Workspace,
        draft: WorkspaceCallingDraft,
    ) -> Result<()> {
        let organization_id = workspace.organization_id;
        let location_id = calling_location(workspace, draft.location_id)?;
        let field = "calling.webexCalling.locationId";
        self.calling_location_held(transaction, organization_id, field, location_id)
            .await?;
        workspace.location_id = Some(location_id);
        let held = self.held(transaction, workspace).await?;
        let wanted = wanted_numbers(&draft, held)?;
        let present = workspace.calling.license_id();
        let known = self
            .directory()
            .licenses_of((&mut *transaction).into(), organization_id)
            .await?;
        let license_id = chosen_license(&known, draft.licenses.as_deref(), present)?;
        self.swap_license(transaction, workspace, license_id).await?;
        workspace.calling = WorkspaceCalling::Webex { license_id };
        let owner = owner(workspace, location_id);
        self.numbers().assign(transaction, &owner, &wanted).await
    }

    async fn swap_license(
        &self,
        transaction: &mut Transaction,
        workspace: &Workspace,
        license_id: LicenseId,
    ) -> Result<()> {
        let present = workspace.calling.license_id();
        if present == Some(license_id) {
            return Ok(());
        }
        let organization_id = workspace.organization_id;
        // In the order of their ids, so that two such swaps cannot wait for each other.
        if let Some(present) = present.filter(|present| *present < license_id) {
            self.directory()
                .give_license_back(&mut *transaction, organization_id, present, 1)
                .await?;
        }
        self.directory()
            .take_license(&mut *transaction, organization_id, license_id, 1)
            .await?;
        if let Some(present) = present.filter(|present| *present > license_id) {
            self.directory()
                .give_license_back(transaction, organization_id, present, 1)
                .await?;
        }
        Ok(())
    }

    /// The inventory of numbers shows the owner's name: it learns a new one.
    async fn rename_owner(&self, transaction: &mut Transaction, workspace: &Workspace) -> Result<()> {
        let Some(held) = self.held(transaction, workspace).await? else {
            return Ok(());
        };
        let owner = owner(workspace, held.location_id);
        self.numbers().assign(transaction, &owner, &as_wanted(held)).await
    }

    /// What the workspace holds inside this transaction.
    pub(super) async fn held(
        &self,
        transaction: &mut Transaction,
        workspace: &Workspace,
    ) -> Result<Option<Held>> {
        if workspace.calling.license_id().is_none() {
            return Ok(None);
        }
        let id = workspace.id.uuid();
        let mut held = self
            .numbers()
            .held_by(transaction.into(), workspace.organization_id, &[id])
            .await?;
        Ok(held.remove(&id))
    }
}

/// The workspace as the owner of what it holds.
pub(crate) fn owner(workspace: &Workspace, location_id: LocationId) -> Owner {
    Owner {
        organization_id: workspace.organization_id,
        location_id,
        kind: OwnerKind::Workspace,
        id: workspace.id.uuid(),
        first_name: None,
        last_name: None,
        display_name: workspace.display_name.clone(),
    }
}

/// Exactly what is held.
pub(super) fn as_wanted(held: Held) -> Wanted {
    Wanted {
        number: held.number,
        extension: held.extension,
        alternates: held.alternates,
    }
}

fn calling_location(workspace: &Workspace, wanted: Option<LocationId>) -> Result<LocationId> {
    match (workspace.location_id, wanted) {
        (Some(present), Some(other)) if present != other => Err(Error::invalid(
            "calling.webexCalling.locationId is not the location of the workspace. Both must be the same, and the location of a workspace cannot be changed.",
        )),
        (present, wanted) => wanted.or(present).ok_or_else(|| {
            Error::invalid(
                "calling.webexCalling.locationId is missing: the location whose numbers and extensions the workspace uses.",
            )
        }),
    }
}

/// What is named counts; where neither number nor extension is named, what the workspace holds stays.
fn wanted_numbers(draft: &WorkspaceCallingDraft, held: Option<Held>) -> Result<Wanted> {
    let number = trimmed(draft.phone_number.clone())
        .map(|number| e164(&number))
        .transpose()?;
    let extension = trimmed(draft.extension.clone());
    if number.is_some() || extension.is_some() {
        let alternates = held.map(|held| held.alternates).unwrap_or_default();
        return Ok(Wanted {
            alternates: alternates
                .into_iter()
                .filter(|alternate| number.as_ref() != Some(alternate))
                .collect(),
            number,
            extension,
        });
    }
    held.map(as_wanted).ok_or_else(|| {
        Error::invalid(
            "calling.webexCalling needs a phoneNumber, an extension, or both: a workspace that nobody can call has no Webex Calling.",
        )
    })
}
