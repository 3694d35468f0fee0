use kit::{Error, Kind, Result};
use subtle::ConstantTimeEq as _;
use suite_tenancy::{Actor, Customer};

use super::cards::Card;
use super::hash;
use crate::Authorizations;
use crate::model::{AuthorizationState, Invitation, InvitationId, InvitationState};
use crate::store::invitations;

/// What somebody with a link sees.
pub(crate) struct OpenInvitation {
    pub(crate) invitation: Invitation,
    pub(crate) customer: Customer,
    pub(crate) cards: Vec<Card>,
}

impl Authorizations {
    /// Opens a link by its secret. A wrong secret and a link that never was are answered alike.
    pub(crate) async fn open_invitation(&self, id: InvitationId, secret: &str) -> Result<OpenInvitation> {
        let found = invitations::find(&self.parts().database, id).await?;
        let presented = hash(secret);
        let matching = found.filter(|(_, kept)| bool::from(kept.as_bytes().ct_eq(presented.as_bytes())));
        let Some((invitation, _)) = matching else {
            return Err(Error::not_found(
                "This link is not complete, or does not exist. Open the whole link that you were sent.",
            ));
        };
        let gone = |sentence: &str| Err(Error::new(Kind::Gone, sentence));
        match invitation.state(self.now()) {
            InvitationState::Revoked => {
                return gone("This link was taken back. Ask whoever sent it for a new one.");
            }
            InvitationState::Expired => {
                return gone("This link has ended. Ask whoever sent it for a new one.");
            }
            // What was begun with it may still be looked at.
            InvitationState::Open | InvitationState::UsedUp => {}
        }
        let actor = Actor::invited(&invitation.actor_name(), invitation.customer);
        let customer = self.parts().tenancy.customer(&actor, invitation.customer).await?;
        let mut cards = self.every_card(invitation.customer).await?;
        cards.retain(|card| invitation.integrations.contains(&card.integration.key));
        Ok(OpenInvitation {
            invitation,
            customer,
            cards,
        })
    }
}

impl OpenInvitation {
    /// How many of its integrations are authorized and alive.
    pub(crate) fn done(&self) -> usize {
        self.cards
            .iter()
            .filter(|card| matches!(&card.state, AuthorizationState::Granted(state) if !state.is_dead()))
            .count()
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.done() == self.cards.len()
    }
}
