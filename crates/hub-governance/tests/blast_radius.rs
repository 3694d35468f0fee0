//! What is said beforehand is what happens: random histories of an organization, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on says where"
)]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::middleware::from_fn_with_state;
use hub_directory::seed::NamedPerson;
use hub_directory::{Account, Deed, Fate, PersonId};
use hub_governance::{Existing, FIVE, Loss, PolicyDeed, Rule};
use kit::{ExposeSecret as _, SecretString, SystemRandomness, Uuid};
use kit_test::{App, TestDatabase};
use kit_web::{Product, PublicUrl, Stack, stack};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::House;
use webex::Role;

const CALLBACK: &str = "http://localhost:8090/callback";
/// Users' Synch, presence, call records.
const CLIENTS: [usize; 3] = [0, 1, 3];
const PEOPLE: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    /// Somebody authorizes an integration, with everything that it asks or with little.
    Grant { who: usize, client: usize, little: bool },
    /// Somebody may use it, or may not.
    Specific { who: usize, client: usize, rule: bool },
    /// Something happens to somebody.
    Person { who: usize, what: usize },
    /// Something happens to the policy.
    Policy { client: usize, what: usize, spare: bool },
    /// What was lost comes back, as far as it does.
    Restore { who: usize },
}

fn a_step() -> impl Strategy<Value = Step> {
    let (who, client) = (0..PEOPLE, 0..CLIENTS.len());
    prop_oneof![
        9 => (who.clone(), client.clone(), any::<bool>()).prop_map(|(who, client, little)| Step::Grant { who, client, little }),
        1 => (who.clone(), client.clone(), any::<bool>()).prop_map(|(who, client, rule)| Step::Specific { who, client, rule }),
        3 => (who.clone(), 0usize..15).prop_map(|(who, what)| Step::Person { who, what }),
        3 => (client, 0usize..6, any::<bool>()).prop_map(|(client, what, spare)| Step::Policy { client, what, spare }),
        3 => who.prop_map(|who| Step::Restore { who }),
    ]
}

struct World {
    house: House,
    app: App,
    people: Vec<PersonId>,
    every_grant: BTreeSet<Uuid>,
    /// How many died or went blind so far.
    losses: usize,
}

impl World {
    async fn open(database: kit_sql::Database) -> Self {
        let house = House::open(database).await;
        house.register_catalogue(&[CALLBACK]).await;
        let people = house.some_people(PEOPLE);
        let admin = house.full_admin();
        for (place, person) in people.iter().enumerate() {
            let roles = [Role::FullAdministrator, Role::CallHistory];
            house
                .directory
                .set_roles(&admin, *person, &roles[..=place % 2])
                .await
                .unwrap();
            let password = SecretString::from(format!("Correct-horse-{place}"));
            house.identity.set_password(*person, &password).await.unwrap();
        }
        let router = hub_oauth::api_router(house.oauth.clone())
            .merge(hub_oauth::pages_router(house.oauth.clone()))
            .layer(from_fn_with_state(
                house.identity.clone(),
                hub_identity::attach_session,
            ));
        let options = Stack {
            product: Product::Hub,
            public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
            further_hosts: Vec::new(),
            csrf_key: [7; 32],
            randomness: Arc::new(SystemRandomness),
        };
        let app = App::new(stack(router, options), "127.0.0.1:8080");
        Self {
            house,
            app,
            people,
            every_grant: BTreeSet::new(),
            losses: 0,
        }
    }

    async fn account(&self, who: usize) -> Option<Account> {
        self.house.directory.account(self.people[who]).await.unwrap()
    }

    async fn living(&self) -> BTreeSet<Uuid> {
        let mut living = BTreeSet::new();
        for id in &self.every_grant {
            if self.house.oauth.grant_lives(*id).await.unwrap() {
                living.insert(*id);
            }
        }
        living
    }

