use askama::Template;
use axum::extract::State;
use hub_directory::{Account, AdministratorCaller, Organization};
use kit::Error;
use kit_web::{Page, PageError};
use webex::{PublicId, ResourceKind};

use crate::wiring::Slices;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    organization: Organization,
    public_id: String,
    full_admins: Vec<Account>,
}

/// The organization, with the ids that integrations ask for.
pub(super) async fn account(
    State(slices): State<Slices>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Result<Page, PageError> {
    let id = caller.organization_id;
    let organization = slices.directory.organization(id).await?;
    let organization =
        organization.ok_or_else(|| Error::not_found("Your organization does not exist any more."))?;
    let template = AccountPage {
        public_id: PublicId::of_uuid(ResourceKind::Organization, id.uuid()).to_string(),
        full_admins: slices.directory.full_admins(id).await?,
        organization,
    };
    Ok(Page::new("Account", &template))
}
