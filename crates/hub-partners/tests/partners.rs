//! A partner's administrators at their customers, by the public API and at a browser.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use axum::middleware::from_fn_with_state;
use hub_directory::seed::{self, NamedPerson, SeedOrganization};
use hub_directory::{Caller, Directory, OrganizationId, PersonId, Size};
use hub_partners::{CustomerPolicy, Partners, ROUTES, act_for_customer};
use hub_test::{app, public_url, session_caller, token_caller};
use kit::{SeededRandomness, Timestamp, Uuid};
use kit_sql::{Database, sql};
use kit_test::{App, ManualClock};
use kit_web::Needs;
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

const SEED: u64 = 11;
const EVERYTHING: &str = "spark-admin:people_read spark-admin:people_write spark-admin:organizations_read spark-admin:organizations_write";

struct World {
    directory: Directory,
    partners: Partners,
    partner: SeedOrganization,
    small: SeedOrganization,
    other: SeedOrganization,
    policy: Arc<Policy>,
}

/// A customer's policy that a test switches.
#[derive(Default)]
struct Policy {
    blocks: AtomicBool,
}

#[async_trait]
impl CustomerPolicy for Policy {
    async fn allows(&self, _: &Caller, _: OrganizationId) -> kit::Result<bool> {
        Ok(!self.blocks.load(Ordering::Relaxed))
    }
}

impl World {
    /// A partner that looks after the first of two organizations.
    async fn new(database: &Database) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_790_000_000_000)));
        let randomness = Arc::new(SeededRandomness::new(5));
        let directory = Directory::new(database.clone(), clock.clone(), randomness, public_url());
        let partners = Partners::new(database.clone(), clock, directory.clone());
        directory.with_listener(partners.listener());
        directory.with_managed_organizations(partners.managed_organizations());
        let policy = Arc::new(Policy::default());
        partners.with_policy(policy.clone()).unwrap();
        directory.migrate().await.unwrap();
        partners.migrate().await.unwrap();
        let world = Self {
            partner: seed::partner_organization(SEED),
            small: seed::organization(Size::Small, SEED),
            other: seed::other_small_organization(SEED),
            directory,
            partners,
            policy,
        };
        for organization in [&world.partner, &world.small, &world.other] {
            world.directory.seed(organization).await.unwrap();
        }
        let customers = [OrganizationId::new(world.small.id)];
        for _ in 0..2 {
            world.partners.seed(&world.partner, &customers).await.unwrap();
        }
        world
    }

    fn person(&self, organization: &SeedOrganization, part: NamedPerson) -> PersonId {
        PersonId::new(organization.named(part).unwrap().id)
    }

    /// Somebody of the partner who has no role there.
    fn colleague(&self) -> PersonId {
        let plain = self.partner.people.iter().find(|person| person.roles.is_empty());
        PersonId::new(plain.unwrap().id)
    }

    async fn program(&self, person: PersonId, scopes: &str) -> App {
        self.app(Some(token_caller(&self.directory, person, scopes).await))
    }

    async fn partner_program(&self, part: NamedPerson) -> App {
        self.program(self.person(&self.partner, part), EVERYTHING).await
    }

    async fn browser(&self, person: PersonId) -> App {
        self.app(Some(session_caller(&self.directory, person).await))
    }

    fn app(&self, caller: Option<Caller>) -> App {
        let routes = hub_directory::api_router(self.directory.clone())
            .merge(hub_directory::pages_router(self.directory.clone()))
            .merge(hub_partners::api_router(self.partners.clone()))
            .merge(hub_partners::pages_router(self.partners.clone()))
            .layer(from_fn_with_state(self.partners.clone(), act_for_customer));
        app(routes, caller)
    }
}

fn organization_id(organization: &SeedOrganization) -> String {
    PublicId::of_uuid(ResourceKind::Organization, organization.id).to_string()
}

fn person_id(id: Uuid) -> String {
    PublicId::of_uuid(ResourceKind::People, id).to_string()
}

async fn get(app: &App, path: &str) -> (u16, Value) {
    let answer = app.get(path).send().await;
    (answer.status.as_u16(), answer.json())
}

fn names(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["displayName"].as_str().unwrap().to_owned())
        .collect()
}

