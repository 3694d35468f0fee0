#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! The clock's API, and what a product remembers of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::ConnectInfo;
use kit::{Clock as _, SeededRandomness, ShiftableClock, Timestamp};
use kit_simulation::{ClockView, SimulatedTime, router};
use kit_test::App;
use kit_web::{Product, PublicUrl, Stack};
use serde_json::json;

const HOST: &str = "127.0.0.1:8080";

async fn time(database: &kit_sql::Database) -> SimulatedTime {
    let clock = ShiftableClock::frozen_at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
    SimulatedTime::open(clock, database.clone()).await.unwrap()
}

fn app(time: &SimulatedTime, peer: &str) -> App {
    let peer: SocketAddr = peer.parse().unwrap();
    let stack = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse(&format!("http://{HOST}")).unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(2)),
    };
    // Outside of the guard, as the server puts it.
    App::new(
        kit_web::stack(router(time.clone()), stack).layer(Extension(ConnectInfo(peer))),
        HOST,
    )
}

kit_test::both_databases! {
    async fn the_clock_goes_forward_and_what_waits_runs_on_the_way(database: Database) {
        let time = time(&database).await;
        let app = app(&time, "127.0.0.1:50000");
        let shown: ClockView = serde_json::from_value(app.get("/simulation/v1/clock").send().await.json()).unwrap();
        assert_eq!((shown.now.to_string().as_str(), shown.next_due), ("2026-11-24T09:00:00.000Z", None));

        let clock = time.clock().clone();
        tokio::spawn(async move { loop { clock.sleep(Duration::from_secs(86_400)).await; } });
        while time.clock().sleepers() == 0 { tokio::task::yield_now().await; }
        let answer = app.post("/simulation/v1/clock/advance").json(&json!({ "by": "2d1h" })).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let moved = answer.json();
        assert_eq!(moved["now"], "2026-11-26T10:00:00.000Z");
        assert_eq!((&moved["ran"], &moved["unfinished"], &moved["next_due"]), (&json!(2), &json!(0), &json!("2026-11-27T09:00:00.000Z")));

        for (body, said) in [
            (json!({ "to": "2026-01-01T00:00:00Z" }), "forward only"),
            (json!({ "by": "soon" }), "“soon” is not a duration"),
            (json!({}), "either"),
            (json!({ "by": "1d", "to": "2030-01-01T00:00:00Z" }), "either"),
            (json!({ "days": 3 }), "days"),
        ] {
            let answer = app.post("/simulation/v1/clock/advance").json(&body).send().await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.body.contains(said), "{body}: {}", answer.body);
        }
    }

    async fn a_later_start_goes_on_where_the_clock_was(database: Database) {
        SimulatedTime::refuse_moved(&database).await.unwrap();
        time(&database).await.advance_to(Timestamp::parse("2031-11-23T09:00:00Z").unwrap(), Duration::ZERO).await.unwrap();
        assert_eq!(time(&database).await.clock().now().to_string(), "2031-11-23T09:00:00.000Z");
        let refused = SimulatedTime::refuse_moved(&database).await.unwrap_err();
        assert!(refused.to_string().contains("moved 5 years ahead") && refused.to_string().contains("--simulate"), "{refused}");
    }

    async fn nobody_else_moves_it(database: Database) {
        let time = time(&database).await;
        let far = app(&time, "192.168.1.7:50000");
        let near = app(&time, "[::ffff:127.0.0.1]:50000");
        for (refused, request) in [
            ("another machine", far.post("/simulation/v1/clock/advance")),
            ("a reverse proxy", near.post("/simulation/v1/clock/advance").header("x-forwarded-for", "203.0.113.9")),
            ("a page of another site", near.post("/simulation/v1/clock/advance").header("sec-fetch-site", "cross-site")),
        ] {
            let answer = request.json(&json!({ "by": "5y" })).send().await;
            assert_eq!(answer.status, 403, "{refused}: {}", answer.body);
        }
        assert_eq!(near.get("/simulation/v1/clock").send().await.json()["ahead_seconds"], 0);
    }
}
