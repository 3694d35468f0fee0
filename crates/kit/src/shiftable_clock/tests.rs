use proptest::prelude::*;

use super::*;
use crate::ManualClock;

const ZERO: Timestamp = Timestamp::from_millis(0);

/// What somebody saw when they woke: for which moment they slept, and what the clock showed.
type Seen = Arc<Mutex<Vec<(i64, i64)>>>;

fn at(seconds: u64) -> Timestamp {
    ZERO.plus(Duration::from_secs(seconds))
}

async fn asleep(clock: &ShiftableClock, sleepers: usize) {
    while clock.sleepers() < sleepers {
        task::yield_now().await;
    }
}

/// Wakes every `period` and takes down when.
fn every(clock: &ShiftableClock, period: Duration) -> Arc<Mutex<Vec<i64>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (clock, rounds) = (clock.clone(), Arc::clone(&seen));
    tokio::spawn(async move {
        loop {
            clock.sleep(period).await;
            // As a reconciler that waits for a database in between.
            task::yield_now().await;
            rounds.lock().unwrap().push(clock.now().as_millis() / 1000);
        }
    });
    seen
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whoever_falls_due_wakes_in_order_at_their_own_moment(
        naps in proptest::collection::vec(1_u64..2_000, 1..12),
        moves in proptest::collection::vec(0_u64..1_500, 1..6),
    ) {
        runtime().block_on(async {
            let clock = ShiftableClock::frozen_at(ZERO);
            let seen = Seen::default();
            for nap in &naps {
                let (clock, seen, moment) = (clock.clone(), Arc::clone(&seen), at(*nap));
                tokio::spawn(async move {
                    clock.sleep_until(moment).await;
                    seen.lock().unwrap().push((moment.as_millis(), clock.now().as_millis()));
                    // So that the advance sees that they are done.
                    clock.sleep_until(at(1_000_000)).await;
                });
            }
            asleep(&clock, naps.len()).await;
            let mut end = ZERO;
            for by in &moves {
                let before = clock.now();
                let moved = clock.advance(Duration::from_secs(*by)).await;
                end = before.plus(Duration::from_secs(*by));
                assert_eq!((moved.from, moved.to, moved.unfinished), (before, end, 0));
            }
            let seen = seen.lock().unwrap().clone();
            let mut due: Vec<i64> = naps.iter().map(|nap| at(*nap).as_millis()).filter(|nap| *nap <= end.as_millis()).collect();
            due.sort_unstable();
            assert_eq!(seen.iter().map(|(moment, _)| *moment).collect::<Vec<_>>(), due, "in order, and nobody else");
            assert!(seen.iter().all(|(moment, shown)| moment == shown), "{seen:?}");
        });
    }

    #[test]
    fn it_never_goes_back(steps in proptest::collection::vec((0_i64..2_000, 0_u64..500), 1..20)) {
        runtime().block_on(async {
            let base = Jumping::default();
            let clock = ShiftableClock::over(Arc::new(base.clone()));
            let mut latest = clock.now();
            for (base_shows, by) in steps {
                *base.0.lock().unwrap() = base_shows;
                assert!(clock.now() >= latest);
                clock.advance(Duration::from_millis(by)).await;
                assert!(clock.now() >= latest.plus(Duration::from_millis(by)));
                latest = clock.now();
            }
        });
    }
}

/// A machine whose clock somebody sets.
#[derive(Clone, Default)]
struct Jumping(Arc<Mutex<i64>>);

#[async_trait]
impl Clock for Jumping {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(*self.0.lock().unwrap())
    }

    async fn sleep_until(&self, _: Timestamp) {
        std::future::pending::<()>().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_repeats_runs_each_time_and_in_turn_with_the_others() {
    let clock = ShiftableClock::frozen_at(ZERO);
    let (often, seldom) = (
        every(&clock, Duration::from_secs(10)),
        every(&clock, Duration::from_secs(25)),
    );
    asleep(&clock, 2).await;
    let moved = clock.advance(Duration::from_secs(60)).await;
    assert_eq!((moved.woken, moved.unfinished), (8, 0));
    assert_eq!(*often.lock().unwrap(), [10, 20, 30, 40, 50, 60]);
    assert_eq!(*seldom.lock().unwrap(), [25, 50]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pace_makes_the_frequent_late_and_leaves_the_rare_on_time() {
    let clock = ShiftableClock::frozen_at(ZERO);
    let often = every(&clock, Duration::from_secs(1));
    let rare = every(&clock, Duration::from_secs(250));
    asleep(&clock, 2).await;
    let pace = Pace {
        at_most_every: Duration::from_secs(100),
    };
    // In two parts, as a program moves two products in turn.
    clock.advance_to(at(300), pace).await;
    clock.advance_to(at(600), pace).await;
    assert_eq!(*often.lock().unwrap(), [1, 101, 201, 301, 401, 501]);
    assert_eq!(*rare.lock().unwrap(), [250, 500]);
    assert_eq!(clock.now(), at(600));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_that_does_not_come_back_does_not_hold_the_clock() {
    let clock = ShiftableClock::frozen_at(ZERO);
    for _ in 0..2 {
        let clock = clock.clone();
        tokio::spawn(async move {
            clock.sleep(Duration::from_secs(1)).await;
            std::future::pending::<()>().await;
        });
    }
    asleep(&clock, 2).await;
    let moved = clock.advance(Duration::from_secs(60)).await;
    assert_eq!((moved.to, moved.woken), (at(60), 2));
    assert_eq!(moved.unfinished, 2);
}

#[tokio::test]
async fn it_flows_with_the_clock_below_and_keeps_its_lead() {
    let base = ManualClock::at(ZERO);
    let clock = ShiftableClock::over(Arc::new(base.clone()));
    clock.begin_with(Duration::from_secs(1000));
    assert_eq!(clock.now(), at(1000));
    let sleeping = {
        let clock = clock.clone();
        tokio::spawn(async move { clock.sleep(Duration::from_secs(30)).await })
    };
    asleep(&clock, 1).await;
    // Twenty seconds by an advance and ten that pass: awake.
    clock.advance(Duration::from_secs(20)).await;
    assert!(!sleeping.is_finished());
    while base.sleepers() < 1 {
        task::yield_now().await;
    }
    base.advance(Duration::from_secs(10)).await;
    sleeping.await.unwrap();
    assert_eq!(clock.now(), at(1030));
    assert_eq!(clock.offset(), Duration::from_secs(1020));
}

#[tokio::test]
async fn whoever_gives_up_sleeping_is_forgotten() {
    let clock = ShiftableClock::frozen_at(ZERO);
    let sleeping = {
        let clock = clock.clone();
        tokio::spawn(async move { clock.sleep(Duration::from_secs(30)).await })
    };
    asleep(&clock, 1).await;
    assert_eq!(clock.next_due(), Some(at(30)));
    sleeping.abort();
    assert!(sleeping.await.unwrap_err().is_cancelled());
    assert_eq!((clock.sleepers(), clock.next_due()), (0, None));
    assert_eq!(clock.advance(Duration::from_secs(60)).await.woken, 0);
}
