//! What the tests of this crate share: two seeded organizations with their numbers, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use hub_directory::seed::{self, NamedPerson, SeedLocation};
use hub_directory::{
    Caller, Directory, LocationId, OrganizationId, PersonDraft, PersonId, SeedOrganization, Size,
};
use hub_numbers::{Held, Numbers, Owner, OwnerKind, OwnerReleased, Wanted};
use kit::{ManualClock, Result, SeededRandomness, Timestamp, Uuid};
use kit_sql::{Database, Transaction};
use kit_test::App;
use webex::{PublicId, ResourceKind};

pub const SEED: u64 = 7;

/// The organization of the demonstration and another one, with the directory and this slice wired to each other.
pub struct World {
    pub database: Database,
    pub directory: Directory,
    pub numbers: Numbers,
    pub small: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let world = Self::of(database, seed::organization(Size::Small, SEED)).await;
        for organization in [&world.small, &world.other] {
            world.directory.seed(organization).await.unwrap();
            world.numbers.seed(organization).await.unwrap();
        }
        world
    }

    /// Tables, and nothing in them.
    pub async fn of(database: &Database, organization: SeedOrganization) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS)));
        let randomness = Arc::new(SeededRandomness::new(1));
        let public_url = hub_test::public_url();
        let directory = Directory::new(database.clone(), clock.clone(), randomness.clone(), public_url);
        let numbers = Numbers::new(database.clone(), clock, randomness, directory.clone());
        directory.migrate().await.unwrap();
        numbers.migrate().await.unwrap();
        directory.with_listener(numbers.listener());
        directory.with_location_listener(numbers.location_listener());
        Self {
            database: database.clone(),
            directory,
            numbers,
            small: organization,
            other: seed::other_small_organization(SEED),
        }
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.small.named(part).unwrap().id)
    }

    pub fn organization_id(&self) -> OrganizationId {
        OrganizationId::new(self.small.id)
    }

    pub async fn caller(&self, part: NamedPerson) -> Caller {
        self.caller_with(part, EVERY_SCOPE).await
    }

    pub async fn caller_with(&self, part: NamedPerson, scopes: &str) -> Caller {
        self.caller_of(self.id_of(part), scopes).await
    }

    pub async fn caller_of(&self, person_id: PersonId, scopes: &str) -> Caller {
        hub_test::token_caller(&self.directory, person_id, scopes).await
    }

    pub async fn session(&self, part: NamedPerson) -> Caller {
        hub_test::session_caller(&self.directory, self.id_of(part)).await
    }

    pub fn app(&self, caller: Option<Caller>) -> App {
        let routes = Router::new()
            .merge(hub_numbers::api_router(self.numbers.clone()))
            .merge(hub_numbers::pages_router(self.numbers.clone()));
        hub_test::app(routes, caller)
    }

    pub async fn admin(&self) -> App {
        self.app(Some(self.caller(NamedPerson::FullAdmin).await))
    }

    pub fn place(&self, position: usize) -> &SeedLocation {
        &self.small.locations[position]
    }

    pub fn location(&self, position: usize) -> LocationId {
        LocationId::new(self.place(position).id)
    }

    pub fn public_location(&self, position: usize) -> String {
        public(ResourceKind::Location, self.place(position).id)
    }

    pub fn spare(&self, position: usize, number: usize) -> String {
        self.place(position).spare_numbers[number].to_string()
    }

    pub fn spare_extension(&self, position: usize, which: u32) -> String {
        (self.place(position).first_spare_extension + which).to_string()
    }

    /// A hunt group of this name at a location of the small organization.
    pub fn hunt_group(&self, position: usize, name: &str) -> Owner {
        self.owner(position, OwnerKind::HuntGroup, name)
    }

    pub fn owner(&self, position: usize, kind: OwnerKind, name: &str) -> Owner {
        Owner {
            organization_id: self.organization_id(),
            location_id: self.location(position),
            kind,
            id: id_from(name),
            first_name: None,
            last_name: None,
            display_name: name.to_owned(),
        }
    }

    pub async fn assign(&self, owner: &Owner, wanted: &Wanted) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        self.numbers.assign(&mut transaction, owner, wanted).await?;
        transaction.commit().await
    }

    pub async fn release(&self, owner: &Owner) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        self.numbers
            .release(&mut transaction, owner.kind, owner.id)
            .await?;
        transaction.commit().await
    }

    pub async fn held(&self, id: Uuid) -> Option<Held> {
        let mut held = self
            .numbers
            .held_by((&self.database).into(), self.organization_id(), &[id])
            .await
            .unwrap();
        held.remove(&id)
    }

    /// Changes a person as an administrator does.
    pub async fn edit(&self, id: PersonId, change: impl FnOnce(&mut PersonDraft)) -> Result<()> {
        let caller = self.session(NamedPerson::FullAdmin).await;
        let person = self
            .directory
            .person_of((&self.database).into(), self.organization_id(), id)
            .await?
            .unwrap();
        let mut draft = PersonDraft::of(&person);
        change(&mut draft);
        self.directory.update_person(&caller, id, draft).await.map(|_| ())
    }
}

pub const EVERY_SCOPE: &str = "spark:people_read spark-admin:people_read spark-admin:people_write spark-admin:locations_read \
     spark-admin:locations_write spark-admin:telephony_config_read spark-admin:telephony_config_write";

pub fn public(kind: ResourceKind, uuid: Uuid) -> String {
    PublicId::of_uuid(kind, uuid).to_string()
}

/// The same id for the same name.
pub fn id_from(name: &str) -> Uuid {
    let mut bytes = [0x41_u8; 16];
    for (position, byte) in name.bytes().enumerate() {
        bytes[position % 16] = bytes[position % 16].wrapping_mul(31) ^ byte;
    }
    Uuid::from_bytes(bytes)
}

pub fn wanted(number: Option<&str>, extension: Option<&str>) -> Wanted {
    Wanted {
        number: number.map(ToOwned::to_owned),
        extension: extension.map(ToOwned::to_owned),
        alternates: Vec::new(),
    }
}

/// Writes down everybody who is released.
#[derive(Default)]
pub struct Released(pub Mutex<Vec<(OwnerKind, Uuid)>>);

#[async_trait]
impl OwnerReleased for Released {
    async fn owner_released(&self, _transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()> {
        self.0.lock().unwrap().push((kind, id));
        Ok(())
    }
}
