//! `demo.json`: what a person or a script needs to know about the running demonstration.

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::ports::Addresses;
use crate::cli::DemoFlags;
use crate::config::SeedSize;
use crate::failure::{Failure, Result};
use crate::first_start::{
    self, AdministratorFacts, CustomerFacts, HubFirstStart, OrganizationFacts, PersonFacts, SuiteFirstStart,
};
use crate::private_file;

/// Everything; the file has mode 0600.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) hub: HubFacts,
    pub(super) suite: SuiteFacts,
    pub(super) seed: SeedFacts,
    /// Whether the clocks of both can be moved.
    #[serde(default)]
    pub(super) simulated: bool,
    pub(super) organizations: Vec<OrganizationFacts>,
    pub(super) people: Vec<PersonFacts>,
    pub(super) clients: Vec<ClientFacts>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct HubFacts {
    pub(super) url: String,
    pub(super) api: String,
    pub(super) config: String,
    /// `None` where its port is taken.
    #[serde(default)]
    pub(super) gateway: Option<GatewayFacts>,
}

/// The proxy for unmodified Webex SDKs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct GatewayFacts {
    pub(super) url: String,
    pub(super) certificate: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct SuiteFacts {
    pub(super) url: String,
    pub(super) redirect_uri: String,
    pub(super) config: String,
    pub(super) administrator: Option<AdministratorFacts>,
    pub(super) customer: Option<CustomerFacts>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SeedFacts {
    pub(super) size: SeedSize,
    pub(super) number: u64,
}

/// One of the five integrations; the secret stays in the Hub's own file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ClientFacts {
    pub(super) integration: String,
    pub(super) client_id: String,
    pub(super) blocked: bool,
}

impl Facts {
    /// The facts of the start before, with the addresses of this one.
    pub(super) fn read_or_new(folder: &Folder, addresses: &Addresses, flags: &DemoFlags) -> Result<Self> {
        let before = Self::read(folder)?;
        let seed = SeedFacts {
            size: flags
                .seed_size
                .or(before.as_ref().map(|facts| facts.seed.size))
                .unwrap_or(SeedSize::Small),
            number: flags
                .seed
                .or(before.as_ref().map(|facts| facts.seed.number))
                .unwrap_or(1),
        };
        let mut facts = before.unwrap_or_else(|| Self {
            hub: HubFacts::default(),
            suite: SuiteFacts::default(),
            seed,
            simulated: false,
            organizations: Vec::new(),
            people: Vec::new(),
            clients: Vec::new(),
        });
        facts.seed = seed;
        facts.simulated = flags.simulate;
        facts.hub.url = addresses.hub_url();
        facts.hub.api = format!("{}/v1", addresses.hub_url());
        facts.hub.config = folder.hub_config().display().to_string();
        facts.hub.gateway = addresses.gateway_listen().map(|listen| GatewayFacts {
            url: format!("http://{listen}"),
            certificate: folder.certificate_file().display().to_string(),
        });
        facts.suite.url = addresses.suite_url();
        facts.suite.redirect_uri = addresses.suite_redirect_uri();
        facts.suite.config = folder.suite_config().display().to_string();
        Ok(facts)
    }

    /// The facts that a demonstration left in this folder.
    pub(super) fn of_folder(path: &std::path::Path) -> Result<Option<Self>> {
        Self::read_file(&path.join("demo.json"))
    }

    fn read(folder: &Folder) -> Result<Option<Self>> {
        Self::read_file(&folder.facts_file())
    }

    fn read_file(file: &std::path::Path) -> Result<Option<Self>> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(Failure::failed(format!(
                    "{} cannot be read: {error}.",
                    file.display()
                )));
            }
        };
        let facts = serde_json::from_str(&text).map_err(|error| {
            Failure::failed(format!("{} is not what a demonstration writes ({error}). Choose another folder with --data, or remove it.", file.display()))
        })?;
        Ok(Some(facts))
    }

    pub(super) fn is_first_start(&self) -> bool {
        self.people.is_empty()
    }

    /// Keeps what the Hub's first start made, and which integrations there are.
    pub(super) fn take_hub_first_start(&mut self, folder: &Folder) -> Result<()> {
        let file = folder.first_start_file("hub");
        if let Some(HubFirstStart {
            organizations,
            people,
        }) = first_start::take(&file)
        {
            for organization in organizations {
                self.organizations.retain(|known| known.id != organization.id);
                self.organizations.push(organization);
            }
            for person in people {
                self.people.retain(|known| known.email != person.email);
                self.people.push(person);
            }
        }
        self.clients = folder.clients()?;
        self.write(folder)?;
        first_start::forget(&file);
        Ok(())
    }

    /// The organization of the demonstration is the Suite's first customer.
    pub(super) fn first_customer(&self) -> Vec<String> {
        let option = |organization: &OrganizationFacts| {
            format!("--first-customer={}={}", organization.name, organization.id)
        };
        self.organizations.first().map(option).into_iter().collect()
    }

    /// Keeps what the Suite's first start made.
    pub(super) fn take_suite_first_start(&mut self, folder: &Folder) -> Result<()> {
        let file = folder.first_start_file("suite");
        if let Some(SuiteFirstStart {
            administrator,
            customer,
        }) = first_start::take(&file)
        {
            self.suite.administrator = Some(administrator);
            self.suite.customer = customer;
        }
        self.write(folder)?;
        first_start::forget(&file);
        Ok(())
    }

    fn write(&self, folder: &Folder) -> Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(kit::Error::internal)?;
        Ok(private_file::write(&folder.facts_file(), &(text + "\n"))?)
    }
}
