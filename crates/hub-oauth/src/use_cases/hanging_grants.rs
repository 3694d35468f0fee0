use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use webex::ScopeSet;

use super::standing::Holding;
use crate::OAuth;
use crate::model::grant::{Grant, GrantId, GrantKind};
use crate::store::grants;

/// An authorization that lives, for whoever wants to know what would die with something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HangingGrant {
    /// Which.
    pub id: GrantId,
    /// To whom it was given.
    pub client_id: String,
    /// Who gave it, or the machine account that a Service App acts as.
    pub person_id: PersonId,
    /// In which organization.
    pub organization_id: OrganizationId,
    /// Where it comes from.
    pub kind: GrantKind,
    /// What it allows.
    pub scopes: ScopeSet,
    /// Whether it rests on being a Full Admin.
    pub is_administrative: bool,
    /// When it was given.
    pub granted_at: Timestamp,
    /// When its refresh token dies if nobody uses it.
    pub refresh_expires_at: Option<Timestamp>,
    /// Its last use, to five minutes.
    pub last_used_at: Option<Timestamp>,
}

fn hanging(grants: Vec<Grant>) -> Vec<HangingGrant> {
    let of = |grant: Grant| {
        let is_administrative = grant.scopes.is_administrative();
        let Grant {
            id,
            client_id,
            person_id,
            organization_id,
            kind,
            scopes,
            epochs: _,
            granted_at,
            refresh_expires_at,
            ends_at: _,
            revoked_at: _,
            last_used_at,
        } = grant;
        HangingGrant {
            id,
            client_id,
            person_id,
            organization_id,
            kind,
            scopes,
            is_administrative,
            granted_at,
            refresh_expires_at,
            last_used_at,
        }
    };
    grants.into_iter().map(of).collect()
}

impl OAuth {
    /// The living grants that hang on a person, newest first; personal access tokens are among them.
    pub async fn grants_that_hang_on(&self, person: PersonId) -> Result<Vec<HangingGrant>> {
        Ok(hanging(self.grants_of_person(person).await?))
    }

    /// The living grants of an organization's people to one client, newest first.
    pub async fn grants_that_hang_on_client(
        &self,
        organization: OrganizationId,
        client_id: &str,
    ) -> Result<Vec<HangingGrant>> {
        let found =
            grants::of_client_with_clients(self.database(), organization, client_id, self.now()).await?;
        Ok(hanging(self.living(found).await?))
    }

    /// Whether a grant lives at this moment; one that never was does not.
    pub async fn grant_lives(&self, id: Uuid) -> Result<bool> {
        let found = grants::find_with_client(self.database(), GrantId::new(id)).await?;
        let Some(found) = found else { return Ok(false) };
        let holding = Holding::of_grant(&found.grant, found.client, self.now());
        Ok(self.standing(&holding).await?.is_ok())
    }
}
