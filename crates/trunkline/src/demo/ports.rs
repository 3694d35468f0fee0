//! Which ports the two products get, and whether they are free.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::failure::{Failure, Result};

/// Where the two products are reached: on two host names, so that cookies are as separate as in real life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses {
    hub_port: u16,
    suite_port: u16,
}

impl Addresses {
    /// Both ports, once it is certain that nobody holds them.
    pub(super) fn free(hub_port: u16, suite_port: u16) -> Result<Self> {
        if hub_port == suite_port && hub_port != 0 {
            return Err(Failure::usage(format!("Hub and Suite cannot share port {hub_port}: choose two with --hub-port and --suite-port.")));
        }
        let hub = hold(hub_port, "Hub", "--hub-port")?;
        let suite = hold(suite_port, "Suite", "--suite-port")?;
        Ok(Self { hub_port: port_of(&hub)?, suite_port: port_of(&suite)? })
    }

    /// Never anything but loopback: the passwords of the demonstration lie in a file.
    pub(super) fn hub_listen(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.hub_port))
    }

    pub(super) fn suite_listen(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.suite_port))
    }

    pub(super) fn hub_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.hub_port)
    }

    pub(super) fn suite_url(&self) -> String {
        format!("http://localhost:{}", self.suite_port)
    }

    /// Where the Hub sends the browser back.
    pub(super) fn suite_redirect_uri(&self) -> String {
        format!("{}/authorizations/callback", self.suite_url())
    }
}

/// Port 0 lets the system choose.
fn hold(port: u16, product: &str, option: &str) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::failed(match error.kind() {
            ErrorKind::AddrInUse => {
                format!("Port {port}, where the {product} should listen, is taken by another program. Choose another one with {option}.")
            }
            ErrorKind::PermissionDenied => format!("Port {port} may not be listened on by this user. Choose one above 1023 with {option}."),
            _ => format!("Port {port} cannot be listened on: {error}."),
        })
    })
}

fn port_of(listener: &TcpListener) -> Result<u16> {
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_option_that_chooses_another() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let hub = Addresses::free(port, 0).unwrap_err().to_string();
        assert!(hub.contains(&format!("Port {port}, where the Hub")) && hub.contains("--hub-port"), "{hub}");
        let suite = Addresses::free(0, port).unwrap_err().to_string();
        assert!(suite.contains(&format!("Port {port}, where the Suite")) && suite.contains("--suite-port"), "{suite}");
        assert!(Addresses::free(port, port).is_err());
    }

    #[test]
    fn both_are_loopback_under_two_names() {
        let addresses = Addresses::free(0, 0).unwrap();
        assert!(addresses.hub_listen().ip().is_loopback() && addresses.suite_listen().ip().is_loopback());
        assert!(addresses.hub_url().starts_with("http://127.0.0.1:"));
        assert!(addresses.suite_url().starts_with("http://localhost:"));
    }
}
