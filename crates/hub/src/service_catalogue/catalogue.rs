use axum::extract::State;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, object};
use kit::{Error, Result};
use kit_web::PublicUrl;
use serde_json::{Map, Value, json};
use webex::{PublicId, ResourceKind};

use super::ServiceCatalogue;

/// Every service that answers here, by the name under which the SDK looks for it, with the path behind which it is.
/// What is not served must not be listed: the SDK would send its token there.
const SERVICES: &[(&str, &str)] = &[
    ("hydra", "/v1"),
    ("idbroker", ""),
    ("identity", ""),
    ("metrics", "/metrics/api/v1"),
    ("u2c", "/u2c/api/v1"),
    ("wdm", "/wdm/api/v1"),
];

/// The organization, the e-mail address or the user id that the query may name choose a data centre on the platform. Here
/// is one, and whoever has no token learns nothing about who exists.
pub(super) async fn before_sign_in(State(catalogue): State<ServiceCatalogue>, pairs: Pairs) -> Answer {
    object(&catalogue.written(pairs.text("format"), None)?)
}

pub(super) async fn after_sign_in(
    State(catalogue): State<ServiceCatalogue>,
    caller: Caller,
    pairs: Pairs,
) -> Answer {
    object(&catalogue.written(pairs.text("format"), Some(&caller))?)
}

impl ServiceCatalogue {
    fn written(&self, format: Option<&str>, caller: Option<&Caller>) -> Result<Value> {
        match format {
            None | Some("hostmap") => Ok(host_map(&self.public_url)),
            Some("U2CV2") => Ok(self.second_format(caller)),
            Some(_) => Err(Error::invalid(
                "The catalogue is written in the formats hostmap and U2CV2; leave out format, or name one of them.",
            )),
        }
    }

    /// What the SDK reads since its version 3 where it is told to.
    fn second_format(&self, caller: Option<&Caller>) -> Value {
        let host = self.public_url.host_and_port();
        let urn = |name: &str| format!("urn:TEAM:us:{name}");
        let active: Map<String, Value> = SERVICES
            .iter()
            .map(|(name, _)| ((*name).to_owned(), urn(name).into()))
            .collect();
        let services: Vec<Value> = SERVICES
            .iter()
            .map(|(name, path)| {
                let url = json!({ "baseUrl": self.public_url.link(path), "host": host, "priority": 1 });
                json!({ "id": urn(name), "serviceName": name, "serviceUrls": [url] })
            })
            .collect();
        let mut body = json!({
            "activeServices": active,
            "services": services,
            "timestamp": self.clock.now().as_millis().to_string(),
            "format": "U2CV2",
        });
        if let Some(caller) = caller {
            let id = PublicId::of_uuid(ResourceKind::Organization, caller.organization_id.uuid());
            body["orgId"] = id.to_string().into();
        }
        body
    }
}

/// `hostCatalog` has to be there, empty: filled, it would choose among hosts of which there is one.
pub(super) fn host_map(public_url: &PublicUrl) -> Value {
    let links: Map<String, Value> = SERVICES
        .iter()
        .map(|(name, path)| ((*name).to_owned(), public_url.link(path).into()))
        .collect();
    json!({ "serviceLinks": links, "hostCatalog": {} })
}
