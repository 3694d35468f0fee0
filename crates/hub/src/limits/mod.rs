//! Limits as in production: 429 with `Retry-After`, counted by token and part of the API.

mod options;
mod rules;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hub_directory::{Caller, CallerOrigin};
use kit::{Error, Kind, SharedClock};
use kit_web::{ApiError, RateLimiter};

pub use options::RateLimits;
use rules::Rule;

/// The limiters of an open Hub.
#[derive(Clone)]
pub(crate) struct Limits(Arc<Vec<(Rule, RateLimiter<Key>)>>);

/// The token, by the hash under which it is stored, and the part of the API.
type Key = (String, &'static str);

impl Limits {
    pub(crate) fn new(options: &RateLimits, clock: &SharedClock) -> Self {
        let limiters = rules::rules_of(options)
            .into_iter()
            .map(|(rule, quota)| (rule, RateLimiter::new(quota, Arc::clone(clock))));
        Self(Arc::new(limiters.collect()))
    }

    /// Counts the request against the first limit that it falls under, or says which sentence refuses it. Only what
    /// holds a valid token is counted: whoever invents tokens reads 401, and fills no memory.
    fn take(&self, caller: &Caller, request: &http::request::Parts) -> kit::Result<()> {
        let CallerOrigin::Token { token_hash, .. } = &caller.origin else {
            return Ok(());
        };
        for (rule, limiter) in self.0.iter() {
            let Some(part) = rule.part_of(request) else {
                continue;
            };
            return limiter
                .take(&(token_hash.clone(), part))
                .map_err(|wait| refusal(rule, part, limiter, wait));
        }
        Ok(())
    }
}

fn refusal(rule: &Rule, part: &str, limiter: &RateLimiter<Key>, wait: Duration) -> Error {
    let quota = limiter.quota();
    Error::new(
        Kind::TooMany(wait),
        format!(
            "{} one token may send {} of this kind ({part}, {}) in {} s. Retry-After says how long to wait.",
            rule.sentence,
            quota.requests,
            rule.what,
            quota.window.as_secs()
        ),
    )
}

/// Refuses what a token asks too often.
pub(crate) async fn keep_limits(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(caller) = parts.extensions.get::<Caller>()
        && let Err(error) = limits.take(caller, &parts)
    {
        return ApiError(error).into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

#[cfg(test)]
mod tests;
