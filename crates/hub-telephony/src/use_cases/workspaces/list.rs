use std::collections::BTreeMap;

use hub_directory::public_api::{ADMINISTRATORS, require, require_own};
use hub_directory::{Caller, OrganizationId};
use kit::{Result, search_key};

use super::WorkspaceView;
use crate::model::Workspace;
use crate::model::rights::WORKSPACES_READ;
use crate::store::workspaces::{self, WorkspaceFilter, WorkspacePage};
use crate::{Telephony, WorkspaceId};

/// Which workspaces.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkspaceQuery {
    /// Must be the caller's own.
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) filter: WorkspaceFilter,
    /// Something was asked for that no workspace here has: a floor, a custom attribute, an issue.
    pub(crate) nothing: bool,
    /// Where the page before ended: name and id.
    pub(crate) after: Option<(String, WorkspaceId)>,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

impl Telephony {
    /// Workspaces by name, and whether more follow.
    pub(crate) async fn list_workspaces(
        &self,
        caller: &Caller,
        query: &WorkspaceQuery,
    ) -> Result<(Vec<WorkspaceView>, bool)> {
        require(caller, WORKSPACES_READ, ADMINISTRATORS)?;
        require_own(caller, query.organization_id)?;
        if query.nothing {
            return Ok((Vec::new(), false));
        }
        let page = WorkspacePage {
            after: query.after.clone().map(|(name, id)| (search_key(&name), id)),
            offset: i64::try_from(query.start).unwrap_or(i64::MAX),
            limit: i64::try_from(query.max + 1).unwrap_or(i64::MAX),
        };
        let on = self.database().into();
        let mut found = workspaces::page(on, caller.organization_id, &query.filter, &page).await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        Ok((self.workspace_views(caller, found).await?, more))
    }

    /// How many workspaces there are in all.
    pub(crate) async fn count_workspaces(&self, caller: &Caller, query: &WorkspaceQuery) -> Result<usize> {
        require(caller, WORKSPACES_READ, ADMINISTRATORS)?;
        let count = workspaces::count(self.database().into(), caller.organization_id, &query.filter).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// With licence and numbers, which only those with Webex Calling have.
    async fn workspace_views(&self, caller: &Caller, found: Vec<Workspace>) -> Result<Vec<WorkspaceView>> {
        let calling: Vec<kit::Uuid> = found
            .iter()
            .filter(|workspace| workspace.calling.license_id().is_some())
            .map(|workspace| workspace.id.uuid())
            .collect();
        let (licenses, mut held) = if calling.is_empty() {
            (Vec::new(), BTreeMap::new())
        } else {
            let organization_id = caller.organization_id;
            let on = self.database();
            (
                self.directory().licenses_of(on.into(), organization_id).await?,
                self.numbers()
                    .held_by(on.into(), organization_id, &calling)
                    .await?,
            )
        };
        let views = found.into_iter().map(|workspace| WorkspaceView {
            license: licenses
                .iter()
                .find(|license| Some(license.id) == workspace.calling.license_id())
                .cloned(),
            held: held.remove(&workspace.id.uuid()),
            workspace,
        });
        Ok(views.collect())
    }
}
