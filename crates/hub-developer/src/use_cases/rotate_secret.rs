use hub_directory::Caller;
use kit::{Result, SecretString};

use super::record::Line;
use super::rights::no_such_application;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{ApplicationKind, Overlap};
use crate::store::applications;

impl Developer {
    /// Makes a new secret, which is answered this one time; the one before works beside it as long as was chosen.
    /// Grants live on.
    pub async fn rotate_secret(&self, caller: &Caller, id: &str, overlap: Overlap) -> Result<SecretString> {
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let client = self.oauth().client(&application.client_id).await?;
        let client = client.ok_or_else(no_such_application)?;
        let secret = self
            .oauth()
            .rotate_secret_within(&mut transaction, &client.client_id, overlap.duration())
            .await?;
        let now = self.now();
        let until = (!overlap.duration().is_zero()).then(|| now.plus(overlap.duration()));
        applications::note_secret(&mut transaction, &client.client_id, now, until).await?;
        let kind = ApplicationKind::of_client(client.kind).words();
        let line = Line {
            setting: Some("Client secret"),
            new: Some(match until {
                Some(until) => format!("A new secret; the one before works until {until}"),
                None => "A new secret; the one before ended at once".to_owned(),
            }),
            ..Line::of_developer(
                application.organization_id,
                &client.client_id,
                &client.name,
                "Client secret rotated",
                format!("rotated the secret of the {kind} {}", client.name),
            )
        };
        self.record(&mut transaction, caller, line).await?;
        transaction.commit().await?;
        Ok(secret)
    }
}
