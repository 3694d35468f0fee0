//! The gateway: a small HTTP proxy that answers `CONNECT` for the Webex hosts and for nothing else, ends TLS with a
//! certificate of a development CA of its own, and hands what comes through to the Hub's router in this process.
//!
//! With it, one proxy variable and one CA variable are all that a program needs: its SDK believes that it speaks to
//! `https://webexapis.com`. [`Gateway::open`] is the front door; [`Environment`] is what a shell has to know.
#![deny(missing_docs)]

mod authority;
mod environment;
mod files;
mod gateway;
mod hosts;
mod limits;
mod proxy;
mod refusal;
mod rewrite;
mod shell;
mod tls;
mod tunnel;

pub use environment::Environment;
pub use files::certificate_file;
pub use gateway::{Gateway, GatewayOptions};
pub use hosts::{DOMAINS, is_webex_host};
pub use limits::Limits;
pub use shell::Shell;
