use hub_directory::Caller;
use hub_oauth::{Client, ClientChange};
use kit::Result;

use super::record::Line;
use super::rights::{Reach, no_such_application};
use super::show_application::client_id_of;
use crate::model::{Application, ApplicationDraft, ApplicationKind, as_error};
use crate::store::applications;
use crate::{Developer, OwnApplication};

impl Developer {
    /// Changes what an application is called, says, links to and asks for. What was authorized keeps its permissions: for
    /// new ones an integration asks people again, and a Service App an administrator.
    pub async fn change_application(
        &self,
        caller: &Caller,
        id: &str,
        draft: ApplicationDraft,
    ) -> Result<OwnApplication> {
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let before = self.oauth().client(&application.client_id).await?;
        let before = before.ok_or_else(no_such_application)?;
        let kind = ApplicationKind::of_client(before.kind);
        let draft = draft.trimmed();
        if let Some(error) = as_error(&draft.problems(kind)) {
            return Err(error);
        }
        let differences = differences(&ApplicationDraft::of(&application, &before), &draft);
        if differences.is_empty() {
            drop(transaction);
            return self.own(caller, application, Reach::Manages).await;
        }
        let now = self.now();
        applications::update(
            &mut transaction,
            &application.client_id,
            &draft.description,
            &draft.logo_url,
            now,
        )
        .await?;
        let after = self
            .oauth()
            .update_client_within(&mut transaction, &application.client_id, change(&draft))
            .await?;
        if kind.is_service_app() && before.name != after.name {
            self.directory()
                .rename_machines(&mut transaction, &application.client_id, &after.name)
                .await?;
        }
        for (setting, previous, new) in differences {
            let line = Line {
                setting: Some(setting),
                previous: Some(previous),
                new: Some(new),
                ..Line::of_developer(
                    application.organization_id,
                    &after.client_id,
                    &after.name,
                    "Application changed",
                    format!("changed “{setting}” of the {} {}", kind.words(), after.name),
                )
            };
            self.record(&mut transaction, caller, line).await?;
        }
        transaction.commit().await?;
        let application = Application {
            description: draft.description,
            logo_url: draft.logo_url,
            modified_at: now,
            ..application
        };
        self.changed(caller, application, after).await
    }

    async fn changed(
        &self,
        caller: &Caller,
        application: Application,
        client: Client,
    ) -> Result<OwnApplication> {
        let own = self.own(caller, application, Reach::Manages).await?;
        Ok(OwnApplication { client, ..own })
    }
}

fn change(draft: &ApplicationDraft) -> ClientChange {
    ClientChange {
        name: Some(draft.name.clone()),
        vendor: Some(draft.vendor.clone()),
        contact: Some(draft.contact.clone()),
        privacy_url: Some(draft.privacy_url.clone()),
        support_url: Some(draft.support_url.clone()),
        scopes: Some(draft.scope_set()),
        redirect_uris: Some(draft.redirect_uris.clone()),
        initiate_login_uri: Some(draft.initiate_login_uri.clone()),
        ..ClientChange::default()
    }
}

/// Setting, value before, value afterwards.
fn differences(before: &ApplicationDraft, after: &ApplicationDraft) -> Vec<(&'static str, String, String)> {
    let scopes = |draft: &ApplicationDraft| draft.scope_set().to_string();
    let pairs = [
        ("Name", before.name.clone(), after.name.clone()),
        (
            "Description",
            before.description.clone(),
            after.description.clone(),
        ),
        ("Vendor", before.vendor.clone(), after.vendor.clone()),
        ("Contact", before.contact.clone(), after.contact.clone()),
        (
            "Privacy statement",
            before.privacy_url.clone(),
            after.privacy_url.clone(),
        ),
        ("Support", before.support_url.clone(), after.support_url.clone()),
        (
            "Start address",
            before.initiate_login_uri.clone(),
            after.initiate_login_uri.clone(),
        ),
        (
            "Redirect URIs",
            before.redirect_uris.join(" "),
            after.redirect_uris.join(" "),
        ),
        ("Logo", before.logo_url.clone(), after.logo_url.clone()),
        ("Permissions", scopes(before), scopes(after)),
    ];
    pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .collect()
}