/// The title of a person of a customer, as somebody of the partner may or may not change it.
async fn change_title(world: &World, app: &App) -> u16 {
    let customer = organization_id(&world.small);
    let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
    let path = format!("/v1/people/{}?orgId={customer}", person_id(heidi.id));
    let (status, mut person) = get(app, &path).await;
    assert_eq!(status, 200, "{person}");
    person["title"] = json!("Changed by the partner");
    for key in ["created", "lastModified", "lastActivity", "status"] {
        person.as_object_mut().unwrap().remove(key);
    }
    app.put(&path).json(&person).send().await.status.as_u16()
}

kit_test::both_databases! {
    async fn a_full_administrator_acts_at_a_customer_and_nowhere_else(database: Database) {
        let world = World::new(&database).await;
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        let customer = organization_id(&world.small);
        let (status, people) = get(&app, &format!("/v1/people?max=1000&orgId={customer}")).await;
        assert_eq!((status, people["items"].as_array().unwrap().len()), (200, world.small.people.len()));
        let (_, own) = get(&app, "/v1/people?max=1000").await;
        assert_eq!(own["items"].as_array().unwrap().len(), world.partner.people.len());
        assert_eq!(change_title(&world, &app).await, 200);
        let (status, _) = get(&app, &format!("/v1/people?orgId={}", organization_id(&world.other))).await;
        assert_eq!(status, 404, "it looks after the other organization");
        let (_, organizations) = get(&app, "/v1/organizations").await;
        assert_eq!(names(&organizations), ["Tidewater Managed Services", "Kestrel Bay Logistics"]);
        let (status, one) = get(&app, &format!("/v1/organizations/{customer}")).await;
        assert_eq!((status, one["displayName"].as_str()), (200, Some("Kestrel Bay Logistics")));
    }

    async fn who_may_only_read_changes_nothing(database: Database) {
        let world = World::new(&database).await;
        for part in [NamedPerson::ReadOnlyAdmin, NamedPerson::HelpDeskAdmin] {
            let app = world.partner_program(part).await;
            assert_eq!(change_title(&world, &app).await, 403, "{part:?}");
        }
    }

    async fn a_customers_own_administrators_act_for_nobody(database: Database) {
        let world = World::new(&database).await;
        let app = world.program(world.person(&world.small, NamedPerson::FullAdmin), EVERYTHING).await;
        for foreign in [&world.partner, &world.other] {
            let (status, _) = get(&app, &format!("/v1/people?orgId={}", organization_id(foreign))).await;
            assert_eq!(status, 404);
        }
        let (_, organizations) = get(&app, "/v1/organizations").await;
        assert_eq!(names(&organizations), ["Kestrel Bay Logistics"]);
        let (_, customers) = get(&app, "/v1/partner/organizations").await;
        assert!(names(&customers).is_empty());
        let (status, _) = get(&app, &format!("/v1/partner/organizations/{}/partnerAdmins", organization_id(&world.small))).await;
        assert_eq!(status, 404);
    }

    async fn customers_are_assigned_and_taken_away_and_that_is_written_down(database: Database) {
        let world = World::new(&database).await;
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        let (customer, colleague) = (organization_id(&world.small), world.colleague());
        let one = format!("/v1/partner/organizations/{customer}/partnerAdmin/{}", person_id(colleague.uuid()));
        let caller = token_caller(&world.directory, colleague, EVERYTHING).await;
        let id = OrganizationId::new(world.small.id);
        assert!(world.partners.acting_for(&caller, id).await.unwrap().is_none());
        for _ in 0..2 {
            assert_eq!(app.post(&format!("{one}/assign")).send().await.status, 204);
        }
        let (acting, _) = world.partners.acting_for(&caller, id).await.unwrap().unwrap();
        assert!(acting.is_full_admin());
        assert_eq!(acting.organization_id, id);
        let (_, administrators) = get(&app, &format!("/v1/partner/organizations/{customer}/partnerAdmins")).await;
        assert_eq!(names(&administrators).len(), 4);
        let (_, customers) = get(&app, &format!("/v1/partner/organizations?managedBy={}", person_id(colleague.uuid()))).await;
        assert_eq!(names(&customers), ["Kestrel Bay Logistics"]);
        assert_eq!(app.delete(&format!("{one}/unassign")).send().await.status, 204);
        assert_eq!(app.delete(&format!("{one}/unassign")).send().await.status, 404);
        assert!(world.partners.acting_for(&caller, id).await.unwrap().is_none());
        let lines = sql("SELECT previous_value, new_value FROM events_audit WHERE category = 'ADMINISTRATOR_ROLES' ORDER BY new_value IS NULL")
            .all(&database)
            .await
            .unwrap();
        let values: Vec<_> = lines.iter().map(|line| (line.optional_text("previous_value").unwrap(), line.optional_text("new_value").unwrap())).collect();
        let kestrel = Some("Kestrel Bay Logistics".to_owned());
        assert_eq!(values, [(None, kestrel.clone()), (kestrel, None)]);
    }

    async fn only_the_partners_full_administrator_assigns(database: Database) {
        let world = World::new(&database).await;
        let customer = organization_id(&world.small);
        let path = |person: PersonId| format!("/v1/partner/organizations/{customer}/partnerAdmin/{}/assign", person_id(person.uuid()));
        for part in [NamedPerson::ReadOnlyAdmin, NamedPerson::HelpDeskAdmin] {
            let app = world.partner_program(part).await;
            assert_eq!(app.post(&path(world.colleague())).send().await.status, 403, "{part:?}");
        }
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        let stranger = world.person(&world.small, NamedPerson::FullAdmin);
        assert_eq!(app.post(&path(stranger)).send().await.status, 404);
        let already = world.person(&world.partner, NamedPerson::ReadOnlyAdmin);
        assert_eq!(app.post(&path(already)).send().await.status, 409);
    }

    async fn a_role_goes_with_its_holder(database: Database) {
        let world = World::new(&database).await;
        let reader = world.person(&world.partner, NamedPerson::ReadOnlyAdmin);
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        assert_eq!(app.delete(&format!("/v1/people/{}", person_id(reader.uuid()))).send().await.status, 204);
        let rows = sql("SELECT person_id FROM partner_administrator").all(&database).await.unwrap();
        assert_eq!(rows.len(), 2);
    }

    async fn a_browser_chooses_a_customer_and_comes_back(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser(world.person(&world.partner, NamedPerson::FullAdmin)).await;
        let choose = async |id: Uuid| {
            let csrf = browser.get("/customers").send().await.field("csrf");
            browser.post(&format!("/customers/{id}/choose")).form(&[("csrf", &csrf)]).send().await
        };
        let heidi = &world.small.named(NamedPerson::HeidiHarper).unwrap().display_name;
        let users = async || browser.get("/users?q=Heidi").send().await.body.contains(heidi);
        assert!(!users().await);
        assert_eq!(choose(world.other.id).await.status, 404);
        assert!(!users().await);
        let answer = choose(world.small.id).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/"));
        assert!(users().await);
        let page = browser.get("/customers").send().await.body;
        assert!(page.contains("Back to Tidewater Managed Services") && page.contains("Chosen"), "{page}");
        choose(world.partner.id).await;
        assert!(!users().await);
    }

    async fn a_customers_policy_binds_a_partners_integration(database: Database) {
        let world = World::new(&database).await;
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        let path = format!("/v1/people?orgId={}", organization_id(&world.small));
        assert_eq!(get(&app, &path).await.0, 200);
        world.policy.blocks.store(true, Ordering::Relaxed);
        assert_eq!(get(&app, &path).await.0, 403);
        assert_eq!(get(&app, "/v1/people").await.0, 200, "at home another policy counts");
        let browser = world.browser(world.person(&world.partner, NamedPerson::FullAdmin)).await;
        let csrf = browser.get("/customers").send().await.field("csrf");
        browser.post(&format!("/customers/{}/choose", world.small.id)).form(&[("csrf", &csrf)]).send().await;
        assert_eq!(browser.get("/users").send().await.status, 200, "a person at a browser is no integration");
    }

    async fn whoever_loses_the_role_at_home_loses_what_stands_on_it(database: Database) {
        let world = World::new(&database).await;
        let id = OrganizationId::new(world.small.id);
        let admin = world.person(&world.partner, NamedPerson::FullAdmin);
        let reader = world.person(&world.partner, NamedPerson::ReadOnlyAdmin);
        let chief = session_caller(&world.directory, admin).await;
        let caller = session_caller(&world.directory, reader).await;
        assert!(world.partners.acting_for(&caller, id).await.unwrap().is_some());
        world.directory.set_roles(&chief, reader, &[]).await.unwrap();
        // Even who comes with the roles of a moment ago.
        assert!(world.partners.acting_for(&caller, id).await.unwrap().is_none());
        assert!(world.partners.customers_of(reader).await.unwrap().is_empty());
        let app = world.partner_program(NamedPerson::FullAdmin).await;
        let customer = organization_id(&world.small);
        let (_, administrators) = get(&app, &format!("/v1/partner/organizations/{customer}/partnerAdmins")).await;
        assert_eq!(names(&administrators).len(), 2);
    }

    async fn a_form_that_was_drawn_for_one_customer_is_not_sent_for_another(database: Database) {
        let world = World::new(&database).await;
        let both = [OrganizationId::new(world.small.id), OrganizationId::new(world.other.id)];
        world.partners.seed(&world.partner, &both).await.unwrap();
        let browser = world.browser(world.person(&world.partner, NamedPerson::FullAdmin)).await;
        let choose = async |id: Uuid| {
            let csrf = browser.get("/customers").send().await.field("csrf");
            browser.post(&format!("/customers/{id}/choose")).form(&[("csrf", &csrf)]).send().await.status.as_u16()
        };
        assert_eq!(choose(world.small.id).await, 303);
        let stale = browser.get("/customers").send().await.field("csrf");
        assert_eq!(choose(world.other.id).await, 303);
        let sent = browser.post(&format!("/customers/{}/choose", world.small.id)).form(&[("csrf", &stale)]).send().await;
        assert_eq!(sent.status, 403, "{}", sent.body);
        assert!(!browser.get("/users?q=Heidi").send().await.body.contains("Heidi Harper"));
    }

    async fn nothing_that_hears_is_made_in_a_customers_name(database: Database) {
        let world = World::new(&database).await;
        let customer = organization_id(&world.small);
        let whose = async |path: &str| {
            let caller = token_caller(&world.directory, world.person(&world.partner, NamedPerson::FullAdmin), EVERYTHING).await;
            let tells = |caller: Caller| async move { caller.organization_id.to_string() };
            let routes = axum::Router::new()
                .route("/v1/webhooks", axum::routing::get(tells))
                .route("/v1/ssf/stream", axum::routing::get(tells))
                .route("/v1/people", axum::routing::get(tells))
                .layer(from_fn_with_state(world.partners.clone(), act_for_customer));
            app(routes, Some(caller)).get(&format!("{path}?orgId={customer}")).send().await.body
        };
        assert_eq!(whose("/v1/people").await, world.small.id.to_string());
        for path in ["/v1/webhooks", "/v1/ssf/stream"] {
            assert_eq!(whose(path).await, world.partner.id.to_string(), "{path}");
        }
    }

    async fn a_cookie_that_was_typed_opens_nothing(database: Database) {
        let world = World::new(&database).await;
        let robin = world.browser(world.person(&world.other, NamedPerson::FullAdmin)).await;
        let cookie = format!("trunkline_hub_customer={}", world.small.id);
        let page = robin.get("/users?q=Heidi").header("cookie", &cookie).send().await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("Heidi Harper"));
        assert_eq!(robin.get("/customers").send().await.status, 403);
    }

    async fn every_route_wants_what_the_table_says(database: Database) {
        let world = World::new(&database).await;
        let admin = world.person(&world.partner, NamedPerson::FullAdmin);
        let narrow = world.program(admin, "spark:people_read").await;
        let nobody = world.app(None);
        for route in ROUTES {
            let path = route
                .path
                .replace("{organization_id}", &organization_id(&world.small))
                .replace("{person_id}", &person_id(world.colleague().uuid()));
            let unknown = nobody.request(route.method.clone(), &path).send().await.status.as_u16();
            match route.needs {
                Needs::Session => assert!([303, 403].contains(&unknown), "{path}: {unknown}"),
                Needs::Scopes(_) => {
                    assert_eq!(unknown, 401, "{path}");
                    let refused = narrow.request(route.method.clone(), &path).send().await.status;
                    assert_eq!(refused, 403, "{path}");
                }
                Needs::Nothing => panic!("{path} is open to anybody"),
            }
        }
    }
}
