use kit::Result;

use super::Acted;
use crate::Simulation;

impl Simulation {
    /// Closes an organization for good, as its operator.
    pub async fn close_organization(&self, named: &str) -> Result<Acted> {
        let organization = self.organization(Some(named)).await?;
        let directory = &self.parts().directory;
        directory
            .close_organization(organization.id, "simulation")
            .await?;
        let sentence = format!("{} is closed.", organization.display_name);
        Ok(Acted::new(sentence, "the operator"))
    }
}
