use kit::{Error, Result, SecretString};
use suite_tenancy::{Action, Actor, AuditEntry, CustomerId};

use super::hash;
use crate::Authorizations;
use crate::model::{Invitation, InvitationId, NewInvitation};
use crate::store::invitations;

impl Authorizations {
    /// Makes a link for the customer's Full Admin. The whole link is answered once and kept nowhere.
    pub async fn invite(
        &self,
        actor: &Actor,
        customer: CustomerId,
        new: NewInvitation,
    ) -> Result<(Invitation, SecretString)> {
        actor.require(Action::InviteAuthorizer, Some(customer))?;
        let customer = self.parts().tenancy.customer(actor, customer).await?;
        let NewInvitation {
            recipient,
            integrations,
            life,
            max_uses,
        } = new.checked()?;
        for integration in &integrations {
            self.parts().provider.client(*integration)?;
        }
        let secret = self.parts().randomness.alphanumeric(43);
        let now = self.now();
        let invitation = Invitation {
            id: InvitationId::random(&*self.parts().randomness),
            customer: customer.id,
            recipient,
            integrations,
            created_by: actor.name.clone(),
            created_at: now,
            expires_at: now.plus(life),
            max_uses,
            uses: 0,
            revoked_at: None,
        };
        let mut transaction = self.parts().database.begin().await?;
        invitations::insert(&mut transaction, &invitation, &hash(&secret)).await?;
        let names: Vec<_> = invitation
            .integrations
            .iter()
            .map(|key| key.integration().name)
            .collect();
        let hours = life.as_secs() / 3600;
        let life = if hours < 48 {
            format!("{hours} hours")
        } else {
            format!("{} days", hours / 24)
        };
        let detail = format!(
            "For {}; ends after {life}; {} uses.",
            names.join(", "),
            invitation.max_uses
        );
        let entry = AuditEntry {
            actor,
            customer: Some(customer.id),
            verb: "invitation.made",
            subject: invitation.recipient.clone(),
            detail,
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        // The secret stands in the query: paths are logged, queries are not.
        let path = format!("/invitations/{}?key={secret}", invitation.id);
        let link = self.parts().tenancy.public_url().link(&path);
        Ok((invitation, link.into()))
    }

    /// Takes a link back.
    pub async fn revoke_invitation(
        &self,
        actor: &Actor,
        customer: CustomerId,
        id: InvitationId,
    ) -> Result<()> {
        actor.require(Action::InviteAuthorizer, Some(customer))?;
        let mut transaction = self.parts().database.begin().await?;
        let found = invitations::find(&mut transaction, id)
            .await?
            .filter(|(invitation, _)| invitation.customer == customer);
        let Some((invitation, _)) = found else {
            return Err(Error::not_found("There is no such invitation."));
        };
        if !invitations::revoke(&mut transaction, customer, id, self.now()).await? {
            return Ok(());
        }
        let detail = format!(
            "It was used {} of {} times.",
            invitation.uses, invitation.max_uses
        );
        let entry = AuditEntry {
            actor,
            customer: Some(customer),
            verb: "invitation.revoked",
            subject: invitation.recipient,
            detail,
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await
    }

    /// The latest links of a customer, without their secrets.
    pub async fn invitations(&self, actor: &Actor, customer: CustomerId) -> Result<Vec<Invitation>> {
        actor.require(Action::ViewCustomer, Some(customer))?;
        invitations::of_customer(&self.parts().database, customer, 20).await
    }
}
