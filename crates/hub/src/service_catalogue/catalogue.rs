use axum::extract::State;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, object};
use kit::{Error, Result};
use serde_json::{Map, Value, json};
use webex::{PublicId, ResourceKind};

use super::ServiceCatalogue;
use super::addresses::{Address, Addresses};

/// The organization, the e-mail address or the user id that the query may name choose a data centre on the platform. Here
/// is one, and whoever has no token learns nothing about who exists.
pub(super) async fn before_sign_in(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    pairs: Pairs,
) -> Answer {
    object(&catalogue.written(&addresses, pairs.text("format"), None)?)
}

pub(super) async fn after_sign_in(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    caller: Caller,
    pairs: Pairs,
) -> Answer {
    object(&catalogue.written(&addresses, pairs.text("format"), Some(&caller))?)
}

impl ServiceCatalogue {
    fn written(&self, addresses: &Addresses, format: Option<&str>, caller: Option<&Caller>) -> Result<Value> {
        match format {
            None | Some("hostmap") => Ok(host_map(addresses)),
            Some("U2CV2") => Ok(self.second_format(addresses, caller)),
            Some(_) => Err(Error::invalid(
                "The catalogue is written in the formats hostmap and U2CV2; leave out format, or name one of them.",
            )),
        }
    }

    /// What the SDK reads since its version 3 where it is told to.
    fn second_format(&self, addresses: &Addresses, caller: Option<&Caller>) -> Value {
        let urn = |name: &str| format!("urn:TEAM:us:{name}");
        let active: Map<String, Value> = addresses
            .all()
            .map(|address| (address.name.to_owned(), urn(address.name).into()))
            .collect();
        let services: Vec<Value> = addresses
            .all()
            .map(|Address { name, host, base_url }| {
                let url = json!({ "baseUrl": base_url, "host": host, "priority": 1 });
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
pub(super) fn host_map(addresses: &Addresses) -> Value {
    let links: Map<String, Value> = addresses
        .all()
        .map(|address| (address.name.to_owned(), address.base_url.into()))
        .collect();
    json!({ "serviceLinks": links, "hostCatalog": {} })
}
