//! What a page of the lists costs, by the plans of both databases.

use hub_directory::{LocationId, OrganizationId};
use kit::Uuid;
use kit_sql::{Argument, Database, Dialect, Statement, sql};

use super::agents::{self, AgentFilter};
use super::attendants::{self, AttendantFilter};
use super::groups::{self, GroupFilter};
use super::migrations;
use crate::model::group::GroupKind;

const GROUPS: u32 = 6_000;
const AGENTS_A_GROUP: u32 = 5;
const HUNT_GROUPS: &[GroupKind] = &[GroupKind::HuntGroup];
const CALL_QUEUES: &[GroupKind] = &[GroupKind::CallQueue];

fn group_id(of: u128, row: u32) -> Uuid {
    Uuid::from_u128((of << 64) | u128::from(row))
}

fn location(row: u32) -> LocationId {
    LocationId::new(Uuid::from_u128(u128::from(row % 200)))
}

/// Two organizations, the first with many groups and attendants.
async fn filled(database: &Database) -> OrganizationId {
    database
        .migrate("call_features", migrations::STEPS)
        .await
        .unwrap();
    for (of, count) in [(1_u128, GROUPS), (2, 10)] {
        let organization = Uuid::from_u128(of);
        let (mut groups, mut agents, mut attendants) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..count {
            let id = group_id(of, row);
            let kind = GroupKind::ALL[row as usize % 3];
            let name = format!("desk {row:06}");
            let place: Argument = location(row).uuid().into();
            let named = [
                id.into(),
                organization.into(),
                place,
                name.clone().into(),
                name.into(),
            ];
            groups.push(
                named
                    .iter()
                    .cloned()
                    .chain([kind.key().into()])
                    .collect::<Vec<Argument>>(),
            );
            attendants.push(named.to_vec());
            for position in 0..AGENTS_A_GROUP {
                let agent = Uuid::from_u128((9 << 64) | u128::from((row * 7 + position) % 4_000));
                agents.push(vec![
                    id.into(),
                    organization.into(),
                    i64::from(position).into(),
                    agent.into(),
                ]);
            }
        }
        stored(database, groups, agents, attendants).await;
    }
    if database.dialect() == Dialect::Postgres {
        for text in [
            "ANALYZE call_group",
            "ANALYZE call_group_agent",
            "ANALYZE auto_attendant",
        ] {
            sql(text).run(database).await.unwrap();
        }
    }
    OrganizationId::new(Uuid::from_u128(1))
}

async fn stored(
    database: &Database,
    groups: Vec<Vec<Argument>>,
    agents: Vec<Vec<Argument>>,
    attendants: Vec<Vec<Argument>>,
) {
    for text in [
        "CREATE TABLE IF NOT EXISTS seed_group (id TEXT, organization_id TEXT, location_id TEXT, name TEXT, name_key TEXT, kind TEXT)",
        "CREATE TABLE IF NOT EXISTS seed_agent (group_id TEXT, organization_id TEXT, position BIGINT, member_id TEXT)",
        "CREATE TABLE IF NOT EXISTS seed_attendant (id TEXT, organization_id TEXT, location_id TEXT, name TEXT, name_key TEXT)",
        "DELETE FROM seed_group",
        "DELETE FROM seed_agent",
        "DELETE FROM seed_attendant",
    ] {
        sql(text).run(database).await.unwrap();
    }
    let insert = "INSERT INTO seed_group (id, organization_id, location_id, name, name_key, kind)";
    kit_sql::insert_rows(database, insert, 6, groups, "")
        .await
        .unwrap();
    let insert = "INSERT INTO seed_agent (group_id, organization_id, position, member_id)";
    kit_sql::insert_rows(database, insert, 4, agents, "")
        .await
        .unwrap();
    let insert = "INSERT INTO seed_attendant (id, organization_id, location_id, name, name_key)";
    kit_sql::insert_rows(database, insert, 5, attendants, "")
        .await
        .unwrap();
    for text in [
        "INSERT INTO call_group (id, organization_id, location_id, kind, name, name_key, enabled, settings, created_at, last_modified_at) \
         SELECT id, organization_id, location_id, kind, name, name_key, true, '{}', 0, 0 FROM seed_group",
        "INSERT INTO call_group_agent (group_id, organization_id, position, member_kind, member_id, weight, joined) \
         SELECT group_id, organization_id, position, 'PEOPLE', member_id, 0, true FROM seed_agent",
        "INSERT INTO schedule (id, organization_id, location_id, kind, name, name_key, created_at, last_modified_at) \
         SELECT 'hours', 'x', 'x', 'businessHours', 'hours', 'hours', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM schedule)",
        "INSERT INTO auto_attendant (id, organization_id, location_id, name, name_key, enabled, language_code, time_zone, business_schedule_id, \
         extension_dialing, name_dialing, business_hours_menu, after_hours_menu, ring_patterns, created_at, last_modified_at) \
         SELECT id, organization_id, location_id, name, name_key, true, 'en_us', 'UTC', 'hours', 'GROUP', 'GROUP', '{}', '{}', '{}', 0, 0 FROM seed_attendant",
    ] {
        sql(text).run(database).await.unwrap();
    }
}

async fn plan(database: &Database, statement: Statement) -> String {
    let column = match database.dialect() {
        Dialect::Sqlite => "detail",
        Dialect::Postgres => "QUERY PLAN",
    };
    let rows = statement
        .explained(database.dialect())
        .all(database)
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.text(column).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// No table is walked and nothing is sorted: the page is a stretch of this index.
fn assert_walks(what: &str, plan: &str, index: &str) {
    assert!(plan.contains(index), "{what}: {plan}");
    for word in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"] {
        assert!(!plan.contains(word), "{what}: {word} in {plan}");
    }
}

