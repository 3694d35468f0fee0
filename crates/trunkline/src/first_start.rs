//! What only a first start knows: passwords, which are kept as hashes afterwards.

use std::path::Path;

use kit::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::failure::Result;
use crate::private_file;

/// What the Hub's first start made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct HubFirstStart {
    pub(crate) organizations: Vec<OrganizationFacts>,
    pub(crate) people: Vec<PersonFacts>,
}

/// An invented organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct OrganizationFacts {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) people: usize,
}

/// Somebody who can sign in at the Hub. The type exists to be shown once: it is printed, or kept in a private file.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PersonFacts {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) roles: Vec<String>,
    pub(crate) organization: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) note: String,
}

impl std::fmt::Debug for PersonFacts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} <{}>", self.name, self.email)
    }
}

impl From<&hub::FirstStart> for HubFirstStart {
    fn from(first: &hub::FirstStart) -> Self {
        let hub::FirstStart {
            organizations,
            people,
        } = first;
        Self {
            organizations: organizations.iter().map(OrganizationFacts::from).collect(),
            people: people.iter().map(PersonFacts::from).collect(),
        }
    }
}

impl From<&hub::SeededOrganization> for OrganizationFacts {
    fn from(organization: &hub::SeededOrganization) -> Self {
        let hub::SeededOrganization { id, name, people } = organization;
        Self {
            id: id.to_string(),
            name: name.clone(),
            people: *people,
        }
    }
}

impl From<&hub::SeededPerson> for PersonFacts {
    fn from(person: &hub::SeededPerson) -> Self {
        let hub::SeededPerson {
            name,
            email,
            password,
            roles,
            organization,
            note,
        } = person;
        Self {
            name: name.clone(),
            email: email.clone(),
            password: password.expose_secret().to_owned(),
            roles: roles.clone(),
            organization: organization.clone(),
            note: note.clone(),
        }
    }
}

/// What the Suite's first start made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SuiteFirstStart {
    pub(crate) administrator: AdministratorFacts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) customer: Option<CustomerFacts>,
}

/// The Suite's local administrator.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AdministratorFacts {
    pub(crate) email: String,
    pub(crate) password: String,
}

impl std::fmt::Debug for AdministratorFacts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<{}>", self.email)
    }
}

impl AdministratorFacts {
    /// What a terminal shows, once.
    pub(crate) fn in_words(&self) -> String {
        let Self { email, password } = self;
        format!("Sign in at the Suite as {email} with the password {password}. It is shown this once.")
    }
}

impl From<&suite::FirstAdministrator> for AdministratorFacts {
    fn from(administrator: &suite::FirstAdministrator) -> Self {
        let suite::FirstAdministrator { email, password } = administrator;
        Self {
            email: email.clone(),
            password: password.expose_secret().to_owned(),
        }
    }
}

/// A customer of the Suite.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CustomerFacts {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Keeps what a first start knows for the process that started this one.
pub(crate) fn hand_over<T: Serialize>(facts: &T, file: &Path) -> Result<()> {
    let text = serde_json::to_string_pretty(facts).map_err(kit::Error::internal)?;
    Ok(private_file::write(file, &text)?)
}

/// Takes what a first start handed over, if it did. The file stays until [`forget`]: a crash in between loses nothing.
pub(crate) fn take<T: for<'de> Deserialize<'de>>(file: &Path) -> Option<T> {
    let text = std::fs::read_to_string(file).ok()?;
    serde_json::from_str(&text).ok()
}

/// Removes what was handed over, once it is kept elsewhere.
pub(crate) fn forget(file: &Path) {
    // A file that is not there is what is wanted.
    let _ = std::fs::remove_file(file);
}

/// A table of those who can sign in, for a terminal: by organization, in the order in which they were made.
pub(crate) fn people_table(people: &[PersonFacts]) -> String {
    let table = columns(&people.iter().map(person_row).collect::<Vec<_>>());
    let mut text = String::new();
    let mut organization = "";
    for (person, line) in people.iter().zip(table.lines()) {
        if person.organization != organization {
            organization = &person.organization;
            text.push_str(&format!("  {organization}\n"));
        }
        text.push_str(&format!("  {line}\n"));
    }
    text.trim_end().to_owned()
}

fn person_row(person: &PersonFacts) -> [String; 4] {
    let role = if person.roles.is_empty() {
        "no administrator role".to_owned()
    } else {
        person.roles.join(", ")
    };
    let remark = if person.note.is_empty() {
        role
    } else {
        format!("{role}; {}", person.note)
    };
    [
        person.name.clone(),
        person.email.clone(),
        person.password.clone(),
        remark,
    ]
}

/// Pads every column but the last to its widest cell.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
