//! What ends a server: Ctrl-C, SIGTERM, or the end of the process that started it.

use tokio::io::AsyncReadExt;
use tokio::signal::unix::{SignalKind, signal};

use crate::failure::{Failure, Result};

/// Listens for Ctrl-C and SIGTERM from now on; the future ends when one comes.
pub(crate) fn requested() -> Result<impl Future<Output = ()> + Send + 'static> {
    let listen = |kind| {
        signal(kind).map_err(|error| Failure::failed(format!("Signals cannot be listened for: {error}")))
    };
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when nobody holds the other end of standard input any more.
///
/// The demonstration holds it for its two children: however it ends, even by SIGKILL, they end too.
pub(crate) async fn parent_is_gone() {
    let mut input = tokio::io::stdin();
    let mut buffer = [0_u8; 64];
    while !matches!(input.read(&mut buffer).await, Ok(0) | Err(_)) {}
}
