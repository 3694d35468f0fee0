use hub_directory::{Caller, PersonId};
use kit::{Error, Result};

use super::show::whose;
use crate::Telephony;
use crate::model::person_settings::rights::{ENDPOINT_READ, ENDPOINT_WRITE};
use crate::model::text::quoted;

impl Telephony {
    /// On which endpoints a person with calling could answer: devices and applications that registered, and nothing here registers.
    pub(crate) async fn show_endpoints(&self, caller: &Caller, person_id: PersonId) -> Result<()> {
        ENDPOINT_READ.require(caller, person_id)?;
        self.subject(self.database().into(), whose(caller, person_id))
            .await?;
        Ok(())
    }

    /// Takes the choice back; there is none to make.
    pub(crate) async fn choose_endpoint(
        &self,
        caller: &Caller,
        person_id: PersonId,
        endpoint: Option<&str>,
    ) -> Result<()> {
        ENDPOINT_WRITE.require(caller, person_id)?;
        let subject = self
            .subject(self.database().into(), whose(caller, person_id))
            .await?;
        match endpoint.map(str::trim).filter(|id| !id.is_empty()) {
            None => Ok(()),
            Some(id) => Err(Error::invalid(format!(
                "preferredAnswerEndpointId: {} is no endpoint of {}. Ask for the endpoints there are, or send null.",
                quoted(id),
                subject.person.display_name
            ))),
        }
    }
}
