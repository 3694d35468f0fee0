//! Which ports the two products get, and whether they are free.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::failure::{Failure, Result};

/// Where the gateway listens when nobody says where.
pub(super) const USUAL_GATEWAY_PORT: u16 = 8443;

/// Where the two products are reached: on two host names, so that cookies are as separate as in real life.
#[derive(Debug)]
pub(super) struct Addresses {
    hub: Port,
    suite: Port,
    gateway: Option<Port>,
}

/// A port, held until the product that gets it starts.
#[derive(Debug)]
struct Port {
    number: u16,
    held: Option<TcpListener>,
}

impl Addresses {
    /// The ports, once it is certain that nobody holds them. The gateway takes its usual one, where nobody says which,
    /// and is off where another program has it.
    pub(super) fn free(hub_port: u16, suite_port: u16, gateway_port: Option<u16>) -> Result<Self> {
        if let Some(port) = gateway_port
            && port != 0
            && (port == hub_port || port == suite_port)
        {
            return Err(Failure::usage(format!(
                "The gateway cannot share port {port}: choose another one with --gateway-port."
            )));
        }
        if hub_port == suite_port && hub_port != 0 {
            return Err(Failure::usage(format!(
                "Hub and Suite cannot share port {hub_port}: choose two with --hub-port and --suite-port."
            )));
        }
        let hub = Port::hold(hub_port, "Hub", "--hub-port")?;
        let suite = Port::hold(suite_port, "Suite", "--suite-port")?;
        let gateway = match gateway_port {
            Some(port) => Some(Port::hold(port, "gateway", "--gateway-port")?),
            None => Port::hold(USUAL_GATEWAY_PORT, "gateway", "--gateway-port").ok(),
        };
        Ok(Self { hub, suite, gateway })
    }

    /// Lets go of the port for the product that starts now.
    pub(super) fn give_to_hub(&mut self) {
        self.hub.held = None;
        if let Some(gateway) = &mut self.gateway {
            gateway.held = None;
        }
    }

    pub(super) fn give_to_suite(&mut self) {
        self.suite.held = None;
    }

    /// Never anything but loopback: the passwords of the demonstration lie in a file.
    pub(super) fn hub_listen(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.hub.number))
    }

    pub(super) fn suite_listen(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.suite.number))
    }

    pub(super) fn gateway_listen(&self) -> Option<SocketAddr> {
        let gateway = self.gateway.as_ref()?;
        Some(SocketAddr::from((Ipv4Addr::LOCALHOST, gateway.number)))
    }

    pub(super) fn hub_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.hub.number)
    }

    pub(super) fn suite_url(&self) -> String {
        format!("http://localhost:{}", self.suite.number)
    }

    /// Where the Hub sends the browser back.
    pub(super) fn suite_redirect_uri(&self) -> String {
        format!("{}/authorizations/callback", self.suite_url())
    }
}

impl Port {
    /// 0 chooses a free one.
    fn hold(number: u16, product: &str, option: &str) -> Result<Self> {
        let held = match number {
            0 => any_free_port(),
            chosen => bind(chosen),
        };
        let held = held.map_err(|error| refused(&error, number, product, option))?;
        Ok(Self {
            number: held.local_addr()?.port(),
            held: Some(held),
        })
    }
}

fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// Below the range from which systems take the near end of outgoing connections: those would snatch the port away
/// between our letting go of it and the product's listening on it.
fn any_free_port() -> io::Result<TcpListener> {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 10_000;
    // Two demonstrations that start together begin at different places.
    let start = u16::try_from(std::process::id() % u32::from(COUNT)).unwrap_or_default();
    let candidates = (0..COUNT).map(|step| FIRST + (start + step % COUNT * 7 % COUNT) % COUNT);
    let free = candidates.take(500).find_map(|port| bind(port).ok());
    free.map_or_else(|| bind(0), Ok)
}

fn refused(error: &io::Error, port: u16, product: &str, option: &str) -> Failure {
    Failure::failed(match error.kind() {
        ErrorKind::AddrInUse => {
            format!(
                "Port {port}, where the {product} should listen, is taken by another program. Choose another one with {option}."
            )
        }
        ErrorKind::PermissionDenied => {
            format!("Port {port} may not be listened on by this user. Choose one above 1023 with {option}.")
        }
        _ => format!("Port {port} cannot be listened on: {error}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_option_that_chooses_another() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let hub = Addresses::free(port, 0, Some(0)).unwrap_err().to_string();
        assert!(
            hub.contains(&format!("Port {port}, where the Hub")) && hub.contains("--hub-port"),
            "{hub}"
        );
        let suite = Addresses::free(0, port, Some(0)).unwrap_err().to_string();
        assert!(
            suite.contains(&format!("Port {port}, where the Suite")) && suite.contains("--suite-port"),
            "{suite}"
        );
        assert!(Addresses::free(port, port, Some(0)).is_err());
        let gateway = Addresses::free(0, 0, Some(port)).unwrap_err().to_string();
        assert!(
            gateway.contains(&format!("Port {port}, where the gateway"))
                && gateway.contains("--gateway-port"),
            "{gateway}"
        );
        let shared = Addresses::free(1, 2, Some(2)).unwrap_err().to_string();
        assert!(shared.contains("cannot share port 2"), "{shared}");
    }

    #[test]
    fn the_gateway_is_off_where_another_program_has_its_usual_port() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, USUAL_GATEWAY_PORT));
        let addresses = Addresses::free(0, 0, None).unwrap();
        assert_eq!(addresses.gateway_listen(), None);
        // Whoever had it before this test may have let go of it, or not.
        drop(taken);
        let chosen = Addresses::free(0, 0, Some(0)).unwrap();
        assert!(chosen.gateway_listen().unwrap().ip().is_loopback());
    }

    #[test]
    fn both_are_loopback_under_two_names() {
        let addresses = Addresses::free(0, 0, Some(0)).unwrap();
        assert!(addresses.hub_listen().ip().is_loopback() && addresses.suite_listen().ip().is_loopback());
        assert!(addresses.hub_url().starts_with("http://127.0.0.1:"));
        assert!(addresses.suite_url().starts_with("http://localhost:"));
    }

    #[test]
    fn a_port_is_held_until_its_product_starts() {
        let mut addresses = Addresses::free(0, 0, Some(0)).unwrap();
        let (hub, suite) = (addresses.hub_listen(), addresses.suite_listen());
        assert_ne!(hub, suite);
        assert!(TcpListener::bind(suite).is_err());
        addresses.give_to_suite();
        TcpListener::bind(suite).unwrap();
        assert!(TcpListener::bind(hub).is_err());
        addresses.give_to_hub();
        TcpListener::bind(hub).unwrap();
    }
}
