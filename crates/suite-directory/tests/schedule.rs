//! Runs begin by themselves when they are due, and when somebody nudges.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

mod common;

use std::time::Duration;

use common::Fixture;
use common::provider::person;
use kit::Clock as _;
use suite_directory::{Run, Stage, Trigger};

async fn runs(fixture: &Fixture) -> Vec<Run> {
    fixture
        .synch
        .runs(&fixture.admin, fixture.customer.id, None, 10)
        .await
        .unwrap()
}

/// Waits until so many runs have ended; the tasks of the schedule need turns, not time.
async fn until_ended(fixture: &Fixture, count: usize) -> Vec<Run> {
    for _ in 0..500_000 {
        let runs = runs(fixture).await;
        if runs.len() >= count && runs.iter().all(|run| !run.is_running()) {
            return runs;
        }
        tokio::task::yield_now().await;
    }
    panic!("no {count} runs: {:?}", runs(fixture).await);
}

async fn until_asleep(fixture: &Fixture) {
    for _ in 0..500_000 {
        if fixture.clock.sleepers() == 1 {
            return;
        }
        // A question to the database takes about as long as what the schedule is doing.
        runs(fixture).await;
    }
    panic!(
        "the schedule does not sleep: {} sleepers",
        fixture.clock.sleepers()
    );
}

kit_test::both_databases! {
    async fn the_first_run_begins_at_once_and_the_next_after_the_period(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(vec![person(1, "Ada Moreau")]);
        let synch = fixture.synch.clone();
        let schedule = tokio::spawn(async move { synch.keep_running().await });
        let first = until_ended(&fixture, 1).await;
        assert_eq!((first[0].trigger, first[0].started_by.as_str()), (Trigger::Scheduled, "Schedule"));
        let status = fixture.synch.status(&fixture.admin, fixture.customer.id).await.unwrap();
        assert_eq!(status.next_at, Some(first[0].started_at.plus(Duration::from_secs(6 * 3600))));
        // The schedule looks again every minute, so hours pass minute by minute.
        for _ in 0..359 {
            until_asleep(&fixture).await;
            fixture.clock.advance(Duration::from_secs(60)).await;
        }
        until_asleep(&fixture).await;
        assert_eq!(runs(&fixture).await.len(), 1, "not before its time");
        fixture.clock.advance(Duration::from_secs(60)).await;
        assert_eq!(until_ended(&fixture, 2).await.len(), 2);
        fixture.synch.stop().await;
        schedule.await.unwrap();
    }

    async fn a_failed_run_is_tried_again_sooner_than_the_period(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(vec![person(1, "Ada Moreau")]);
        fixture.provider.fail_page(Some(0));
        let run = fixture.run().await;
        assert!(matches!(run.stage, Stage::Failed { .. }));
        let status = fixture.synch.status(&fixture.admin, fixture.customer.id).await.unwrap();
        assert_eq!(status.next_at, Some(fixture.clock.now().plus(Duration::from_secs(30 * 60))));
        fixture.provider.fail_page(None);
        let synch = fixture.synch.clone().every(Duration::from_secs(600));
        assert_eq!(synch.status(&fixture.admin, fixture.customer.id).await.unwrap().next_at, Some(fixture.clock.now().plus(Duration::from_secs(600))));
    }

    async fn two_processes_with_a_schedule_make_one_run(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(vec![person(1, "Ada Moreau")]);
        let other = fixture.other_process(&fixture.clock);
        let schedules: Vec<_> = [fixture.synch.clone(), other.clone()].into_iter().map(|synch| tokio::spawn(async move { synch.keep_running().await })).collect();
        until_ended(&fixture, 1).await;
        while fixture.clock.sleepers() < 2 {
            tokio::task::yield_now().await;
        }
        fixture.synch.nudge();
        other.nudge();
        fixture.synch.stop().await;
        other.stop().await;
        for schedule in schedules {
            schedule.await.unwrap();
        }
        assert_eq!(runs(&fixture).await.len(), 1);
    }
}