/// Few rows are found by their key; those alone are sorted.
fn assert_looks_up(what: &str, plan: &str, key: &[&str]) {
    assert!(key.iter().any(|index| plan.contains(index)), "{what}: {plan}");
    assert!(
        !plan.contains("SCAN") && !plan.contains("Seq Scan"),
        "{what}: {plan}"
    );
}

kit_test::both_databases! {
    async fn a_page_of_groups_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let location_id = Some(location(7));
        let name = Some("desk 0".to_owned());
        let everything = GroupFilter { limit: 51, ..GroupFilter::default() };
        for (what, kinds, index, index_at) in [
            ("hunt groups", HUNT_GROUPS, "call_group_page", "call_group_location"),
            ("plain queues", CALL_QUEUES, "call_group_page", "call_group_location"),
            ("queues of both kinds", GroupKind::QUEUES, "call_group_queues", "call_group_queues_at"),
        ] {
            let of_kind = GroupFilter { kinds, ..everything.clone() };
            for (filter, index) in [
                (of_kind.clone(), index),
                (GroupFilter { offset: 500, ..of_kind.clone() }, index),
                (GroupFilter { name: name.clone(), ..of_kind.clone() }, index),
                (GroupFilter { location_id, ..of_kind.clone() }, index_at),
                (GroupFilter { location_id, name: name.clone(), ..of_kind.clone() }, index_at),
            ] {
                assert_walks(what, &plan(&database, groups::page_statement(organization, &filter)).await, index);
            }
            let ids = GroupFilter { ids: Some(vec![group_id(1, 5), group_id(1, 6)]), ..of_kind };
            let looked_up = plan(&database, groups::page_statement(organization, &ids)).await;
            assert_looks_up(what, &looked_up, &["call_group_pkey", "sqlite_autoindex_call_group_1"]);
        }
        let hunt = GroupFilter { kinds: HUNT_GROUPS, offset: 100, limit: 2, ..GroupFilter::default() };
        let mut names = page_names(&database, organization, &hunt).await;
        assert_eq!(names, ["desk 000300", "desk 000303"]);
        let queues = GroupFilter { kinds: GroupKind::QUEUES, offset: 100, limit: 2, ..GroupFilter::default() };
        names = page_names(&database, organization, &queues).await;
        assert_eq!(names, ["desk 000151", "desk 000152"]);
    }

    async fn a_page_of_attendants_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let everything = AttendantFilter { limit: 51, ..AttendantFilter::default() };
        let name_part = Some("desk 0".to_owned());
        let location_id = Some(location(7));
        for (filter, index) in [
            (everything.clone(), "auto_attendant_page"),
            (AttendantFilter { offset: 500, ..everything.clone() }, "auto_attendant_page"),
            (AttendantFilter { name_part: name_part.clone(), ..everything.clone() }, "auto_attendant_page"),
            (AttendantFilter { named_or: Some(("desk 0".to_owned(), vec![group_id(1, 5)])), ..everything.clone() }, "auto_attendant_page"),
            (AttendantFilter { location_id, ..everything.clone() }, "auto_attendant_location"),
            (AttendantFilter { location_id, name_part, ..everything.clone() }, "auto_attendant_location"),
        ] {
            assert_walks("attendants", &plan(&database, attendants::page_statement(organization, &filter)).await, index);
        }
        let ids = AttendantFilter { ids: Some(vec![group_id(1, 5)]), ..everything };
        let looked_up = plan(&database, attendants::page_statement(organization, &ids)).await;
        assert_looks_up("by number", &looked_up, &["auto_attendant_pkey", "sqlite_autoindex_auto_attendant_1"]);
    }

    async fn a_page_of_agents_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let everybody = AgentFilter { kind: GroupKind::CallQueue, queue_id: None, joined: None, offset: 0, limit: 51 };
        for filter in [
            everybody,
            AgentFilter { offset: 1_000, ..everybody },
            AgentFilter { joined: Some(true), ..everybody },
        ] {
            let page = plan(&database, agents::page_statement(organization, &filter)).await;
            assert_walks("agents", &page, "call_group_agent_organization");
        }
        let of_queue = AgentFilter { queue_id: Some(group_id(1, 1)), ..everybody };
        let keys = ["call_group_agent_pkey", "sqlite_autoindex_call_group_agent_1", "call_group_agent_organization"];
        assert_looks_up("of a queue", &plan(&database, agents::page_statement(organization, &of_queue)).await, &keys);
        let page = agents::page((&database).into(), organization, &everybody).await.unwrap();
        assert!(page.len() == 51 && page.is_sorted());
        let few = agents::memberships_statement(organization, &page);
        assert_looks_up("memberships", &plan(&database, few).await, &["call_group_agent_member", "call_group_agent_organization"]);
        let few = agents::groups_statement(organization, CALL_QUEUES, &[group_id(1, 1), group_id(1, 4)]);
        assert_looks_up("their groups", &plan(&database, few).await, &["call_group_pkey", "sqlite_autoindex_call_group_1"]);
        let members = agents::page((&database).into(), organization, &of_queue).await.unwrap();
        assert_eq!(members.len(), AGENTS_A_GROUP as usize);
    }
}

async fn page_names(database: &Database, organization: OrganizationId, filter: &GroupFilter) -> Vec<String> {
    let rows = groups::page_statement(organization, filter)
        .all(database)
        .await
        .unwrap();
    rows.iter().map(|row| row.text("name").unwrap()).collect()
}
