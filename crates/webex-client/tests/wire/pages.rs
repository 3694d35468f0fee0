//! Lists: page by page, to their end, within bounds.

use futures::StreamExt as _;
use webex_client::{ErrorKind, PeopleQuery};

use crate::platform::{JSON, Platform, clock, people};

#[tokio::test]
async fn a_list_is_read_page_by_page_to_its_end() {
    let platform = Platform::start().await;
    let link = format!("<{}/v1/people?max=2&cursor=abc%3D>; rel=\"next\"", platform.base);
    platform.will_answer(200, &[JSON, ("link", &link)], people(&["a", "b"]));
    platform.will_answer(
        200,
        &[JSON, ("link", "</v1/people?cursor=3>; rel=\"next\"")],
        people(&["c"]),
    );
    platform.will_answer(200, &[JSON], people(&["d"]));
    let query = PeopleQuery {
        calling_data: true,
        max: Some(2),
        ..PeopleQuery::default()
    };
    let pages: Vec<_> = platform.client(&clock()).people(&query).collect().await;
    let ids: Vec<Vec<String>> = pages
        .into_iter()
        .map(|page| page.unwrap().items.into_iter().map(|person| person.id).collect())
        .collect();
    assert_eq!(ids, vec![vec!["a", "b"], vec!["c"], vec!["d"]]);
    let targets: Vec<String> = platform.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/people?callingData=true&max=2",
            "/v1/people?max=2&cursor=abc%3D",
            "/v1/people?cursor=3"
        ]
    );
}

#[tokio::test]
async fn a_link_to_another_server_ends_the_list_and_gets_no_token() {
    let (platform, thief) = (Platform::start().await, Platform::start().await);
    let link = format!("<{}/v1/people?cursor=2>; rel=\"next\"", thief.base);
    platform.will_answer(200, &[JSON, ("link", &link)], people(&["a"]));
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].as_ref().unwrap().items.len(), 1);
    assert_eq!(pages[1].as_ref().unwrap_err().kind, ErrorKind::ForeignOrigin);
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn a_link_that_leads_in_a_circle_ends_the_list_with_an_error() {
    let platform = Platform::start().await;
    platform.will_answer(
        200,
        &[JSON, ("link", "</v1/people>; rel=\"next\"")],
        people(&["a"]),
    );
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages[1].as_ref().unwrap_err().kind, ErrorKind::Protocol);
}

#[tokio::test]
async fn a_circle_of_several_pages_ends_the_list_as_well() {
    let platform = Platform::start().await;
    for (cursor, name) in [("b", "one"), ("c", "two"), ("b", "three")] {
        platform.will_answer(
            200,
            &[
                JSON,
                ("link", &format!("</v1/people?cursor={cursor}>; rel=\"next\"")),
            ],
            people(&[name]),
        );
    }
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages.len(), 4, "three pages and the error");
    assert_eq!(pages[3].as_ref().unwrap_err().kind, ErrorKind::Protocol);
    assert_eq!(platform.seen().len(), 3);
}

#[tokio::test]
async fn what_is_read_ahead_is_bounded_by_its_size() {
    let platform = Platform::start().await;
    let padding = "x".repeat(3 << 20);
    for cursor in 0..8 {
        let mut page = people(&["somebody"]);
        page["padding"] = padding.as_str().into();
        platform.will_answer(
            200,
            &[
                JSON,
                ("link", &format!("</v1/people?cursor={cursor}>; rel=\"next\"")),
            ],
            page,
        );
    }
    platform.will_answer(200, &[JSON], people(&["last"]));
    let mut pages = platform.client(&clock()).people(&PeopleQuery::default());
    pages.next().await.unwrap().unwrap();
    // Two of 3 MiB wait, the third was read and finds no room among 8 MiB.
    while platform.seen().len() < 4 {
        tokio::task::yield_now().await;
    }
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert!(
        platform.seen().len() <= 5,
        "{} pages were asked for",
        platform.seen().len()
    );
    assert_eq!(
        pages.collect::<Vec<_>>().await.len(),
        8,
        "and yet all of them come"
    );
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_it() {
    let platform = Platform::start().await;
    platform.will_answer(200, &[JSON], format!("[{}]", " ".repeat(17 << 20)));
    let error = platform.client(&clock()).me().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(error.message.contains("larger than 16 MiB"), "{error}");
}
