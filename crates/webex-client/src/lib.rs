//! The client of the Webex contract: paging, Retry-After, 451 region, one refresh and replay on 401.
//!
//! A [`WebexClient`] speaks for one authorization: its [`TokenSource`] hands out the bearer token and makes a
//! new one when the platform rejects it. The token goes to the configured [`Origins`] and nowhere else: a
//! `Link` or a 451 that points elsewhere is an error value ([`ErrorKind::ForeignOrigin`],
//! [`ErrorKind::Region`]), never a request. [`TokenEndpoint`] is the OAuth side: it tells a grant that is
//! dead from a network that is down.
#![deny(missing_docs)]

mod answer;
mod client;
mod endpoints;
mod error;
mod oauth;
mod oauth_answer;
mod origins;
mod pages;
mod tokens;

pub use client::{Patience, WebexClient, http_client};
pub use endpoints::{AuthorizationExpiry, CallRecordsWindow, PeopleQuery, UserInfo};
pub use error::{ClientError, ErrorKind};
pub use oauth::{ClientCredentials, TokenEndpoint};
pub use oauth_answer::{Detail, TokenFailure, TokenGrant};
pub use origins::Origins;
pub use pages::Pages;
pub use tokens::{FixedToken, TokenError, TokenSource};
