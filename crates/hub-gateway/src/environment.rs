use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use kit_web::PublicUrl;

/// What a shell has to know so that programs started from it reach the Hub in the name of Webex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The gateway as a proxy: `http://127.0.0.1:8443`.
    pub proxy: String,
    /// The certificate of the development CA.
    pub certificate_file: PathBuf,
    /// Each variable with its value, in the order in which people read them.
    pub variables: Vec<(&'static str, String)>,
}

impl Environment {
    /// For a gateway that listens at this address and whose certificate lies here.
    pub fn new(listen: SocketAddr, certificate_file: &Path, public_url: &PublicUrl) -> Self {
        let proxy = proxy_url(listen);
        let certificate = certificate_file.display().to_string();
        let direct = direct_hosts(public_url);
        let variables = vec![
            ("HTTPS_PROXY", proxy.clone()),
            ("REQUESTS_CA_BUNDLE", certificate.clone()),
            ("SSL_CERT_FILE", certificate.clone()),
            ("CURL_CA_BUNDLE", certificate.clone()),
            ("NODE_EXTRA_CA_CERTS", certificate),
            // Node's own fetch asks for the proxy variables only when it is told to.
            ("NODE_USE_ENV_PROXY", "1".to_owned()),
            ("NO_PROXY", direct.clone()),
            // Where both spellings are set, most programs believe the small one.
            ("https_proxy", proxy.clone()),
            ("no_proxy", direct),
        ];
        Self {
            proxy,
            certificate_file: certificate_file.to_owned(),
            variables,
        }
    }

    /// The value of a variable.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.variables
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Where a client on this machine finds the proxy: an address that means “every” leads nowhere.
fn proxy_url(listen: SocketAddr) -> String {
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    format!("http://{}", SocketAddr::new(address, listen.port()))
}

/// The Hub's own pages are reached without the gateway.
fn direct_hosts(public_url: &PublicUrl) -> String {
    let host_and_port = public_url.host_and_port();
    let host = host_and_port
        .rsplit_once(':')
        .map_or(host_and_port.as_str(), |(host, _)| host);
    let mut hosts = vec!["127.0.0.1", "localhost"];
    if !hosts.contains(&host) && !host.starts_with('[') {
        hosts.push(host);
    }
    hosts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(listen: &str, public_url: &str) -> Environment {
        let public_url = PublicUrl::parse(public_url).unwrap();
        Environment::new(
            listen.parse().unwrap(),
            Path::new("/data/gateway-ca.pem"),
            &public_url,
        )
    }

    #[test]
    fn every_kind_of_client_finds_its_variable() {
        let environment = environment("127.0.0.1:8443", "http://127.0.0.1:8080");
        assert_eq!(environment.value("HTTPS_PROXY"), Some("http://127.0.0.1:8443"));
        assert_eq!(environment.value("https_proxy"), environment.value("HTTPS_PROXY"));
        for name in [
            "REQUESTS_CA_BUNDLE",
            "SSL_CERT_FILE",
            "NODE_EXTRA_CA_CERTS",
            "CURL_CA_BUNDLE",
        ] {
            assert_eq!(environment.value(name), Some("/data/gateway-ca.pem"), "{name}");
        }
        assert_eq!(environment.value("NO_PROXY"), Some("127.0.0.1,localhost"));
    }

    #[test]
    fn a_gateway_on_every_address_is_reached_on_loopback_and_the_hub_itself_directly() {
        let environment = environment("0.0.0.0:9000", "https://hub.example.com");
        assert_eq!(environment.proxy, "http://127.0.0.1:9000");
        assert_eq!(
            environment.value("NO_PROXY"),
            Some("127.0.0.1,localhost,hub.example.com")
        );
    }
}
