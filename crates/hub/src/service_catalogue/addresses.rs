//! Where the services are, as the sender of a request sees it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kit_web::{OriginalHost, PublicUrl};

use super::ServiceCatalogue;

/// Every service that answers here, by the name under which the SDK looks for it, with the path behind which it is and
/// the host on which the platform has it. What is not served must not be listed: the SDK would send its token there.
const SERVICES: &[(&str, &str, &str)] = &[
    ("hydra", "/v1", "api.ciscospark.com"),
    ("idbroker", "", "idbroker.webex.com"),
    ("identity", "", "identity.webex.com"),
    ("metrics", "/metrics/api/v1", "metrics-a.wbx2.com"),
    ("u2c", "/u2c/api/v1", "u2c.wbx2.com"),
    ("wdm", "/wdm/api/v1", "wdm-a.wbx2.com"),
];

/// Who came through the gateway is led to the hosts of the platform, and so comes through the gateway again.
pub(super) struct Addresses {
    pub(super) public_url: PublicUrl,
    through_gateway: bool,
}

/// One service.
pub(super) struct Address {
    pub(super) name: &'static str,
    pub(super) host: String,
    pub(super) base_url: String,
}

impl Addresses {
    pub(super) fn all(&self) -> impl Iterator<Item = Address> + '_ {
        SERVICES.iter().map(|&(name, path, host)| {
            if self.through_gateway {
                Address {
                    name,
                    host: host.to_owned(),
                    base_url: format!("https://{host}{path}"),
                }
            } else {
                Address {
                    name,
                    host: self.public_url.host_and_port(),
                    base_url: self.public_url.link(path),
                }
            }
        })
    }

    /// Where programs register themselves.
    pub(super) fn of_registrations(&self) -> String {
        self.all()
            .find(|address| address.name == "wdm")
            .map_or_else(|| self.public_url.link("/wdm/api/v1"), |address| address.base_url)
    }
}

impl FromRequestParts<ServiceCatalogue> for Addresses {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        catalogue: &ServiceCatalogue,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self {
            public_url: catalogue.public_url.clone(),
            through_gateway: parts.extensions.get::<OriginalHost>().is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::Request;
    use kit::{ManualClock, Timestamp};

    use super::*;

    async fn addresses(original: Option<&str>) -> Vec<String> {
        let catalogue = ServiceCatalogue {
            public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
            clock: Arc::new(ManualClock::at(Timestamp::from_millis(0))),
        };
        let mut request = Request::new(());
        if let Some(host) = original {
            request.extensions_mut().insert(OriginalHost(host.to_owned()));
        }
        let (mut parts, ()) = request.into_parts();
        let addresses = Addresses::from_request_parts(&mut parts, &catalogue)
            .await
            .unwrap();
        let registrations = addresses.of_registrations();
        let all = addresses.all().map(|address| address.base_url);
        all.chain([registrations]).collect()
    }

    #[tokio::test]
    async fn who_came_through_the_gateway_stays_in_it() {
        let through = addresses(Some("u2c.wbx2.com")).await;
        assert_eq!(through[0], "https://api.ciscospark.com/v1");
        assert_eq!(through[2], "https://identity.webex.com");
        assert_eq!(through.last().unwrap(), "https://wdm-a.wbx2.com/wdm/api/v1");
        let own = addresses(None).await;
        assert_eq!(own[0], "http://127.0.0.1:8080/v1");
        assert_eq!(own.len(), through.len());
    }
}
