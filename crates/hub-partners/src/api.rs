use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use hub_directory::public_api::{Answer, Pairs, done, object, path_uuid};
use hub_directory::{Caller, Organization, OrganizationId, PersonId};
use kit::Result;
use serde::Serialize;
use webex::{Items, PublicId, ResourceKind};

use crate::Partners;
use crate::use_cases::AdministratorView;

/// The public API of this slice.
pub fn api_router(partners: Partners) -> Router {
    const ONE: &str = "/v1/partner/organizations/{organization_id}/partnerAdmin/{person_id}";
    Router::new()
        .route("/v1/partner/organizations", get(customers))
        .route(
            "/v1/partner/organizations/{organization_id}/partnerAdmins",
            get(administrators),
        )
        .route(&format!("{ONE}/assign"), post(assign))
        .route(&format!("{ONE}/unassign"), delete(unassign))
        .with_state(partners)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CustomerWire {
    id: String,
    org_id: String,
    display_name: String,
}

impl From<Organization> for CustomerWire {
    fn from(organization: Organization) -> Self {
        let id = PublicId::of_uuid(ResourceKind::Organization, organization.id.uuid()).to_string();
        Self {
            org_id: id.clone(),
            id,
            display_name: organization.display_name,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AdministratorWire {
    id: String,
    display_name: String,
    emails: [String; 1],
    role: &'static str,
}

impl From<AdministratorView> for AdministratorWire {
    fn from(AdministratorView { account, role }: AdministratorView) -> Self {
        Self {
            id: PublicId::of_uuid(ResourceKind::People, account.person_id.uuid()).to_string(),
            display_name: account.display_name,
            emails: [account.email],
            role: role.word(),
        }
    }
}

async fn customers(State(partners): State<Partners>, caller: Caller, pairs: Pairs) -> Answer {
    let managed_by = pairs
        .text("managedBy")
        .map(|text| PublicId::parse_uuid(ResourceKind::People, text))
        .transpose()?;
    let customers = partners
        .list_customers(&caller, managed_by.map(PersonId::new))
        .await?;
    object(&Items {
        items: customers.into_iter().map(CustomerWire::from).collect(),
    })
}

async fn administrators(State(partners): State<Partners>, caller: Caller, Path(id): Path<String>) -> Answer {
    let found = partners.administrators_of(&caller, organization(&id)?).await?;
    object(&Items {
        items: found.into_iter().map(AdministratorWire::from).collect(),
    })
}

async fn assign(
    State(partners): State<Partners>,
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
) -> Answer {
    partners
        .assign(&caller, person_id(&person)?, organization(&id)?)
        .await?;
    done()
}

async fn unassign(
    State(partners): State<Partners>,
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
) -> Answer {
    partners
        .unassign(&caller, person_id(&person)?, organization(&id)?)
        .await?;
    done()
}

fn organization(text: &str) -> Result<OrganizationId> {
    path_uuid(ResourceKind::Organization, text).map(OrganizationId::new)
}

fn person_id(text: &str) -> Result<PersonId> {
    path_uuid(ResourceKind::People, text).map(PersonId::new)
}
