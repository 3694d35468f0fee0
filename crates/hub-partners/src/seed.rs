use hub_directory::seed::{NamedPerson, SeedOrganization};
use hub_directory::{OrganizationId, PersonId};
use kit::Result;

use crate::store::partnerships::{self, Administrator};
use crate::{PartnerRole, Partners};

impl Partners {
    /// Lets an invented partner look after these customers, each of its named people in the role that fits theirs. What is
    /// there already stays.
    pub async fn seed(&self, partner: &SeedOrganization, customers: &[OrganizationId]) -> Result<()> {
        let partner_id = OrganizationId::new(partner.id);
        let mut transaction = self.database().begin().await?;
        for customer in customers {
            partnerships::add_customer(&mut transaction, partner_id, *customer, self.now()).await?;
        }
        for person in partner.named_people() {
            let role = match person.named {
                Some(NamedPerson::FullAdmin) => PartnerRole::FullAdministrator,
                Some(NamedPerson::ReadOnlyAdmin) => PartnerRole::ReadOnly,
                Some(NamedPerson::HelpDeskAdmin) => PartnerRole::HelpDesk,
                _ => continue,
            };
            let administrator = Administrator {
                person_id: PersonId::new(person.id),
                partner_id,
                role,
            };
            partnerships::put_administrator(&mut transaction, &administrator).await?;
        }
        transaction.commit().await
    }
}
