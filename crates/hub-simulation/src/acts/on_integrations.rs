use std::time::Duration;

use hub_governance::{Existing, Rule};
use kit::{Error, ExposeSecret as _, Result};

use super::{Acted, Wish, acts};
use crate::Simulation;

acts! {
    /// What can be done to an integration.
    IntegrationAct {
        /// As an administrator; what was authorized ends.
        Block: "block", "Block, and end what exists";
        /// As an administrator; what was authorized lives on.
        BlockNew: "block-new", "Block, for future authorizations only";
        /// As an administrator.
        Allow: "allow", "Allow";
        /// As an administrator: everything that was authorized ends, and may be authorized again.
        Revoke: "revoke", "Revoke access";
        /// As its developer; the old secret ends at once.
        RotateSecret: "rotate-secret", "Rotate the secret";
        /// As its developer.
        Delete: "delete", "Delete";
    }
}

impl Simulation {
    /// Does something to an integration, in the name of an administrator of one organization or of its developer.
    pub async fn act_on_integration(
        &self,
        client_id: &str,
        act: IntegrationAct,
        wish: &Wish,
    ) -> Result<Acted> {
        let oauth = &self.parts().oauth;
        let client_id = client_id.trim();
        let client = oauth.client(client_id).await?.ok_or_else(|| {
            Error::not_found(format!(
                "There is no integration with the client id “{}”.",
                client_id.chars().take(100).collect::<String>()
            ))
        })?;
        let name = &client.name;
        match act {
            IntegrationAct::RotateSecret => {
                let secret = oauth.rotate_secret(client_id, Duration::ZERO).await?;
                let mut acted = Acted::new(
                    format!("{name} has a new secret; the old one ended."),
                    "its developer",
                );
                acted.client_secret = Some(secret.expose_secret().to_owned());
                Ok(acted)
            }
            IntegrationAct::Delete => {
                oauth.delete_client(client_id).await?;
                Ok(Acted::new(format!("{name} was deleted."), "its developer"))
            }
            _ => self.decide_on(client_id, name, act, wish).await,
        }
    }

    async fn decide_on(
        &self,
        client_id: &str,
        name: &str,
        act: IntegrationAct,
        wish: &Wish,
    ) -> Result<Acted> {
        let organization = self.organization(wish.organization.as_deref()).await?;
        let admin = self.administrator_of(&organization, wish.by.as_deref()).await?;
        let (caller, governance) = (Self::as_caller(&admin), &self.parts().governance);
        let verb = match act {
            IntegrationAct::BlockNew => {
                governance
                    .set_status(&caller, client_id, Rule::Block, Existing::Spare)
                    .await?;
                "blocked new authorizations of"
            }
            IntegrationAct::Allow => {
                governance
                    .set_status(&caller, client_id, Rule::Allow, Existing::End)
                    .await?;
                "allowed"
            }
            IntegrationAct::Revoke => {
                governance.revoke_access(&caller, client_id).await?;
                "revoked every access of"
            }
            _ => {
                governance
                    .set_status(&caller, client_id, Rule::Block, Existing::End)
                    .await?;
                "blocked"
            }
        };
        let sentence = format!(
            "{} {verb} {name} in {}.",
            admin.display_name, organization.display_name
        );
        Ok(Acted::new(sentence, &admin.email))
    }
}
