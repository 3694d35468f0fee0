use std::time::Duration;

/// What one client may take. All waiting is the machine's time: it is about sockets, not about the Hub's clock.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many connections are served at the same time.
    pub connections: usize,
    /// How long a client may take to say `CONNECT`, and again to finish the TLS handshake.
    pub greeting: Duration,
    /// How long a tunnel may stand without a request, and how long the head of a request may take.
    pub idle: Duration,
    /// How long running requests may take to finish after the gateway was told to stop.
    pub grace: Duration,
    /// How many bytes the head of a request may have.
    pub head_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            greeting: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            grace: Duration::from_secs(10),
            head_bytes: 32 * 1024,
        }
    }
}

/// How many headers a request may have.
pub(crate) const MOST_HEADERS: usize = 100;