    /// A grant by the way that people go: session, consent, code. Nothing where they may not.
    async fn grant(&mut self, who: usize, client: usize, little: bool) {
        let person = self.people[who];
        let Ok(sign_in) = self.house.identity.sign_in_without_password(person, "test").await else {
            return;
        };
        let client = self.house.client(&FIVE[CLIENTS[client]].client_id()).await;
        let scopes = if little {
            "spark:people_read".to_owned()
        } else {
            client.scopes.to_string()
        };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", &client.client_id),
            ("redirect_uri", CALLBACK),
            ("scope", &scopes),
            ("state", "s"),
        ]);
        let browser = self.app.other_browser();
        let cookie = format!("trunkline_hub_session={}", sign_in.token.expose_secret());
        let begun = browser
            .get(&format!("/v1/authorize?{}", query.finish()))
            .header("cookie", &cookie)
            .send()
            .await;
        let page = browser
            .get(begun.location())
            .header("cookie", &cookie)
            .send()
            .await;
        if page.status != 200 {
            return;
        }
        let form = [
            ("csrf", page.field("csrf")),
            ("person", page.field("person")),
            ("decision", "accept".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let accepted = browser
            .post(begun.location())
            .header("cookie", &cookie)
            .form(&form)
            .send()
            .await;
        let code = url::Url::parse(accepted.location()).unwrap();
        let code = code
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1
            .into_owned();
        let secret = self.house.secret(&client.client_id);
        let redeemed = self.app.other_browser().post("/v1/access_token").form(&[
            ("grant_type", "authorization_code"),
            ("client_id", &client.client_id),
            ("client_secret", &secret),
            ("code", &code),
            ("redirect_uri", CALLBACK),
        ]);
        assert_eq!(redeemed.send().await.status, 200);
        let grants = self.house.oauth.grants_that_hang_on(person).await.unwrap();
        self.every_grant
            .extend(grants.into_iter().map(|grant| grant.id.uuid()));
    }

    /// What somebody's grants see nothing of any more: presence, call records.
    async fn blind(&self) -> BTreeSet<Uuid> {
        let mut blind = BTreeSet::new();
        for person in &self.people {
            let Some(account) = self.house.directory.account(*person).await.unwrap() else {
                continue;
            };
            for grant in self.house.oauth.grants_that_hang_on(*person).await.unwrap() {
                let has = |scope: &str| grant.scopes.contains(scope);
                let presence = has("spark:people_read") || has("spark-admin:people_read");
                let records = has("spark-admin:calling_cdr_read");
                let sees_no_presence = presence && !account.shares_presence;
                let sees_no_records = records && !account.roles.contains(&Role::CallHistory);
                if sees_no_presence || sees_no_records {
                    blind.insert(grant.id.uuid());
                }
            }
        }
        blind
    }

    async fn step(&mut self, step: &Step) {
        let admin = self.house.full_admin();
        self.house.pass(1).await;
        match *step {
            Step::Grant { who, client, little } => return self.grant(who, client, little).await,
            Step::Restore { who } => {
                let governance = &self.house.governance;
                governance
                    .set_default(&admin, Rule::Allow, Existing::Spare)
                    .await
                    .unwrap();
                governance
                    .reset_exceptions(&admin, Existing::Spare)
                    .await
                    .unwrap();
                if self.account(who).await.is_some() {
                    let directory = &self.house.directory;
                    directory
                        .set_login_enabled(&admin, self.people[who], true)
                        .await
                        .unwrap();
                    let roles = [Role::FullAdministrator, Role::CallHistory];
                    directory
                        .set_roles(&admin, self.people[who], &roles)
                        .await
                        .unwrap();
                }
                return;
            }
            Step::Specific { who, client, rule } => {
                if let Some(account) = self.account(who).await {
                    let rule = if rule { Rule::Allow } else { Rule::Block };
                    let client_id = FIVE[CLIENTS[client]].client_id();
                    let governance = &self.house.governance;
                    governance
                        .add_specific_users(&admin, &client_id, rule, &account.email, Existing::Spare)
                        .await
                        .unwrap();
                }
                return;
            }
            Step::Person { .. } | Step::Policy { .. } => {}
        }
        let (alive_before, blind_before) = (self.living().await, self.blind().await);
        let Some(losses) = self.announced_and_done(step).await else {
            return;
        };
        let (alive_after, blind_after) = (self.living().await, self.blind().await);
        let of = |fate: Fate| -> BTreeSet<Uuid> {
            let such = losses.iter().filter(|loss| loss.fate == fate);
            such.map(|loss| loss.grant.id.uuid()).collect()
        };
        let died: BTreeSet<Uuid> = alive_before.difference(&alive_after).copied().collect();
        self.losses += losses.len();
        assert_eq!(of(Fate::Dies), died, "{step:?}");
        assert!(
            alive_after.is_subset(&alive_before),
            "{step:?} brought something back"
        );
        let newly_blind: BTreeSet<Uuid> = blind_after.difference(&blind_before).copied().collect();
        let said: BTreeSet<Uuid> = of(Fate::GoesBlind);
        assert!(newly_blind.is_subset(&said), "{step:?} blinds what nobody said");
        assert!(
            said.is_subset(&blind_after),
            "{step:?} was said to blind what still sees"
        );
    }

    /// What was said beforehand; nothing where there was nobody to whom it could happen.
    async fn announced_and_done(&self, step: &Step) -> Option<Vec<Loss>> {
        match *step {
            Step::Person { who, what } => self.to_person(who, what).await,
            Step::Policy { client, what, spare } => Some(self.to_policy(client, what, spare).await),
            Step::Grant { .. } | Step::Specific { .. } | Step::Restore { .. } => None,
        }
    }

    async fn to_person(&self, who: usize, what: usize) -> Option<Vec<Loss>> {
        let (account, admin) = (self.account(who).await?, self.house.full_admin());
        let (person, house) = (account.person_id, &self.house);
        let without = |role: Role| {
            account
                .roles
                .iter()
                .copied()
                .filter(|known| *known != role)
                .collect::<Vec<_>>()
        };
        // Deletion is rare: nothing comes back from it.
        let deed = match if what == 14 { 7 } else { what % 7 } {
            0 => Deed::ChangePassword,
            1 => Deed::ResetPassword,
            2 => Deed::ResetAccess,
            3 => Deed::ChangeRoles(without(Role::FullAdministrator)),
            4 => Deed::ChangeRoles(without(Role::CallHistory)),
            5 => Deed::Deactivate,
            6 => Deed::HidePresence,
            _ => Deed::Delete,
        };
        let said = house
            .governance
            .blast_radius_of_person(&house.identity, person, &deed)
            .await
            .unwrap();
        match deed {
            Deed::ChangePassword => {
                let password = SecretString::from(format!(
                    "Another-horse-{}",
                    Uuid::from_u128(u128::from(house.now().as_millis().unsigned_abs()))
                ));
                house.identity.set_password(person, &password).await.unwrap();
            }
            Deed::ResetPassword => {
                house.identity.reset_password(&admin, person).await.ok()?;
            }
            Deed::ResetAccess => house.identity.reset_access(&admin, person).await.unwrap(),
            Deed::ChangeRoles(roles) => {
                house.directory.set_roles(&admin, person, &roles).await.unwrap();
            }
            Deed::Deactivate => {
                house
                    .directory
                    .set_login_enabled(&admin, person, false)
                    .await
                    .unwrap();
            }
            Deed::HidePresence => {
                let caller = house.caller_for(&account);
                house
                    .directory
                    .set_presence_sharing(&caller, false)
                    .await
                    .unwrap();
            }
            Deed::Delete => {
                house.directory.delete_person(&admin, person).await.unwrap();
            }
        }
        Some(said)
    }

    async fn to_policy(&self, client: usize, what: usize, spare: bool) -> Vec<Loss> {
        let (admin, governance) = (self.house.full_admin(), &self.house.governance);
        let client_id = FIVE[CLIENTS[client]].client_id();
        let existing = if spare { Existing::Spare } else { Existing::End };
        let rule = if what.is_multiple_of(2) {
            Rule::Block
        } else {
            Rule::Allow
        };
        let deed = match what {
            0 | 1 => PolicyDeed::SetAudience {
                client_id: client_id.clone(),
                to: rule.into(),
                existing,
            },
            2 | 3 => PolicyDeed::SetDefault { rule, existing },
            4 => PolicyDeed::Revoke {
                client_id: client_id.clone(),
            },
            _ => PolicyDeed::Reset { existing },
        };
        let said = governance.blast_radius_of_policy(&admin, &deed).await.unwrap();
        match deed {
            PolicyDeed::SetAudience { .. } => governance
                .set_status(&admin, &client_id, rule, existing)
                .await
                .unwrap(),
            PolicyDeed::SetDefault { .. } => governance.set_default(&admin, rule, existing).await.unwrap(),
            PolicyDeed::Revoke { .. } => governance.revoke_access(&admin, &client_id).await.unwrap(),
            PolicyDeed::Reset { .. } => {
                governance.reset_exceptions(&admin, existing).await.unwrap();
            }
        }
        said
    }
}

