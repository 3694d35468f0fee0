use std::sync::Arc;

use hub_call_features::CallFeatures;
use hub_developer::Developer;
use hub_directory::{Directory, SeedOrganization};
use hub_events::Events;
use hub_governance::Governance;
use hub_identity::{ExternalOptions, Identity, load_or_create_key};
use hub_numbers::Numbers;
use hub_oauth::OAuth;
use hub_partners::Partners;
use hub_scim::Scim;
use hub_telephony::Telephony;
use kit::Result;
use kit_sql::Database;

use crate::customer_policy::PoliciesOfCustomers;
use crate::options::HubOptions;
use crate::settings;

/// The slices, wired to each other.
#[derive(Clone)]
pub(crate) struct Slices {
    pub(crate) database: Database,
    pub(crate) directory: Directory,
    pub(crate) identity: Identity,
    pub(crate) oauth: OAuth,
    pub(crate) governance: Governance,
    pub(crate) numbers: Numbers,
    pub(crate) partners: Partners,
    pub(crate) telephony: Telephony,
    pub(crate) call_features: CallFeatures,
    pub(crate) scim: Scim,
    pub(crate) events: Events,
    pub(crate) developer: Developer,
}

/// Wires the slices on this database: who must hear of a change to a person hears of it, and the authorization
/// server asks governance about policy.
pub(crate) async fn wire(options: &HubOptions, database: Database) -> Result<Slices> {
    let (clock, randomness) = (&options.clock, &options.randomness);
    let directory = Directory::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        options.public_url.clone(),
    );
    let identity = wire_identity(options, &database, &directory)?;
    let governance = Governance::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
    );
    let oauth = OAuth::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
        identity.clone(),
        options.public_url.clone(),
        governance.gate(),
    );
    let (numbers, telephony, call_features) = wire_calling(options, &database, &directory);
    let scim = Scim::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
    );
    let partners = Partners::new(database.clone(), Arc::clone(clock), directory.clone());
    let events = crate::events::open(options, &database, &directory, &oauth)?;
    let developer = Developer::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
        oauth.clone(),
    );
    let slices = Slices {
        database,
        directory,
        identity,
        oauth,
        governance,
        numbers,
        partners,
        telephony,
        call_features,
        scim,
        events,
        developer,
    };
    slices.introduce()?;
    slices.migrate().await?;
    Ok(slices)
}

/// Identity, with the key that seals what it knows of other providers.
fn wire_identity(options: &HubOptions, database: &Database, directory: &Directory) -> Result<Identity> {
    let identity = Identity::new(
        database.clone(),
        Arc::clone(&options.clock),
        Arc::clone(&options.randomness),
        directory.clone(),
    );
    identity.with_external_sign_in(&ExternalOptions {
        key: load_or_create_key(
            &options.data_folder.join("identity.key"),
            options.randomness.as_ref(),
        )?,
        private_targets: options.events.allow_private_targets,
    })?;
    Ok(identity)
}

/// The three slices around numbers and calls.
fn wire_calling(
    options: &HubOptions,
    database: &Database,
    directory: &Directory,
) -> (Numbers, Telephony, CallFeatures) {
    let (clock, randomness) = (&options.clock, &options.randomness);
    let numbers = Numbers::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
    );
    let telephony = Telephony::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
        numbers.clone(),
    );
    let call_features = CallFeatures::new(
        database.clone(),
        Arc::clone(clock),
        Arc::clone(randomness),
        directory.clone(),
        numbers.clone(),
    );
    (numbers, telephony, call_features)
}

impl Slices {
    /// Tells each slice who must hear of what happens in it, and in which order.
    fn introduce(&self) -> Result<()> {
        self.governance.bind(self.oauth.clone())?;
        self.directory
            .with_consequences(self.governance.consequences(self.identity.clone()));
        self.partners.with_policy(Arc::new(PoliciesOfCustomers {
            oauth: self.oauth.clone(),
            governance: self.governance.clone(),
        }))?;
        self.directory.with_listener(self.identity.listener());
        self.directory.with_listener(self.governance.listener());
        self.directory.with_listener(self.scim.listener());
        self.directory.with_listener(self.partners.listener());
        self.directory
            .with_managed_organizations(self.partners.managed_organizations());
        self.directory.with_listener(self.call_features.listener());
        // Before the numbers: whoever deletes a location reads which features stand in the way.
        self.directory
            .with_location_listener(self.call_features.location_listener());
        self.directory
            .with_location_listener(self.telephony.location_listener());
        self.numbers
            .with_release_listener(self.call_features.release_listener());
        self.numbers
            .with_release_listener(self.telephony.release_listener());
        self.directory.with_listener(self.numbers.listener());
        self.directory
            .with_location_listener(self.numbers.location_listener());
        self.directory
            .with_initial_password(Arc::new(self.identity.clone()));
        Ok(())
    }

    async fn migrate(&self) -> Result<()> {
        self.database.migrate("hub", settings::STEPS).await?;
        self.directory.migrate().await?;
        self.identity.migrate().await?;
        self.oauth.migrate().await?;
        self.governance.migrate().await?;
        self.numbers.migrate().await?;
        self.partners.migrate().await?;
        self.telephony.migrate().await?;
        self.call_features.migrate().await?;
        self.developer.migrate().await?;
        self.scim.migrate().await
    }

    /// What the slices beside the directory make of an invented organization, each once.
    pub(crate) async fn seed(&self, organization: &SeedOrganization) -> Result<()> {
        self.numbers.seed(organization).await?;
        self.telephony.seed(organization).await?;
        self.call_features.seed(organization).await?;
        self.scim.seed(organization).await
    }
}
