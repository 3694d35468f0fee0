use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use kit::{Error, Result};

use crate::CallFeatures;
use crate::model::attendant::AttendantKey;
use crate::model::attendant_menu::{AnnouncementFile, AnnouncementLevel};
use crate::store::attendants;

impl CallFeatures {
    /// The recordings that belong to an attendant: every one of its own that its menus ever named.
    pub(crate) async fn attendant_announcements(
        &self,
        caller: &Caller,
        key: AttendantKey,
    ) -> Result<Vec<AnnouncementFile>> {
        let (attendant, _) = self.show_attendant(caller, key).await?;
        let recordings = attendants::recordings(self.database().into(), attendant.id).await?;
        let file = |(file_name, media_type)| AnnouncementFile {
            id: None,
            file_name,
            media_type,
            level: AnnouncementLevel::Entity,
        };
        Ok(recordings.into_iter().map(file).collect())
    }

    /// Takes a recording away that no menu plays.
    pub(crate) async fn delete_attendant_announcement(
        &self,
        caller: &Caller,
        key: AttendantKey,
        file_name: &str,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        attendants::lock(&mut transaction, caller.organization_id, key.id).await?;
        let attendant = attendants::one((&mut transaction).into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let menus = [&attendant.business_hours_menu, &attendant.after_hours_menu];
        let mut played = menus.into_iter().flat_map(|menu| menu.recordings());
        if played.any(|file| file.level == AnnouncementLevel::Entity && file.file_name == file_name) {
            return Err(Error::conflict(format!(
                "A menu of “{}” plays {file_name}. Choose another greeting there first, then delete the announcement.",
                attendant.name
            )));
        }
        if !attendants::delete_recording(&mut transaction, key.id, file_name).await? {
            return Err(Error::not_found(NOT_FOUND));
        }
        transaction.commit().await
    }
}
