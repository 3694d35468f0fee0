use hub_directory::{Account, OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};

use crate::OAuth;
use crate::model::validity::{Death, Facts, examine};

/// Something that a person gave a client: a code, a grant, a token.
pub(crate) struct Holding<'a> {
    pub(crate) person: PersonId,
    pub(crate) organization: OrganizationId,
    pub(crate) client_id: &'a str,
    pub(crate) client_enabled: bool,
    pub(crate) client_built_in: bool,
    pub(crate) is_administrative: bool,
    pub(crate) epochs: Epochs,
    pub(crate) granted_at: Timestamp,
    pub(crate) is_revoked: bool,
    pub(crate) is_expired: bool,
}

/// A holding that is alive.
pub(crate) struct Standing {
    pub(crate) account: Account,
    pub(crate) epochs_now: Epochs,
}

impl OAuth {
    /// Computes whether a holding is alive at this moment.
    pub(crate) async fn standing(
        &self,
        holding: &Holding<'_>,
    ) -> Result<std::result::Result<Standing, Death>> {
        // What is dead by itself needs no further questions.
        if holding.is_revoked {
            return Ok(Err(Death::Revoked));
        }
        if holding.is_expired {
            return Ok(Err(Death::Expired));
        }
        let gate_allows = async {
            // The hub's own clients are no integration of anybody's.
            if holding.client_built_in {
                return Ok(true);
            }
            self.gate()
                .allows(
                    holding.organization,
                    holding.person,
                    holding.client_id,
                    holding.granted_at,
                )
                .await
        };
        let (account, epochs_now, gate_allows) = tokio::try_join!(
            self.directory().account(holding.person),
            self.identity().epochs(holding.person),
            gate_allows
        )?;
        let verdict = examine(&Facts {
            is_revoked: holding.is_revoked,
            is_expired: holding.is_expired,
            is_administrative: holding.is_administrative,
            epochs_at_birth: holding.epochs,
            epochs_now,
            account: account.as_ref(),
            client_enabled: holding.client_enabled,
            gate_allows,
        });
        Ok(match (verdict, account) {
            (Ok(()), Some(account)) => Ok(Standing { account, epochs_now }),
            (Ok(()), None) => Err(Death::PersonGone),
            (Err(death), _) => Err(death),
        })
    }
}
