#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! The admin audit and the security audit, as programs and administrators read them.
mod support;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hub_events::{Actor, AuditCategory, AuditEntry, SignInEvent, SignInKind, Target};
use kit::Uuid;
use serde_json::{Value, json};
use support::{World, admin, at_a_browser, organization, person, user};
use webex::{PublicId, ResourceKind, Role, ScopeSet};

const YEAR: &str = "from=2026-01-01T00:00:00.000Z&to=2026-12-31T00:00:00.000Z";

fn bare(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id.to_string())
}

fn own_organization() -> String {
    PublicId::of_uuid(ResourceKind::Organization, organization(1).uuid()).to_string()
}

fn entry(actor: u128, category: AuditCategory, action: &str) -> AuditEntry {
    AuditEntry {
        organization_id: organization(1),
        actor: Actor::Person {
            id: person(actor),
            organization_id: organization(1),
            name: format!("Person {actor}"),
            email: format!("p{actor}@kestrel.example"),
            roles: vec!["Full Administrator".to_owned(), "Sales Administrator".to_owned()],
        },
        category,
        description: "User password reset".to_owned(),
        action_text: action.to_owned(),
        target: Some(Target {
            kind: "PERSON",
            id: "the target".to_owned(),
            name: "Ben Brøok".to_owned(),
        }),
        setting: Some("password".to_owned()),
        previous_value: Some("=old".to_owned()),
        new_value: Some("new".to_owned()),
    }
}

async fn take_down(world: &World, entry: &AuditEntry) {
    let mut transaction = world.database.begin().await.unwrap();
    world.recorder.audit(&mut transaction, entry).await.unwrap();
    transaction.commit().await.unwrap();
    world.pass(Duration::from_secs(1)).await;
}

async fn some_entries(world: &World) {
    take_down(world, &entry(1, AuditCategory::Users, "first")).await;
    take_down(world, &entry(2, AuditCategory::Authentication, "second")).await;
    take_down(world, &entry(1, AuditCategory::Integrations, "third")).await;
    let mut foreign = entry(9, AuditCategory::Users, "foreign");
    foreign.organization_id = organization(2);
    take_down(world, &foreign).await;
}

fn actions(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["data"]["actionText"].as_str().unwrap().to_owned())
        .collect()
}

