#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! What the gateway refuses, and how long it waits for whom.
mod support;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use hub_gateway::Limits;
use support::{Running, tunnel, until_closed};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::Notify;

fn impatient() -> Limits {
    Limits {
        greeting: Duration::from_millis(100),
        idle: Duration::from_millis(200),
        grace: Duration::from_millis(200),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_host_that_is_not_webex_is_refused_with_what_to_do() {
    let running = Running::start(Router::new()).await;
    let answer = running
        .raw(b"CONNECT pypi.org:443 HTTP/1.1\r\nHost: pypi.org:443\r\n\r\n")
        .await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("HTTP/1.1 403 Only Webex hosts here: add pypi.org to NO_PROXY\r\n"),
        "{head}"
    );
    assert!(
        head.contains("text/plain; charset=utf-8") && head.contains("connection: close"),
        "{head}"
    );
    assert!(
        body.contains("*.webexapis.com") && body.contains("NO_PROXY=\"$NO_PROXY,pypi.org\""),
        "{body}"
    );
    for host in [
        "127.0.0.1",
        "[::1]",
        "localhost",
        "notwebexapis.com",
        "webexapis.com.example.com",
    ] {
        let request = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
        let answer = running.raw(request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 403 "), "{host}: {answer}");
    }
}

#[tokio::test]
async fn other_ports_plain_requests_and_visits_are_refused() {
    let running = Running::start(Router::new().fallback(get(|| async { "served" }))).await;
    for (request, status, words) in [
        (
            "CONNECT webexapis.com:22 HTTP/1.1\r\nHost: webexapis.com:22\r\n\r\n",
            "403 Only port 443",
            "webexapis.com:22",
        ),
        (
            "CONNECT webexapis.com HTTP/1.1\r\nHost: webexapis.com\r\n\r\n",
            "40",
            "",
        ),
        (
            "GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n",
            "403 Only CONNECT",
            "NO_PROXY",
        ),
        (
            "GET http://webexapis.com/v1/people HTTP/1.1\r\nHost: webexapis.com\r\n\r\n",
            "403 Only CONNECT",
            "HTTPS_PROXY only",
        ),
        (
            "POST http://127.0.0.1/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx",
            "403 Only CONNECT",
            "http://",
        ),
        (
            "GET / HTTP/1.1\r\nHost: webexapis.com\r\n\r\n",
            "400 This is a proxy",
            "http://127.0.0.1:8080/connect",
        ),
        ("\x16\x03\x01\x02 garbage\r\n\r\n", "400", ""),
    ] {
        let answer = running.raw(request.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{request}: {answer}"
        );
        assert!(
            answer.contains(words) && !answer.contains("served"),
            "{request}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused_outside_and_inside() {
    let limits = Limits {
        head_bytes: 16 * 1024,
        ..Limits::default()
    };
    let running = Running::with(Router::new().fallback(get(|| async { "served" })), limits).await;
    let large = "x".repeat(20 * 1024);
    let request = format!("CONNECT webexapis.com:443 HTTP/1.1\r\nX: {large}\r\n\r\n");
    assert!(running.raw(request.as_bytes()).await.starts_with("HTTP/1.1 431"));
    let many = "X: y\r\n".repeat(200);
    let request = format!("CONNECT webexapis.com:443 HTTP/1.1\r\n{many}\r\n");
    assert!(running.raw(request.as_bytes()).await.starts_with("HTTP/1.1 431"));
    for client in [running.client(), running.builder().http1_only().build().unwrap()] {
        let ask = async |size: usize| {
            let request = client
                .get("https://webexapis.com/v1/x")
                .header("x", "x".repeat(size));
            request.send().await.map(|answer| answer.status().as_u16())
        };
        assert_eq!(ask(1024).await.unwrap(), 200);
        assert!(!matches!(ask(40 * 1024).await, Ok(200)));
    }
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let running = Running::with(Router::new(), impatient()).await;
    // Says nothing; says its request drop by drop; asks for a tunnel and does not speak TLS in it.
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    let mut slow = TcpStream::connect(running.address).await.unwrap();
    slow.write_all(b"CONNECT webexapis.com:443 HTTP/1.1\r\nHost: we")
        .await
        .unwrap();
    let mut without_tls = tunnel(&running, "webexapis.com").await;
    for stream in [&mut silent, &mut slow, &mut without_tls] {
        assert_eq!(until_closed(stream).await, "");
    }
}

#[tokio::test]
async fn a_tunnel_without_requests_is_closed_and_its_place_is_free_again() {
    let limits = Limits {
        connections: 1,
        ..impatient()
    };
    let running = Running::with(Router::new(), limits).await;
    let client = running.builder().http1_only().build().unwrap();
    let answer = client.get("https://webexapis.com/").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    // The first client still holds its connection: there is room only when the gateway ends it.
    let room = until_served(&running);
    tokio::time::timeout(Duration::from_secs(20), room)
        .await
        .expect("an idle tunnel ends");
    drop(client);
}

async fn until_served(running: &Running) {
    while running
        .client()
        .get("https://webexapis.com/")
        .send()
        .await
        .is_err()
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn one_connection_too_many_is_told_so() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let running = Running::with(Router::new(), limits).await;
    let held = [
        tunnel(&running, "webexapis.com").await,
        tunnel(&running, "webexapis.com").await,
    ];
    let answer = running
        .raw(b"CONNECT webexapis.com:443 HTTP/1.1\r\nHost: webexapis.com:443\r\n\r\n")
        .await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 503 Too many connections"), "{head}");
    assert!(
        head.contains(&format!("content-length: {}", body.len())) && body.contains("try again"),
        "{answer}"
    );
    drop(held);
    tokio::time::timeout(Duration::from_secs(20), until_served(&running))
        .await
        .expect("closed connections make room");
}

#[tokio::test]
async fn running_requests_finish_and_nothing_new_begins_when_it_stops() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (said, waited) = (Arc::clone(&begun), Arc::clone(&go_on));
    let slow = get(|| async move {
        said.notify_one();
        waited.notified().await;
        "finished"
    });
    let running = Running::start(Router::new().route("/v1/slow", slow)).await;
    let (client, address) = (running.client(), running.address);
    let asked = tokio::spawn(async move { client.get("https://webexapis.com/v1/slow").send().await });
    begun.notified().await;
    let mut idle = tunnel(&running, "webexapis.com").await;
    let (serving, _folder) = running.stop();
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        until_closed(&mut idle).await,
        "",
        "a tunnel without a request is closed at once"
    );
    assert!(!serving.is_finished(), "it waits for the running request");
    go_on.notify_one();
    let answer = asked.await.unwrap().unwrap();
    assert_eq!(answer.text().await.unwrap(), "finished");
    tokio::time::timeout(Duration::from_secs(5), serving)
        .await
        .expect("then it ends")
        .unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_it_up() {
    let begun = Arc::new(Notify::new());
    let said = Arc::clone(&begun);
    let endless = get(|| async move {
        said.notify_one();
        std::future::pending::<()>().await;
    });
    let running = Running::with(Router::new().route("/v1/endless", endless), impatient()).await;
    let client = running.client();
    let asked = tokio::spawn(async move { client.get("https://webexapis.com/v1/endless").send().await });
    begun.notified().await;
    let (serving, _folder) = running.stop();
    tokio::time::timeout(Duration::from_secs(10), serving)
        .await
        .expect("it ends within its bound")
        .unwrap();
    assert!(asked.await.unwrap().is_err());
}
