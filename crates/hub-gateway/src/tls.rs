//! What TLS shows to a client: the common certificate, or one for a host that no wildcard of it names.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kit::{Error, Result, SharedClock, SharedRandomness, Timestamp};
use rustls::ServerConfig;

use crate::authority::{Authority, LEAF_LIFE, Leaf};
use crate::hosts;

/// The common certificate is made anew when it has only half of its life left.
const RENEWED_BEFORE: Duration = LEAF_LIFE.checked_div(2).expect("two is not zero");

/// The CA and what it issued; a lock of microseconds.
pub(crate) struct Tls {
    state: Mutex<State>,
    /// The machine's clock: clients compare certificates with theirs, whatever moment the Hub simulates.
    clock: SharedClock,
    randomness: SharedRandomness,
}

struct State {
    authority: Authority,
    common: Option<(Arc<ServerConfig>, Timestamp)>,
}

impl Tls {
    pub(crate) fn new(authority: Authority, clock: SharedClock, randomness: SharedRandomness) -> Self {
        let state = State {
            authority,
            common: None,
        };
        Self {
            state: Mutex::new(state),
            clock,
            randomness,
        }
    }

    /// The certificate that clients trust, as PEM.
    pub(crate) fn certificate_pem(&self) -> String {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.authority.pem().to_owned()
    }

    /// How to speak TLS as this host.
    pub(crate) fn config_for(&self, host: &str) -> Result<Arc<ServerConfig>> {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { authority, common } = &mut *state;
        // The certificate that stands is good for weeks: a full disk today must not end anything.
        if let Err(error) = authority.renew_when_due(now, self.randomness.as_ref()) {
            tracing::warn!(
                chain = error.chain(),
                "the development CA's certificate could not be made anew"
            );
        }
        if !hosts::has_common_certificate(host) {
            return server_config(authority.issue(vec![host.to_owned()], now, self.randomness.as_ref())?);
        }
        if let Some((config, ends)) = common
            && *ends >= now.plus(RENEWED_BEFORE)
        {
            return Ok(Arc::clone(config));
        }
        let leaf = authority.issue(hosts::common_names(), now, self.randomness.as_ref())?;
        let config = server_config(leaf)?;
        *common = Some((Arc::clone(&config), now.plus(LEAF_LIFE)));
        Ok(config)
    }
}

fn server_config(leaf: Leaf) -> Result<Arc<ServerConfig>> {
    let Leaf { certificate, key } = leaf;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .map_err(Error::internal)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
