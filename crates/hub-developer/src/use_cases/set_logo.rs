use hub_directory::Caller;
use kit::Result;

use super::record::Line;
use super::rights::no_such_application;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{ApplicationKind, Logo};
use crate::store::applications;

impl Developer {
    /// Shows this logo with the application from here on; without one, its initials.
    pub async fn set_logo(&self, caller: &Caller, id: &str, logo: Option<Logo>) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let client = self.oauth().client(&application.client_id).await?;
        let client = client.ok_or_else(no_such_application)?;
        let describe = |logo: &Logo| format!("{}, {} bytes", logo.content_type, logo.bytes.len());
        let kind = ApplicationKind::of_client(client.kind).words();
        let line = Line {
            setting: Some("Logo"),
            previous: application.has_logo.then(|| "A logo".to_owned()),
            new: logo.as_ref().map(describe),
            ..Line::of_developer(
                application.organization_id,
                &client.client_id,
                &client.name,
                "Application changed",
                format!("changed “Logo” of the {kind} {}", client.name),
            )
        };
        applications::set_logo(&mut transaction, &client.client_id, logo, self.now()).await?;
        self.record(&mut transaction, caller, line).await?;
        transaction.commit().await
    }
}