kit_test::both_databases! {
    async fn an_event_has_the_shape_of_the_platform(database: Database) {
        let world = World::new(database).await;
        take_down(&world, &entry(1, AuditCategory::Authentication, "Ada reset a password.")).await;
        let app = world.app(Some(admin(1, 1)));
        let answer = app.get(&format!("/v1/adminAudit/events?orgId={}&{YEAR}", own_organization())).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let item = answer.json()["items"][0].clone();
        assert_eq!(item["created"], "2026-11-24T09:00:00.000Z");
        assert_eq!(item["actorId"], bare(person(1).uuid()), "ids of the audit are not wrapped");
        assert_eq!(item["actorOrgId"], bare(organization(1).uuid()));
        let wanted = json!({
            "actorName": "Person 1", "actorEmail": "p1@kestrel.example", "actorOrgName": "Kestrel Bay Logistics",
            "adminRoles": ["Full Administrator", "Sales Administrator"], "eventCategory": "AUTHENTICATION",
            "eventDescription": "User password reset", "actionText": "Ada reset a password.", "targetType": "PERSON",
            "targetId": "the target", "targetName": "Ben Brøok", "targetOrgId": bare(organization(1).uuid()),
            "targetOrgName": "Kestrel Bay Logistics", "trackingId": "ROUTERGW_none", "settingKey": "password",
            "previousValue": "=old", "newValue": "new",
        });
        assert_eq!(item["data"], wanted);
    }

    async fn filters_and_pages_find_what_they_name(database: Database) {
        let world = World::new(database).await;
        some_entries(&world).await;
        let app = world.app(Some(admin(1, 1)));
        let base = format!("/v1/adminAudit/events?orgId={}&{YEAR}", organization(1));
        let read = async |further: &str| {
            let answer = app.get(&format!("{base}{further}")).send().await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            actions(&answer.json())
        };
        assert_eq!(read("").await, ["third", "second", "first"], "the newest first, and nobody else's");
        assert_eq!(read("&eventCategories=USERS,INTEGRATIONS").await, ["third", "first"]);
        assert_eq!(read(&format!("&actorId={}", bare(person(2).uuid()))).await, ["second"]);
        let public = PublicId::of_uuid(ResourceKind::People, person(2).uuid()).to_string();
        assert_eq!(read(&format!("&actorId={public}")).await, ["second"]);
        let first = app.get(&format!("{base}&max=2")).send().await;
        assert_eq!(actions(&first.json()), ["third", "second"]);
        let link = first.header("link").unwrap().to_owned();
        let next = link.strip_prefix('<').unwrap().split('>').next().unwrap();
        let second = app.get(next).send().await;
        assert_eq!(actions(&second.json()), ["first"]);
        assert!(second.header("link").is_none());
    }

    async fn wrong_questions_are_answered_in_words(database: Database) {
        let world = World::new(database).await;
        let app = world.app(Some(admin(1, 1)));
        let own = format!("orgId={}", organization(1));
        let cases = [
            (YEAR.to_owned(), "The parameter orgId is missing."),
            (format!("{own}&to=2026-01-01T00:00:00Z"), "The parameter from is missing."),
            (format!("{own}&from=yesterday&to=2026-01-01T00:00:00Z"), "from: “yesterday” is not a moment; write it like 2026-09-23T10:06:45.423Z."),
            (format!("{own}&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"), "from is later than to."),
            (format!("{own}&from=2025-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"), "Between from and to lies more than one year. Ask for one year at a time."),
            (format!("{own}&{YEAR}&max=201"), "max “201” is not a number between 1 and 200."),
            (format!("{own}&{YEAR}&eventCategories=WEATHER"), "eventCategories “WEATHER” is not one of those that GET /v1/adminAudit/eventCategories lists."),
        ];
        for (query, sentence) in cases {
            let answer = app.get(&format!("/v1/adminAudit/events?{query}")).send().await;
            assert_eq!(answer.status, 400, "{query}: {}", answer.body);
            assert_eq!(answer.json()["message"], sentence);
        }
        let foreign = app.get(&format!("/v1/adminAudit/events?orgId={}&{YEAR}", organization(2))).send().await;
        assert_eq!(foreign.status, 404);
    }

    async fn the_audit_is_for_full_and_read_only_administrators(database: Database) {
        let world = World::new(database).await;
        let paths = [
            format!("/v1/adminAudit/events?orgId={}&{YEAR}", organization(1)),
            "/v1/adminAudit/eventCategories".to_owned(),
            format!("/v1/admin/securityAudit/events?orgId={}&startTime=2026-01-01T00:00:00Z&endTime=2026-12-31T00:00:00Z", organization(1)),
        ];
        let with = |roles: Vec<Role>, scopes: &str| {
            let mut caller = admin(1, 1);
            caller.roles = roles;
            caller.scopes = ScopeSet::parse(scopes).unwrap();
            world.app(Some(caller))
        };
        for path in &paths {
            assert_eq!(with(vec![Role::ReadOnlyAdministrator], "audit:events_read").get(path).send().await.status, 200, "{path}");
            assert_eq!(with(vec![Role::UserAdministrator], "audit:events_read").get(path).send().await.status, 403, "{path}");
            assert_eq!(with(vec![Role::FullAdministrator], "spark-admin:people_read").get(path).send().await.status, 403, "{path}");
        }
        let categories = with(vec![Role::FullAdministrator], "audit:events_read").get(&paths[1]).send().await.json();
        let words: Vec<&str> = AuditCategory::ALL.iter().map(|category| category.word()).collect();
        assert_eq!(categories, json!({"eventCategories": words}));
    }

    async fn sign_ins_and_sign_outs_are_read_by_program(database: Database) {
        let world = World::new(database).await;
        for (kind, text) in [(SignInKind::SignedIn, "in"), (SignInKind::Refused, "refused"), (SignInKind::SignedOut, "out")] {
            let event = SignInEvent {
                organization_id: organization(1),
                person_id: Some(person(1)),
                name: "Ada Adler".to_owned(),
                email: "ada@kestrel.example".to_owned(),
                roles: vec!["Full Administrator".to_owned()],
                kind,
                action_text: text.to_owned(),
            };
            let mut transaction = world.database.begin().await.unwrap();
            world.recorder.sign_in_event(&mut transaction, &event).await.unwrap();
            transaction.commit().await.unwrap();
            world.pass(Duration::from_secs(1)).await;
        }
        let app = world.app(Some(admin(1, 1)));
        let base = format!("/v1/admin/securityAudit/events?orgId={}&startTime=2026-01-01T00:00:00Z&endTime=2026-12-31T00:00:00Z", own_organization());
        let all = app.get(&base).send().await.json();
        assert_eq!(actions(&all), ["out", "refused", "in"]);
        assert_eq!(all["items"][2]["data"]["eventCategory"], "LOGINS");
        assert_eq!(all["items"][2]["actorId"], bare(person(1).uuid()));
        let out = app.get(&format!("{base}&eventCategories=LOGOUT")).send().await.json();
        assert_eq!(actions(&out), ["out"]);
        assert_eq!(app.get(&format!("{base}&eventCategories=USERS")).send().await.status, 400);
        assert_eq!(app.get(&format!("{base}&max=1001")).send().await.status, 400);
    }

    async fn administrators_search_the_page_and_take_it_home(database: Database) {
        let world = World::new(database).await;
        some_entries(&world).await;
        let browser = world.app(Some(at_a_browser(&admin(1, 1))));
        let page = browser.get("/audit").send().await;
        assert_eq!(page.status, 200, "{}", page.body);
        for text in ["first", "second", "third", "password: =old → new", "1–3 of 3"] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        assert!(!page.body.contains("foreign"));
        let found = browser.get("/audit?q=ben+brook+SECOND").send().await;
        assert!(found.body.contains(">second<") && !found.body.contains(">third<"), "{}", found.body);
        let filtered = browser.get("/audit?category=INTEGRATIONS").send().await;
        assert!(filtered.body.contains(">third<") && !filtered.body.contains(">second<"), "{}", filtered.body);
        let nothing = browser.get("/audit?q=nobody").send().await;
        assert!(nothing.body.contains("Nothing that was changed matches."), "{}", nothing.body);
        let file = browser.get("/audit/export?category=USERS").send().await;
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert_eq!(lines.len(), 2, "{}", file.body);
        assert!(lines[1].contains("\"first\"") && lines[1].contains("\"'=old\""), "no formulas: {}", lines[1]);
        for path in ["/audit", "/audit/export", "/mail"] {
            assert_eq!(world.app(Some(at_a_browser(&user(2, 2)))).get(path).send().await.status, 403, "{path}");
            let mut helper = at_a_browser(&admin(3, 3));
            helper.roles = vec![Role::HelpDeskAdministrator];
            assert_eq!(world.app(Some(helper)).get(path).send().await.status, 403, "{path}");
        }
    }

    async fn what_is_older_than_a_year_and_some_is_forgotten(database: Database) {
        let world = World::new(database).await;
        some_entries(&world).await;
        world.pass(Duration::from_secs(370 * 24 * 3600)).await;
        assert_eq!(world.events.sweep().await.unwrap(), 0, "a year is kept");
        world.pass(Duration::from_secs(40 * 24 * 3600)).await;
        assert_eq!(world.events.sweep().await.unwrap(), 4);
    }
}

#[test]
fn the_reference_names_every_security_event() {
    let text = include_str!("../../../docs/reference/events.md");
    for kind in hub_events::SecurityEventKind::ALL {
        assert!(
            text.contains(&format!("| `{}` |", kind.word())),
            "{}",
            kind.word()
        );
    }
}
