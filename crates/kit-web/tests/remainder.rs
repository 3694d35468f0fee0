//! A refusal reads the body that nobody wanted, so that the connection can go on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::routing::post;
use futures::{StreamExt, stream};
use http::{Method, StatusCode};
use kit::SeededRandomness;
use kit_web::{Product, PublicUrl, Stack, stack};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

const CHUNK: usize = 64 << 10;

fn app(host: &str) -> Router {
    let routes = Router::new().route("/v1/echo", post(|body: String| async move { body }));
    let options = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse(&format!("http://{host}")).unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(1)),
    };
    stack(routes, options)
}

/// Sends so many chunks to a path; the status, and how many were taken.
async fn send(path: &str, body: impl futures::Stream<Item = Bytes> + Send + 'static) -> (StatusCode, usize) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = taken.clone();
    let body = body.map(move |chunk| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok::<_, std::io::Error>(chunk)
    });
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", "127.0.0.1:8080")
        .body(Body::from_stream(body))
        .unwrap();
    let status = app("127.0.0.1:8080").oneshot(request).await.unwrap().status();
    (status, taken.load(Ordering::Relaxed))
}

fn chunks(count: usize) -> impl futures::Stream<Item = Bytes> + Send + 'static {
    stream::iter(std::iter::repeat_n(Bytes::from(vec![b'a'; CHUNK]), count))
}

#[tokio::test]
async fn what_nobody_wanted_is_read_to_its_end() {
    assert_eq!(send("/v1/nothing", chunks(3)).await, (StatusCode::NOT_FOUND, 3));
    assert_eq!(
        send("/v1/echo", chunks(3)).await,
        (StatusCode::OK, 3),
        "and who wants it has it"
    );
}

#[tokio::test]
async fn not_without_limit() {
    let (status, taken) = send("/v1/nothing", chunks(1_000)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(taken, 17, "a mebibyte, and the chunk that goes beyond it");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let never = chunks(1).chain(stream::pending());
    assert_eq!(send("/v1/nothing", never).await, (StatusCode::NOT_FOUND, 1));
}

#[tokio::test]
async fn a_connection_serves_the_next_request_after_a_refusal() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(axum::serve(listener, app(&host)).into_future());
    let mut connection = TcpStream::connect(&host).await.unwrap();
    for (path, said) in [
        ("/v1/nothing", "404"),
        ("/v1/nothing", "404"),
        ("/v1/echo", "200"),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {CHUNK}\r\n\r\n");
        // As the SDKs do: the head by itself, and then the body.
        connection.write_all(head.as_bytes()).await.unwrap();
        connection.write_all(&vec![b'a'; CHUNK]).await.unwrap();
        let status = read_answer(&mut connection).await;
        assert!(status.starts_with(&format!("HTTP/1.1 {said}")), "{status}");
    }
    server.abort();
}

/// One answer with a length; its first line.
async fn read_answer(connection: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    connection.read_exact(&mut body).await.unwrap();
    head.lines().next().unwrap().to_owned()
}
