use hub_directory::{Account, Caller};
use hub_oauth::{NewClient, new_client_id};
use kit::{Error, Result, SecretString};

use super::record::Line;
use super::rights::WRITE;
use crate::model::{Application, ApplicationDraft, ApplicationKind, Audience, as_error};
use crate::store::applications;
use crate::{Developer, OwnApplication};

/// As many applications one person may have.
const MOST_OF_A_PERSON: i64 = 100;

/// What somebody registers.
pub(crate) struct NewApplication {
    pub(crate) kind: ApplicationKind,
    pub(crate) draft: ApplicationDraft,
    /// Without a secret, because it runs where none can be kept.
    pub(crate) is_public: bool,
    /// The same key says that it is the same form, sent twice.
    pub(crate) form_key: String,
}

/// An application with the secret that is shown this one time.
#[derive(Debug)]
pub struct FreshSecret {
    /// The application.
    pub application: OwnApplication,
    /// Its secret; nothing for a public client.
    pub secret: Option<SecretString>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Registered {
    /// It is there now.
    Now(Box<FreshSecret>),
    /// The same form was sent before; the secret was shown then.
    Before { client_id: String },
}

impl Developer {
    /// Registers an application of the caller's.
    pub(crate) async fn register(&self, caller: &Caller, new: NewApplication) -> Result<Registered> {
        caller.require_any_scope(WRITE)?;
        self.refuse_machines(caller).await?;
        let NewApplication {
            kind,
            draft,
            is_public,
            form_key,
        } = new;
        let draft = draft.trimmed();
        if let Some(error) = as_error(&draft.problems(kind)) {
            return Err(error);
        }
        // A partner's administrator who looks after a customer at this moment registers for their own organization.
        let owner = self.directory().account(caller.person_id).await?;
        let owner = owner.ok_or_else(|| Error::unauthenticated("Your account does not exist any more."))?;
        let is_public = is_public && kind == ApplicationKind::Integration;
        let application = self.new_application(&owner, &draft);
        let mut transaction = self.database().begin().await?;
        if applications::count_of_owner(&mut transaction, caller.person_id).await? >= MOST_OF_A_PERSON {
            return Err(Error::conflict(format!(
                "You have {MOST_OF_A_PERSON} applications, which is the most. Delete one that nobody uses."
            )));
        }
        if !applications::insert(&mut transaction, &application, &form_key).await? {
            drop(transaction);
            return self.registered_before(caller, &form_key).await;
        }
        let (client, secret) = self
            .oauth()
            .register_client_within(
                &mut transaction,
                new_client(kind, &draft, &application),
                is_public,
            )
            .await?;
        let line = Line {
            new: Some(format!("Permissions: {}", client.scopes)),
            ..Line::of_developer(
                application.organization_id,
                &client.client_id,
                &client.name,
                "Application registered",
                format!("registered the {} {}", kind.words(), client.name),
            )
        };
        self.record(&mut transaction, caller, line).await?;
        transaction.commit().await?;
        let application = OwnApplication {
            application,
            client,
            manages: true,
            owner_name: None,
        };
        Ok(Registered::Now(Box::new(FreshSecret { application, secret })))
    }

    fn new_application(&self, owner: &Account, draft: &ApplicationDraft) -> Application {
        let now = self.now();
        Application {
            client_id: new_client_id(&**self.randomness()),
            owner_id: owner.person_id,
            organization_id: owner.organization_id,
            description: draft.description.clone(),
            has_logo: false,
            logo_url: draft.logo_url.clone(),
            audience: Audience::Nobody,
            created_at: now,
            modified_at: now,
            secret_made_at: now,
            previous_secret_until: None,
        }
    }

    async fn registered_before(&self, caller: &Caller, form_key: &str) -> Result<Registered> {
        let found = applications::by_form_key(self.database(), caller.person_id, form_key).await?;
        match found {
            Some(Application { client_id, .. }) => Ok(Registered::Before { client_id }),
            None => Err(Error::conflict("This form was sent before. Open it again.")),
        }
    }
}

fn new_client(kind: ApplicationKind, draft: &ApplicationDraft, application: &Application) -> NewClient {
    NewClient {
        client_id: application.client_id.clone(),
        kind: kind.client_kind(),
        name: draft.name.clone(),
        vendor: draft.vendor.clone(),
        contact: draft.contact.clone(),
        privacy_url: draft.privacy_url.clone(),
        support_url: draft.support_url.clone(),
        scopes: draft.scope_set(),
        redirect_uris: draft.redirect_uris.clone(),
        initiate_login_uri: draft.initiate_login_uri.clone(),
        ..NewClient::default()
    }
}
