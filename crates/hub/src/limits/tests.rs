use std::time::Duration;

use http::{Method, Request};
use hub_directory::{OrganizationId, PersonId};
use kit::{ManualClock, Timestamp, Uuid};
use kit_web::Quota;
use webex::ScopeSet;

use super::*;

fn caller(token: Option<&str>) -> Caller {
    let origin = token.map_or(CallerOrigin::Session, |token| CallerOrigin::Token {
        client_id: "C1".to_owned(),
        token_hash: token.to_owned(),
        grant_id: Uuid::nil(),
    });
    Caller {
        person_id: PersonId::new(Uuid::nil()),
        organization_id: OrganizationId::new(Uuid::nil()),
        roles: Vec::new(),
        scopes: ScopeSet::default(),
        origin,
        shares_presence: true,
    }
}

struct World {
    limits: Limits,
    clock: ManualClock,
}

impl World {
    fn new(options: &RateLimits) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(1_000_000));
        let shared: SharedClock = Arc::new(clock.clone());
        Self {
            limits: Limits::new(options, &shared),
            clock,
        }
    }

    /// How long the token is told to wait; zero when it is served.
    fn ask(&self, token: &str, path: &str) -> u64 {
        self.ask_as(&caller(Some(token)), &Method::GET, path)
    }

    fn ask_as(&self, caller: &Caller, method: &Method, path: &str) -> u64 {
        let request = Request::builder().method(method).uri(path).body(()).unwrap();
        match self.limits.take(caller, &request.into_parts().0) {
            Ok(()) => 0,
            Err(error) => match error.kind() {
                Kind::TooMany(wait) => wait.as_secs(),
                other => panic!("{other:?}"),
            },
        }
    }

    async fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds)).await;
    }
}

fn tight() -> RateLimits {
    RateLimits {
        people_lists: Some(Quota::per_seconds(2, 60)),
        people_reads: Some(Quota::per_seconds(2, 60)),
        ..RateLimits::default()
    }
}

#[tokio::test]
async fn presence_of_everybody_is_not_polled_for_ever_and_each_token_counts_for_itself() {
    let world = World::new(&tight());
    for path in ["/v1/people", "/v1/people/?max=1000&callingData=true"] {
        assert_eq!(world.ask("a", path), 0, "{path}");
    }
    assert_eq!(world.ask("a", "/v1/people"), 60);
    assert_eq!(world.ask("b", "/v1/people"), 0);
    // What carries no presence of everybody, goes on with a list, or writes, is something else.
    for path in [
        "/v1/people?cursor=abc&max=100",
        "/v1/people?id=a,b",
        "/v1/people?email=heidi@example.com",
        "/v1/people?excludeStatus=true",
        "/v1/people/me",
        "/v1/licenses",
        "/users",
    ] {
        for _ in 0..20 {
            assert_eq!(world.ask("a", path), 0, "{path}");
        }
    }
    assert_eq!(world.ask_as(&caller(Some("a")), &Method::POST, "/v1/people"), 0);
    world.pass(60).await;
    assert_eq!(world.ask("a", "/v1/people"), 0);
}

#[tokio::test]
async fn a_parameter_that_says_nothing_to_the_list_says_nothing_here() {
    for path in [
        "/v1/people?email=",
        "/v1/people?displayName=null&max=1000",
        "/v1/people?cursor=&id=",
        "/v1/people?excludeStatus=false&excludeStatus=true",
        "/v1/people?id=&id=a",
    ] {
        let world = World::new(&tight());
        for _ in 0..2 {
            assert_eq!(world.ask("a", path), 0, "{path}");
        }
        assert_eq!(world.ask("a", path), 60, "everybody with presence: {path}");
    }
    let world = World::new(&tight());
    for _ in 0..20 {
        assert_eq!(world.ask("a", "/v1/people?excludeStatus=1"), 0);
    }
}

#[tokio::test]
async fn a_further_page_of_call_records_says_where_it_begins() {
    let world = World::new(&RateLimits::default());
    let first = "/v1/cdr_stream?startTime=a&endTime=b&startTimeForNextFetch=";
    assert_eq!(world.ask("a", first), 0);
    assert_eq!(world.ask("a", first), 60);
}

#[tokio::test]
async fn reads_of_single_people_count_together() {
    let world = World::new(&tight());
    assert_eq!(world.ask("a", "/v1/people/x"), 0);
    world.pass(10).await;
    assert_eq!(world.ask("a", "/v1/people/y?callingData=true"), 0);
    assert_eq!(world.ask("a", "/v1/people/z"), 50);
    assert_eq!(world.ask("a", "/v1/people/z/features/voicemail"), 0);
    assert_eq!(world.ask("a", "/v1/people"), 0, "lists have a limit of their own");
}

#[tokio::test]
async fn call_records_take_one_window_and_ten_further_pages_a_minute() {
    let world = World::new(&RateLimits::default());
    let first = "/v1/cdr_stream?startTime=2026-11-24T08:00:00.000Z&endTime=2026-11-24T09:00:00.000Z";
    let further = format!("{first}&startTimeForNextFetch=2026-11-24T08:30:00.000Z");
    assert_eq!(world.ask("a", first), 0);
    assert_eq!(world.ask("a", first), 60);
    for _ in 0..10 {
        assert_eq!(world.ask("a", &further), 0);
    }
    assert_eq!(world.ask("a", &further), 60);
    assert_eq!(
        world.ask("a", "/v1/cdr_feed?startTime=x&endTime=y"),
        0,
        "the other feed counts by itself"
    );
    assert_eq!(world.ask("b", first), 0, "another user's token");
    world.pass(59).await;
    assert_eq!(world.ask("a", first), 1);
    world.pass(1).await;
    assert_eq!(world.ask("a", first), 0);
}

#[tokio::test]
async fn the_general_limit_is_off_by_default_and_counts_each_part_of_the_api_by_itself() {
    let world = World::new(&RateLimits::default());
    for _ in 0..1_000 {
        assert_eq!(world.ask("a", "/v1/licenses"), 0);
    }
    let world = World::new(&RateLimits {
        general: Some(Quota::per_seconds(1, 5)),
        ..RateLimits::OFF
    });
    assert_eq!(world.ask("a", "/v1/licenses"), 0);
    assert_eq!(world.ask("a", "/v1/roles"), 5, "the same part of the API");
    assert_eq!(world.ask("a", "/v1/telephony/config/numbers"), 0);
    assert_eq!(world.ask("a", "/identity/scim/x/v2/Users"), 0);
    assert_eq!(world.ask("a", "/identity/scim/x/v2/Groups/y"), 5);
}

#[tokio::test]
async fn nothing_is_refused_where_limits_are_off_and_nobody_at_a_browser_is_counted() {
    let world = World::new(&RateLimits::OFF);
    for _ in 0..100 {
        assert_eq!(world.ask("a", "/v1/people"), 0);
    }
    let world = World::new(&tight());
    for _ in 0..100 {
        assert_eq!(world.ask_as(&caller(None), &Method::GET, "/v1/people"), 0);
    }
}

#[tokio::test]
async fn the_refusal_says_what_was_counted() {
    let world = World::new(&tight());
    let request = || Request::get("/v1/people").body(()).unwrap().into_parts().0;
    let caller = caller(Some("a"));
    world.limits.take(&caller, &request()).unwrap();
    world.limits.take(&caller, &request()).unwrap();
    let error = world.limits.take(&caller, &request()).unwrap_err();
    assert_eq!(
        error.public(),
        "Too many requests: one token may send 2 of this kind (People with presence, lists) in 60 s. Retry-After says how long to wait."
    );
}
