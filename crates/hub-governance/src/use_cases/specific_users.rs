use std::collections::BTreeSet;

use hub_directory::{Caller, OrganizationId, PersonId};
use kit::{Error, Result};

use super::rights::{require_decide, require_view};
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, Expiry, MOST_LISTED, Rule};
use crate::store::{expiries, policies};

/// Who may use an integration, with names.
#[derive(Clone, Debug)]
pub struct SpecificUsers {
    /// The rule and its list.
    pub audience: Audience,
    /// The people on the list, by name.
    pub people: Vec<ListedPerson>,
}

/// Somebody on a list.
#[derive(Clone, Debug)]
pub struct ListedPerson {
    /// Who.
    pub person_id: PersonId,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// When their approval ends by itself.
    pub expires: Option<Expiry>,
}

/// What became of pasted addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// How many people were found.
    pub found: usize,
    /// The addresses of nobody in the organization, as they were written.
    pub unknown: Vec<String>,
}

impl Governance {
    /// Who may use one integration, by name.
    pub async fn specific_users(&self, caller: &Caller, client_id: &str) -> Result<SpecificUsers> {
        require_view(caller)?;
        let client = self.client(client_id).await?;
        let organization = caller.organization_id;
        let audience = policies::policies(&self.core.database, organization)
            .await?
            .audience_of(&client.client_id);
        let expiries = expiries::of_client(&self.core.database, organization, &client.client_id).await?;
        let named: Vec<PersonId> = audience.named().iter().copied().collect();
        let mut people: Vec<ListedPerson> = self
            .core
            .directory
            .accounts_of(&named)
            .await?
            .into_iter()
            .map(|account| ListedPerson {
                expires: expiries
                    .iter()
                    .find(|expiry| expiry.person_id == Some(account.person_id))
                    .cloned(),
                person_id: account.person_id,
                name: account.display_name,
                email: account.email,
            })
            .collect();
        people.sort_by_cached_key(|person| (kit::search_key(&person.name), person.email.clone()));
        Ok(SpecificUsers { audience, people })
    }

    /// Limits one integration to these people (or to all but them), in addition to those who are listed the same way
    /// already. Addresses of nobody are answered, and the others count.
    pub async fn add_specific_users(
        &self,
        caller: &Caller,
        client_id: &str,
        rule: Rule,
        text: &str,
        existing: Existing,
    ) -> Result<Pasted> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let (found, unknown) = self.people_by_email(caller.organization_id, text).await?;
        if found.is_empty() {
            if unknown.is_empty() {
                return Err(Error::invalid("Name at least one person by e-mail address."));
            }
            return Ok(Pasted { found: 0, unknown });
        }
        let before = policies::policies(&self.core.database, caller.organization_id)
            .await?
            .audience_of(&client.client_id);
        let mut people: BTreeSet<PersonId> = found.iter().copied().collect();
        if before.written().0 == rule {
            people.extend(before.named());
        }
        if people.len() > MOST_LISTED {
            return Err(Error::invalid(format!(
                "A list has {MOST_LISTED} people at the most; this one would have {}. Nothing was changed.",
                people.len()
            )));
        }
        let to = Audience::of(rule, people);
        self.set_audience(caller, &client.client_id, to, existing, Deed::PeopleChanged)
            .await?;
        // Whoever is named here is named for good, also who was approved for a time.
        let mut transaction = policies::lock(&self.core.database, caller.organization_id).await?;
        for person in &found {
            expiries::delete(
                &mut transaction,
                caller.organization_id,
                &client.client_id,
                Some(*person),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(Pasted {
            found: found.len(),
            unknown,
        })
    }

    /// Takes one person off the list. Whoever was the only one who is allowed leaves an integration that nobody may use.
    pub async fn remove_specific_user(
        &self,
        caller: &Caller,
        client_id: &str,
        person: PersonId,
        existing: Existing,
    ) -> Result<()> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let before = policies::policies(&self.core.database, caller.organization_id)
            .await?
            .audience_of(&client.client_id);
        if !before.named().contains(&person) {
            return Err(Error::not_found("This person is not on the list any more."));
        }
        let to = match &before {
            Audience::Only(_) => before.without(person),
            Audience::AllBut(_) => before.with(person),
        };
        self.set_audience(caller, &client.client_id, to, existing, Deed::PeopleChanged)
            .await
    }

    /// The people of an organization with these addresses, pasted with whatever stands between them.
    async fn people_by_email(
        &self,
        organization: OrganizationId,
        text: &str,
    ) -> Result<(BTreeSet<PersonId>, Vec<String>)> {
        let emails = pasted_emails(text);
        if emails.len() > MOST_LISTED {
            return Err(Error::invalid(format!(
                "{} addresses are more than {MOST_LISTED} at once. Nothing was changed.",
                emails.len()
            )));
        }
        let (mut found, mut unknown) = (BTreeSet::new(), Vec::new());
        for email in emails {
            let id = self
                .core
                .directory
                .id_by_email((&self.core.database).into(), organization, &email)
                .await?;
            match id {
                Some(person) => {
                    found.insert(person);
                }
                None => unknown.push(email),
            }
        }
        Ok((found, unknown))
    }
}

/// The addresses in a text that somebody pasted: one a line, a column of a spreadsheet, `Ada Adler <ada@example.com>;` of
/// a mail program. Each once, as it was written.
fn pasted_emails(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut emails = Vec::new();
    for line in text.split(['\n', '\r', ',', ';']) {
        let line = line.trim();
        let words: Vec<&str> = if line.contains('<') {
            line.split(['<', '>']).filter(|part| part.contains('@')).collect()
        } else {
            line.split_whitespace().collect()
        };
        for word in words {
            let word = word.trim().trim_matches(['"', '\'', '(', ')']);
            let shown: String = word.chars().take(254).collect();
            if !shown.is_empty() && seen.insert(shown.to_lowercase()) {
                emails.push(shown);
            }
        }
    }
    emails
}

#[cfg(test)]
mod tests {
    use super::pasted_emails;

    #[test]
    fn addresses_are_found_however_they_were_pasted() {
        let text = "ada@example.com, Ben Brook <ben@example.com>; \"Cleo\" <cleo@example.com>\r\n\tdan@example.com eve@example.com\nADA@example.com\nnobody";
        assert_eq!(
            pasted_emails(text),
            [
                "ada@example.com",
                "ben@example.com",
                "cleo@example.com",
                "dan@example.com",
                "eve@example.com",
                "nobody"
            ]
        );
    }
}
