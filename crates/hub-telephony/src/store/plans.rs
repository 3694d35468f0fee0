//! What a page of the lists costs, by the plans of both databases.

use hub_directory::{LocationId, OrganizationId};
use kit::Uuid;
use kit_sql::{Database, Dialect, sql};

use super::migrations;
use super::virtual_lines::{self, VirtualLineColumn, VirtualLineFilter, VirtualLinePage};
use super::workspaces::{self, WorkspaceFilter, WorkspacePage};
use crate::WorkspaceId;

const WORKSPACES: i64 = 20_000;

/// Two organizations, the first with many rows.
async fn filled(database: &Database) -> OrganizationId {
    database.migrate("telephony", migrations::STEPS).await.unwrap();
    let organization = Uuid::from_u128(1);
    for (of, count) in [(organization, WORKSPACES), (Uuid::from_u128(2), 10)] {
        let rows = (0..count)
            .map(|row| {
                let id = Uuid::from_u128((of.as_u128() << 64) | u128::from(row.unsigned_abs()));
                let place = Uuid::from_u128(u128::from(row.unsigned_abs() % 200));
                let name = format!("room {row:06}");
                vec![
                    id.into(),
                    of.into(),
                    place.into(),
                    name.clone().into(),
                    name.into(),
                    "a@b".into(),
                ]
            })
            .collect();
        let insert = "INSERT INTO workspace_seed (id, organization_id, location_id, display_name, name_key, sip_address)";
        sql("CREATE TABLE IF NOT EXISTS workspace_seed (id TEXT, organization_id TEXT, location_id TEXT, display_name TEXT, name_key TEXT, sip_address TEXT)")
            .run(database)
            .await
            .unwrap();
        kit_sql::insert_rows(database, insert, 6, rows, "").await.unwrap();
    }
    for text in [
        "INSERT INTO workspace (id, organization_id, location_id, display_name, name_key, kind, sip_address, calling, calendar, hotdesking, \
         supported_devices, device_hosted_meetings, distinctive_ring, created_at, last_modified_at) \
         SELECT id, organization_id, location_id, display_name, name_key, 'desk', sip_address, 'none', 'none', false, 'phones', false, false, 0, 0 FROM workspace_seed",
        "INSERT INTO virtual_line (id, organization_id, location_id, first_name, first_key, last_name, last_key, display_name, display_key, \
         caller_id_first_name, caller_id_last_name, time_zone, directory_search, created_at, last_modified_at, number_key, extension_key, place_key) \
         SELECT id, organization_id, location_id, 'a', 'a', 'b', 'b', display_name, name_key, 'a', 'b', 'UTC', true, 0, 0, name_key, name_key, location_id FROM workspace_seed",
    ] {
        sql(text).run(database).await.unwrap();
    }
    if database.dialect() == Dialect::Postgres {
        for text in ["ANALYZE workspace", "ANALYZE virtual_line"] {
            sql(text).run(database).await.unwrap();
        }
    }
    OrganizationId::new(organization)
}

async fn plan(database: &Database, statement: kit_sql::Statement) -> String {
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
fn assert_walks(plan: &str, index: &str) {
    assert!(plan.contains(index), "{plan}");
    for word in ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"] {
        assert!(!plan.contains(word), "{word} in {plan}");
    }
}

kit_test::both_databases! {
    async fn a_page_of_workspaces_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let everything = WorkspaceFilter::default();
        let first = WorkspacePage { limit: 101, ..WorkspacePage::default() };
        assert_walks(&plan(&database, workspaces::page_statement(organization, &everything, &first)).await, "workspace_page");
        let id = WorkspaceId::new(Uuid::from_u128((1 << 64) | 19_000));
        let later = WorkspacePage { after: Some(("room 019000".to_owned(), id)), limit: 101, offset: 0 };
        assert_walks(&plan(&database, workspaces::page_statement(organization, &everything, &later)).await, "workspace_page");
        let found = workspaces::page((&database).into(), organization, &everything, &later).await.unwrap();
        assert_eq!((found.len(), found[0].display_name.as_str()), (101, "room 019001"));
        let here = WorkspaceFilter { location_id: Some(LocationId::new(Uuid::from_u128(7))), ..WorkspaceFilter::default() };
        assert_walks(&plan(&database, workspaces::page_statement(organization, &here, &first)).await, "workspace_location");
    }

    async fn a_page_of_virtual_lines_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let first = VirtualLinePage { limit: 101, ..VirtualLinePage::default() };
        let everything = VirtualLineFilter::default();
        assert_walks(&plan(&database, virtual_lines::page_statement(organization, &everything, &first)).await, "virtual_line_page");
        let here = VirtualLineFilter { location_ids: Some(vec![LocationId::new(Uuid::from_u128(7))]), ..VirtualLineFilter::default() };
        assert_walks(&plan(&database, virtual_lines::page_statement(organization, &here, &first)).await, "virtual_line_location");
        let named = VirtualLineFilter { named_or: Some(("room 0".to_owned(), vec![Uuid::from_u128((1 << 64) | 7)])), ..VirtualLineFilter::default() };
        assert_walks(&plan(&database, virtual_lines::page_statement(organization, &named, &first)).await, "virtual_line_page");
        for column in [
            VirtualLineColumn::First,
            VirtualLineColumn::Last,
            VirtualLineColumn::Display,
            VirtualLineColumn::Number,
            VirtualLineColumn::Extension,
            VirtualLineColumn::Place,
        ] {
            for descending in [false, true] {
                let page = VirtualLinePage { order: vec![(column, descending)], ..first.clone() };
                assert_walks(&plan(&database, virtual_lines::page_statement(organization, &everything, &page)).await, "virtual_line_");
            }
        }
        let numbered = VirtualLineFilter { has_number: Some(true), has_extension: Some(true), ..VirtualLineFilter::default() };
        let by_place = VirtualLinePage { order: vec![(VirtualLineColumn::Place, false)], ..first.clone() };
        assert_walks(&plan(&database, virtual_lines::page_statement(organization, &numbered, &by_place)).await, "virtual_line_by_place");
        let dialled = VirtualLineFilter { dialled: Some(vec![Uuid::from_u128((1 << 64) | 7)]), ..VirtualLineFilter::default() };
        let plan = plan(&database, virtual_lines::page_statement(organization, &dialled, &first)).await;
        assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{plan}");
    }
}
