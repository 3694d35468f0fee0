#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hub_gateway::{Gateway, GatewayOptions, Limits};
use kit::{SystemClock, SystemRandomness};
use kit_web::PublicUrl;
use reqwest::{Certificate, Client, ClientBuilder, Proxy};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const HUB: &str = "http://127.0.0.1:8080";

/// A gateway that serves, with a folder of its own.
pub(crate) struct Running {
    pub(crate) gateway: Gateway,
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Running {
    pub(crate) async fn with(router: Router, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let gateway = Gateway::open(GatewayOptions {
            listen: address,
            folder: folder.path().to_owned(),
            public_url: PublicUrl::parse(HUB).unwrap(),
            limits,
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
        })
        .unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move { drop(stopped.await) };
        let serving = tokio::spawn(gateway.clone().serve(listener, router, shutdown));
        Self {
            gateway,
            address,
            folder,
            stop,
            serving,
        }
    }

    pub(crate) async fn start(router: Router) -> Self {
        Self::with(router, Limits::default()).await
    }

    /// A client whose environment is set: the proxy, and nothing but the development CA.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        let certificate = Certificate::from_pem(self.gateway.certificate_pem().as_bytes()).unwrap();
        self.untrusting().tls_certs_only([certificate])
    }

    /// A client that was told of the proxy alone.
    pub(crate) fn untrusting(&self) -> ClientBuilder {
        Client::builder()
            .proxy(Proxy::https(format!("http://{}", self.address)).unwrap())
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
    }

    /// What the gateway answers to these bytes, until it closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        until_closed(&mut stream).await
    }

    /// Tells it to stop; the handle ends when it did.
    pub(crate) fn stop(self) -> (JoinHandle<()>, TempDir) {
        self.stop.send(()).unwrap();
        (self.serving, self.folder)
    }
}

pub(crate) async fn until_closed(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too; what came before it counts.
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes))
        .await
        .expect("the gateway closes");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A tunnel that was granted, before TLS.
pub(crate) async fn tunnel(running: &Running, host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    assert!(
        head.starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    stream
}
