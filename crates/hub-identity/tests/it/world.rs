use std::sync::Arc;
use std::time::Duration;

use hub_directory::seed::{NamedPerson, Size, organization};
use hub_directory::{Account, Caller, CallerOrigin, Directory, PersonId, SeedOrganization};
use hub_identity::{Identity, SignIn, Visitor};
use kit::{ExposeSecret as _, ManualClock, Result, SecretString, SystemRandomness, Timestamp};
use kit_sql::{Database, sql};
use kit_web::PublicUrl;
use webex::ScopeSet;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const HERE: &str = "192.0.2.1";
pub(crate) const ELSEWHERE: &str = "198.51.100.7";

/// An organization of sixty people of whom the Full Admin and Heidi Harper have a password.
pub(crate) struct World {
    pub(crate) clock: ManualClock,
    pub(crate) directory: Directory,
    pub(crate) identity: Identity,
    pub(crate) seeded: SeedOrganization,
    pub(crate) database: Database,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let shared = Arc::new(clock.clone());
        let randomness = Arc::new(SystemRandomness);
        let url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
        let directory = Directory::new(database.clone(), shared.clone(), randomness.clone(), url);
        let identity = Identity::new(database.clone(), shared, randomness, directory.clone());
        directory.with_listener(identity.listener());
        directory.migrate().await.unwrap();
        identity.migrate().await.unwrap();
        let seeded = organization(Size::Small, 1);
        directory.seed(&organization(Size::Small, 1)).await.unwrap();
        let world = Self {
            clock,
            directory,
            identity,
            seeded,
            database,
        };
        for part in [NamedPerson::FullAdmin, NamedPerson::HeidiHarper] {
            world
                .identity
                .set_password(world.id(part), &secret(PASSWORD))
                .await
                .unwrap();
        }
        world
    }

    pub(crate) fn id(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.seeded.named(part).unwrap().id)
    }

    pub(crate) fn email(&self, part: NamedPerson) -> String {
        self.seeded.named(part).unwrap().email.clone()
    }

    pub(crate) async fn account(&self, part: NamedPerson) -> Account {
        self.directory.account(self.id(part)).await.unwrap().unwrap()
    }

    /// The other Full Admin, as the directory wants to know who acts.
    pub(crate) async fn another_admin(&self) -> Caller {
        let account = self.account(NamedPerson::SecondFullAdmin).await;
        Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles,
            scopes: ScopeSet::default(),
            origin: CallerOrigin::Session,
            shares_presence: true,
        }
    }

    /// Somebody at a browser, with the roles of this moment.
    pub(crate) async fn caller(&self, part: NamedPerson) -> Caller {
        let account = self.account(part).await;
        Caller {
            person_id: account.person_id,
            roles: account.roles,
            ..self.another_admin().await
        }
    }

    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(HERE, "Firefox/140.0 Linux")
    }

    /// The security events so far, in order.
    pub(crate) async fn events(&self) -> Vec<(String, String)> {
        let rows = sql("SELECT payload FROM events_outbox WHERE kind = 'security' ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        rows.iter()
            .map(|row| serde_json::from_str::<serde_json::Value>(&row.text("payload").unwrap()).unwrap())
            .map(|event| (text(&event["event"]), text(&event["initiator"])))
            .collect()
    }

    /// The sentences of the audit so far.
    pub(crate) async fn audit(&self) -> Vec<String> {
        let rows = sql("SELECT action_text FROM events_audit ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap();
        rows.iter().map(|row| row.text("action_text").unwrap()).collect()
    }

    /// What the security audit says about people at the door.
    pub(crate) async fn at_the_door(&self) -> Vec<(String, String)> {
        let rows = sql("SELECT kind, action_text FROM events_sign_in ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap();
        rows.iter()
            .map(|row| (row.text("kind").unwrap(), row.text("action_text").unwrap()))
            .collect()
    }

    /// Subject and link of the letters to a person.
    pub(crate) async fn letters(&self, part: NamedPerson) -> Vec<(String, String)> {
        let rows =
            sql("SELECT subject, link_path FROM events_letter WHERE recipient = $1 ORDER BY created_at, id")
                .bind(self.email(part))
                .all(&self.database)
                .await
                .unwrap();
        rows.iter()
            .map(|row| {
                let link = row.optional_text("link_path").unwrap().unwrap_or_default();
                (row.text("subject").unwrap(), link)
            })
            .collect()
    }

    /// What the last letter's link carries.
    pub(crate) async fn last_key(&self, part: NamedPerson) -> String {
        let letters = self.letters(part).await;
        let with_key = letters.iter().rev().find(|(_, link)| link.contains("key="));
        with_key.unwrap().1.split_once("key=").unwrap().1.to_owned()
    }

    pub(crate) async fn try_sign_in(
        &self,
        part: NamedPerson,
        password: &str,
        source: &str,
    ) -> Result<SignIn> {
        self.identity
            .sign_in(
                &self.email(part),
                &secret(password),
                source,
                "Firefox/140.0 Linux",
            )
            .await
    }

    pub(crate) async fn sign_in(&self, part: NamedPerson) -> SignIn {
        self.try_sign_in(part, PASSWORD, HERE).await.unwrap()
    }

    pub(crate) async fn lives(&self, sign_in: &SignIn) -> bool {
        self.identity
            .session(sign_in.token.expose_secret())
            .await
            .unwrap()
            .is_some()
    }

    pub(crate) async fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds)).await;
    }
}

pub(crate) fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}
