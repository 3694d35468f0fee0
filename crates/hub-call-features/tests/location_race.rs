//! Whoever makes a feature at a location relies on its calling until the feature is there.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_numbers::OwnerKind;
use kit_sql::{Database, Dialect, sql};
use serde_json::json;
use support::{World, person};

/// Whether anybody waits for a row that another transaction holds.
async fn somebody_waits(database: &Database) -> bool {
    let waiting =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    !sql(waiting).all(database).await.unwrap().is_empty()
}

kit_test::both_databases! {
    async fn a_feature_waits_for_whoever_disables_its_location(database: Database) {
        // SQLite has one writer at a time: there is nobody to wait for.
        if database.dialect() == Dialect::Sqlite {
            return;
        }
        let world = World::empty(&database).await;
        world.directory.seed(&world.small).await.unwrap();
        world.numbers.seed(&world.small).await.unwrap();
        let location = world.place(0);
        let base = format!("/v1/telephony/config/locations/{}", world.location(0));
        for (path, body) in [
            (format!("{base}/huntGroups"), json!({ "name": "Desk", "extension": "7001", "callPolicies": { "policy": "REGULAR" }, "agents": [], "enabled": true })),
            (format!("{base}/queues"), json!({ "name": "Desk", "extension": "7001", "callPolicies": { "routingType": "PRIORITY_BASED", "policy": "REGULAR" },
                "queueSettings": { "queueSize": 5, "overflow": { "action": "PERFORM_BUSY_TREATMENT" } }, "agents": [] })),
            (format!("{base}/schedules"), json!({ "name": "Hours", "type": "businessHours" })),
        ] {
            let mut disabling = database.begin().await.unwrap();
            sql("UPDATE location SET calling_enabled = false WHERE id = $1").bind(location.id).run(&mut disabling).await.unwrap();
            let admin = world.admin().await;
            let making = tokio::spawn({
                let (path, body) = (path.clone(), body.clone());
                async move { admin.post(&path).json(&body).send().await.status.as_u16() }
            });
            while !making.is_finished() && !somebody_waits(&database).await {
                tokio::task::yield_now().await;
            }
            assert!(!making.is_finished(), "{path} did not wait");
            disabling.commit().await.unwrap();
            assert_eq!(making.await.unwrap(), 404, "{path}");
            let admin = world.admin().await;
            sql("UPDATE location SET calling_enabled = true WHERE id = $1").bind(location.id).run(&database).await.unwrap();
            let status = admin.post(&path).json(&body).send().await.status.as_u16();
            assert!(status == 201, "{path}: {status}");
            sql("DELETE FROM telephone_number WHERE extension = '7001'").run(&database).await.unwrap();
        }
    }

    async fn an_agent_who_loses_calling_meanwhile_is_none(database: Database) {
        if database.dialect() == Dialect::Sqlite {
            return;
        }
        let world = World::empty(&database).await;
        world.directory.seed(&world.small).await.unwrap();
        world.numbers.seed(&world.small).await.unwrap();
        let path = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let agent = world.callable(0)[0].id;
        let body = json!({ "name": "Desk", "extension": "7001", "callPolicies": { "policy": "REGULAR" }, "agents": [{ "id": person(agent) }], "enabled": true });
        let mut releasing = database.begin().await.unwrap();
        world.numbers.release(&mut releasing, OwnerKind::Person, agent).await.unwrap();
        let admin = world.admin().await;
        let making = tokio::spawn(async move { admin.post(&path).json(&body).send().await.status.as_u16() });
        while !making.is_finished() && !somebody_waits(&database).await {
            tokio::task::yield_now().await;
        }
        assert!(!making.is_finished(), "nobody waited");
        releasing.commit().await.unwrap();
        assert_eq!(making.await.unwrap(), 400);
    }
}
