#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! What comes through: requests as the Hub's own server would see them, answers that lead back through the gateway.
mod support;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Extension, Request};
use axum::routing::{any, get};
use http::StatusCode;
use kit::SystemRandomness;
use kit_web::{OriginalHost, Product, PublicUrl, Stack};
use support::{HUB, Running};
use tower::ServiceExt as _;

async fn seen(
    Extension(OriginalHost(host)): Extension<OriginalHost>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> String {
    assert!(peer.ip().is_loopback());
    assert_eq!(request.uri().authority(), None, "as the Hub's own server sees it");
    format!(
        "{:?} {host} {} {}",
        request.version(),
        request.method(),
        request.uri()
    )
}

fn echo() -> Router {
    Router::new().fallback(any(seen))
}

#[tokio::test]
async fn each_host_and_path_arrives_as_it_was_asked_for_over_both_versions() {
    let running = Running::start(echo()).await;
    for (client, version) in [
        (running.client(), "HTTP/2.0"),
        (running.builder().http1_only().build().unwrap(), "HTTP/1.1"),
    ] {
        for (host, path) in [
            ("webexapis.com", "/v1/people?max=2&cursor=a%2Fb"),
            ("webexapis.com", "/identity/scim/5a0e7f80/v2/Users"),
            ("api.ciscospark.com", "/v1/people/me"),
            ("idbroker.webex.com", "/idb/oauth2/v1/access_token"),
            ("u2c.wbx2.com", "/u2c/api/v1/limited/catalog?format=hostmap"),
            ("analytics-calling.webexapis.com", "/v1/cdr_feed"),
            ("analytics-calling-eu.webexapis.com", "/v1/cdr_feed"),
            ("deep.below.bcld.webex.com", "/com.broadsoft.xsi-actions"),
        ] {
            let answer = client.get(format!("https://{host}{path}")).send().await.unwrap();
            assert_eq!(
                answer.text().await.unwrap(),
                format!("{version} {host} GET {path}")
            );
        }
    }
}

#[tokio::test]
async fn bodies_go_both_ways_whole() {
    let running =
        Running::start(Router::new().route("/v1/echo", any(|body: axum::body::Bytes| async { body }))).await;
    let body: Vec<u8> = (0..1_500_000_u32)
        .flat_map(u32::to_be_bytes)
        .take(1_000_000)
        .collect();
    for client in [running.client(), running.builder().http1_only().build().unwrap()] {
        let answer = client
            .post("https://webexapis.com/v1/echo")
            .body(body.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.bytes().await.unwrap(), body);
    }
}

#[tokio::test]
async fn what_leads_to_the_hub_leads_back_to_the_host_that_was_asked() {
    let pages = get(|| async { [("link", format!("<{HUB}/v1/people?cursor=x>; rel=\"next\""))] });
    let moved = get(|| async { (StatusCode::FOUND, [("location", format!("{HUB}/v1/elsewhere"))]) });
    let back = get(|| async {
        (
            StatusCode::FOUND,
            [("location", "http://localhost:8090/callback?code=x")],
        )
    });
    let router = Router::new()
        .route("/v1/people", pages)
        .route("/v1/moved", moved)
        .route("/v1/back", back);
    let running = Running::start(router).await;
    let header = async |url: &str, name: &str| {
        let answer = running.client().get(url).send().await.unwrap();
        answer.headers()[name].to_str().unwrap().to_owned()
    };
    for host in ["webexapis.com", "api.ciscospark.com"] {
        assert_eq!(
            header(&format!("https://{host}/v1/people"), "link").await,
            format!("<https://{host}/v1/people?cursor=x>; rel=\"next\"")
        );
        assert_eq!(
            header(&format!("https://{host}/v1/moved"), "location").await,
            format!("https://{host}/v1/elsewhere")
        );
    }
    assert_eq!(
        header("https://webexapis.com/v1/back", "location").await,
        "http://localhost:8090/callback?code=x"
    );
}

#[tokio::test]
async fn the_host_guard_believes_the_gateway_and_no_header() {
    let stack = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse(HUB).unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SystemRandomness),
    };
    let guarded = kit_web::stack(Router::new().route("/v1/x", get(|| async { "reached" })), stack);
    let running = Running::start(guarded.clone()).await;
    let through = running
        .client()
        .get("https://webexapis.com/v1/x")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (through.status().as_u16(), through.text().await.unwrap().as_str()),
        (200, "reached")
    );
    for forged in [
        "x-original-host",
        "originalhost",
        "x-forwarded-host",
        "forwarded",
        "via",
    ] {
        let request = http::Request::get("/v1/x")
            .header("host", "webexapis.com")
            .header(forged, "127.0.0.1:8080")
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = guarded.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{forged}");
    }
}

#[tokio::test]
async fn a_request_inside_of_a_tunnel_may_name_webex_hosts_only() {
    let running = Running::start(echo()).await;
    let client = running.builder().http1_only().build().unwrap();
    let ask = async |host: &str| {
        let request = client.get("https://webexapis.com/v1/x").header("host", host);
        request.send().await.unwrap()
    };
    for host in [
        "example.com",
        "127.0.0.1:8080",
        "webexapis.com:8080",
        "user@webexapis.com",
    ] {
        let answer = ask(host).await;
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(answer.text().await.unwrap().contains("names no Webex host"));
    }
    let other = ask("api.ciscospark.com:443").await.text().await.unwrap();
    assert_eq!(other, "HTTP/1.1 api.ciscospark.com GET /v1/x");
}

#[tokio::test]
async fn many_clients_at_once_are_all_served() {
    let running = Running::start(echo()).await;
    let clients: Vec<_> = (0..40).map(|_| running.client()).collect();
    let asked = clients.iter().enumerate().flat_map(|(client, connection)| {
        (0..10).map(move |request| async move {
            let path = format!("/v1/x?client={client}&request={request}");
            let answer = connection
                .get(format!("https://webexapis.com{path}"))
                .send()
                .await
                .unwrap();
            assert!(answer.text().await.unwrap().ends_with(&path));
        })
    });
    futures::future::join_all(asked).await;
}
