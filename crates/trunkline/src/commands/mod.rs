//! One file a command.

pub(crate) mod clock;
pub(crate) mod hub;
pub(crate) mod hub_env;
pub(crate) mod hub_seed;
pub(crate) mod hub_token;
pub(crate) mod suite;
pub(crate) mod suite_sync;

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::cli::ChildFlags;
use crate::failure::{Failure, Result};
use crate::shutdown;

/// Listens on `address`, or says what is in the way.
pub(crate) async fn listen(address: SocketAddr, option: &str) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Failure::failed(format!(
                "Port {} on {} is taken by another program. Choose another one with {option}.",
                address.port(),
                address.ip()
            )),
            _ => Failure::failed(format!("{address} cannot be listened on: {error}.")),
        })
}

/// Commands that use what a server keeps must not make an empty database where a path was mistyped: with it would
/// come a first administrator whose password nobody has seen.
pub(crate) fn require_existing(database_url: &str, product: &str) -> Result<()> {
    let Some(path) = database_url.strip_prefix("sqlite:") else {
        return Ok(());
    };
    if std::path::Path::new(path).is_file() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "There is no {product} yet: {path} does not exist. Start it once, or name its folder with --data or its file with --config."
    )))
}

/// What ends this server.
fn shutdown_of(child: &ChildFlags) -> Result<impl Future<Output = ()> + Send + 'static> {
    let (signal, is_child) = (shutdown::requested()?, child.until_stdin_closes);
    Ok(async move {
        if is_child {
            tokio::select! {
                () = signal => {}
                () = shutdown::parent_is_gone() => {}
            }
        } else {
            signal.await;
        }
        tracing::info!("shutting down");
    })
}
