use hub_directory::Caller;
use kit::Result;

use super::rights::{READ, Reach};
use crate::store::applications;
use crate::{Developer, OwnApplication};

/// One's own applications, and those of colleagues that a Full Admin may see.
#[derive(Debug, Default)]
pub(crate) struct OwnAndColleagues {
    pub(crate) own: Vec<OwnApplication>,
    pub(crate) colleagues: Vec<OwnApplication>,
}

impl Developer {
    /// The caller's applications by name, and for a Full Admin those of their organization.
    pub(crate) async fn list_applications(&self, caller: &Caller) -> Result<OwnAndColleagues> {
        caller.require_any_scope(READ)?;
        let mut found = OwnAndColleagues::default();
        for application in applications::of_owner(self.database(), caller.person_id).await? {
            // One whose client is gone is about to go itself.
            if let Ok(own) = self.own(caller, application, Reach::Manages).await {
                found.own.push(own);
            }
        }
        if caller.is_full_admin() {
            for application in applications::of_organization(self.database(), caller.organization_id).await? {
                if application.owner_id == caller.person_id {
                    continue;
                }
                if let Some(reach) = self.reach(caller, &application).await?
                    && let Ok(own) = self.own(caller, application, reach).await
                {
                    found.colleagues.push(own);
                }
            }
        }
        for list in [&mut found.own, &mut found.colleagues] {
            list.sort_by_cached_key(|own| (kit::search_key(&own.client.name), own.client.client_id.clone()));
        }
        Ok(found)
    }
}
