use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use kit::{Error, Result, SharedClock, SharedRandomness};
use kit_web::PublicUrl;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::authority::Authority;
use crate::environment::Environment;
use crate::files;
use crate::limits::Limits;
use crate::proxy;
use crate::refusal::TOO_MANY;
use crate::tls::Tls;
use crate::tunnel;

/// What a gateway needs to know.
#[derive(Clone)]
pub struct GatewayOptions {
    /// Where it listens; [`Gateway::serve`] takes the bound listener, this is for what people are told.
    pub listen: SocketAddr,
    /// The folder of the CA's two files.
    pub folder: PathBuf,
    /// The Hub's own URL, which clients of the gateway must not be led to.
    pub public_url: PublicUrl,
    /// What one client may take.
    pub limits: Limits,
    /// The machine's clock: clients compare certificates with theirs, so a simulated one would not do.
    pub clock: SharedClock,
    /// Randomness for serial numbers.
    pub randomness: SharedRandomness,
}

impl fmt::Debug for GatewayOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("GatewayOptions")
            .field("listen", &self.listen)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// A gateway that can serve; cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

struct Inner {
    tls: Tls,
    limits: Limits,
    public_url: PublicUrl,
    certificate_file: PathBuf,
    listen: SocketAddr,
}

/// How long a connection that is one too many is listened to, and how many of them are answered at a time.
const FAREWELL: Duration = Duration::from_secs(1);
const MOST_FAREWELLS: usize = 64;

impl Gateway {
    /// Reads the development CA, or makes it at the first start.
    pub fn open(options: GatewayOptions) -> Result<Self> {
        let GatewayOptions {
            listen,
            folder,
            public_url,
            limits,
            clock,
            randomness,
        } = options;
        // Whole, so that the certificate can be named from any working directory.
        let folder = folder.canonicalize().map_err(|error| {
            Error::unavailable(format!("The folder {} cannot be used.", folder.display())).because(error)
        })?;
        let authority = Authority::open(&folder, clock.now(), randomness.as_ref())?;
        Ok(Self(Arc::new(Inner {
            tls: Tls::new(authority, clock, randomness),
            limits,
            public_url,
            certificate_file: files::certificate_file(&folder),
            listen,
        })))
    }

    /// The certificate of the development CA, as PEM.
    pub fn certificate_pem(&self) -> String {
        self.0.tls.certificate_pem()
    }

    /// The file of that certificate.
    pub fn certificate_file(&self) -> &Path {
        &self.0.certificate_file
    }

    /// What a shell has to know.
    pub fn environment(&self) -> Environment {
        Environment::new(self.0.listen, &self.0.certificate_file, &self.0.public_url)
    }

    pub(crate) fn tls(&self) -> &Tls {
        &self.0.tls
    }

    pub(crate) fn limits(&self) -> Limits {
        self.0.limits
    }

    pub(crate) fn public_url(&self) -> &str {
        self.0.public_url.as_str()
    }

    /// Serves until `shutdown` ends, and hands requests to `router`; then lets running ones finish, for a while.
    pub async fn serve(
        self,
        mut listener: TcpListener,
        router: Router,
        shutdown: impl Future<Output = ()> + Send,
    ) {
        let (stop, stopped) = watch::channel(false);
        let (places, farewells) = (
            Arc::new(Semaphore::new(self.0.limits.connections)),
            Arc::new(Semaphore::new(MOST_FAREWELLS)),
        );
        let mut connections = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                Some(_) = connections.join_next() => {}
                (stream, peer) = Listener::accept(&mut listener) => {
                    if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
                        let serving = self.clone().serve_one(stream, peer, router.clone(), stopped.clone());
                        connections.spawn(async move {
                            serving.await;
                            drop(place);
                        });
                    } else if let Ok(turn) = Arc::clone(&farewells).try_acquire_owned() {
                        connections.spawn(async move {
                            send_away(stream).await;
                            drop(turn);
                        });
                    }
                }
            }
        }
        drop(listener);
        // Nobody may be listening any more, which is what is wanted.
        let _ = stop.send(true);
        let all_ended = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(self.0.limits.grace, all_ended)
            .await
            .is_err()
        {
            tracing::warn!(
                tunnels = connections.len(),
                "the gateway does not wait any longer for its tunnels"
            );
            connections.shutdown().await;
        }
    }

    async fn serve_one(
        self,
        stream: TcpStream,
        peer: SocketAddr,
        router: Router,
        mut stop: watch::Receiver<bool>,
    ) {
        // Small answers go out at once; a socket that cannot do so works all the same.
        let _ = stream.set_nodelay(true);
        let limits = self.0.limits;
        let granted = tokio::select! {
            granted = proxy::greet(stream, &limits, self.public_url()) => granted,
            () = told_to_stop(&mut stop) => None,
        };
        if let Some(granted) = granted {
            tunnel::serve(self, router, peer, granted, stop).await;
        }
    }
}

/// Ends when the gateway stops, also when it is gone.
pub(crate) async fn told_to_stop(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stops| *stops).await;
}

/// Says that there are too many already. What the client sent is read first: closing on unread bytes would take the
/// answer away from it.
async fn send_away(mut stream: TcpStream) {
    let mut unread = [0; 4096];
    let said = async {
        let _how_much = stream.read(&mut unread).await?;
        stream.write_all(TOO_MANY).await?;
        stream.shutdown().await
    };
    // A client that does not listen has nothing to be told.
    let _ = tokio::time::timeout(FAREWELL, said).await;
}