fn histories(open: impl AsyncFn() -> TestDatabase) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let losses = AtomicUsize::new(0);
    let mut runner = TestRunner::new(Config {
        cases: 8,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&prop::collection::vec(a_step(), 20..40), |steps| {
            runtime.block_on(async {
                let database = open().await;
                let mut world = World::open(database.database.clone()).await;
                for step in &steps {
                    world.step(step).await;
                }
                losses.fetch_add(world.losses, Ordering::Relaxed);
            });
            Ok(())
        })
        .unwrap();
    let losses = losses.into_inner();
    assert!(
        losses > 10,
        "only {losses} authorizations were ever lost: this proves little"
    );
}

#[test]
fn what_is_said_beforehand_is_what_happens_on_sqlite() {
    histories(TestDatabase::sqlite);
}

#[test]
fn what_is_said_beforehand_is_what_happens_on_postgres() {
    histories(TestDatabase::postgres);
}

#[tokio::test]
async fn it_is_said_who_else_holds_one() {
    let database = TestDatabase::sqlite().await;
    let mut world = World::open(database.database.clone()).await;
    let client = CLIENTS[2];
    for who in [0, 1] {
        world.grant(who, 2, false).await;
    }
    let (first, second) = (world.account(0).await.unwrap(), world.account(1).await.unwrap());
    let house = &world.house;
    let losses = house
        .governance
        .blast_radius_of_person(&house.identity, first.person_id, &Deed::ResetAccess)
        .await
        .unwrap();
    let said: Vec<_> = losses
        .iter()
        .map(|loss| (loss.person_name.clone(), loss.others.clone(), loss.fate))
        .collect();
    assert_eq!(
        said,
        [(first.display_name, vec![second.display_name], Fate::Dies)]
    );
    assert_eq!(losses[0].client_name, FIVE[client].name);
    let blocking = PolicyDeed::SetAudience {
        client_id: FIVE[client].client_id(),
        to: Rule::Block.into(),
        existing: Existing::End,
    };
    let losses = house
        .governance
        .blast_radius_of_policy(&house.full_admin(), &blocking)
        .await
        .unwrap();
    assert_eq!(losses.len(), 2);
    assert!(
        losses.iter().all(|loss| loss.others.is_empty()),
        "whoever loses it too stands by for nobody"
    );
    // Somebody who may not see policies, and somebody of nowhere.
    let reader = house.caller(NamedPerson::UserAdmin);
    assert_eq!(
        house
            .governance
            .blast_radius_of_policy(&reader, &blocking)
            .await
            .unwrap_err()
            .kind(),
        &kit::Kind::Forbidden
    );
    let nobody = PersonId::new(Uuid::from_u128(7));
    assert!(
        house
            .governance
            .blast_radius_of_person(&house.identity, nobody, &Deed::Delete)
            .await
            .unwrap()
            .is_empty()
    );
}
