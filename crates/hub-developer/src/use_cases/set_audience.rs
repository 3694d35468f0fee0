use hub_directory::Caller;
use hub_events::Letter;
use kit::Result;
use kit_sql::Transaction;

use super::record::Line;
use super::rights::{no_such_application, require_service_app};
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{Application, ApplicationKind, Audience};
use crate::store::applications;

impl Developer {
    /// Shows a Service App to the administrators of the developer's own organization (“Request admin authorization”), to
    /// those of every organization (“Submit”), or to nobody. Who authorized it keeps it.
    pub async fn set_audience(&self, caller: &Caller, id: &str, audience: Audience) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let client = self.oauth().client(&application.client_id).await?;
        let client = client.ok_or_else(no_such_application)?;
        require_service_app(ApplicationKind::of_client(client.kind))?;
        if application.audience == audience {
            return Ok(());
        }
        applications::set_audience(&mut transaction, &client.client_id, audience, self.now()).await?;
        let line = Line {
            setting: Some("Shown to"),
            previous: Some(words(application.audience).to_owned()),
            new: Some(words(audience).to_owned()),
            ..Line::of_developer(
                application.organization_id,
                &client.client_id,
                &client.name,
                "Service App submitted",
                format!("showed the Service App {} to {}", client.name, words(audience)),
            )
        };
        self.record(&mut transaction, caller, line).await?;
        if audience > application.audience && application.audience == Audience::Nobody {
            self.ask_full_admins(&mut transaction, caller, &application, &client.name)
                .await?;
        }
        transaction.commit().await
    }

    /// The Full Admins of the developer's organization hear that somebody waits for them.
    async fn ask_full_admins(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        application: &Application,
        name: &str,
    ) -> Result<()> {
        let asker = self.directory().account(caller.person_id).await?;
        let asker = asker.map_or_else(String::new, |asker| asker.display_name);
        for admin in self.directory().full_admins(application.organization_id).await? {
            if !admin.login_enabled || admin.person_id == caller.person_id {
                continue;
            }
            let letter = Letter {
                organization_id: application.organization_id,
                to: admin.email,
                subject: format!("The Service App “{name}” asks for your authorization"),
                paragraphs: vec![
                    format!(
                        "{asker} asks that the Service App “{name}” may act for your organization. It would act as a machine of its own, within the permissions that it lists, until a Full Administrator takes that back."
                    ),
                    "Nothing happens until one of you decides.".to_owned(),
                ],
                link: Some((
                    "Look at what it asks for".to_owned(),
                    format!("/apps/service-apps/{}", application.client_id),
                )),
                once_key: None,
            };
            self.directory().recorder().send(transaction, &letter).await?;
        }
        Ok(())
    }
}

const fn words(audience: Audience) -> &'static str {
    match audience {
        Audience::Nobody => "nobody",
        Audience::OwnOrganization => "the own organization",
        Audience::Everyone => "every organization",
    }
}
