use std::collections::BTreeSet;

use hub_directory::public_api::{
    FULL_ADMIN, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, e164, require, require_own,
};
use hub_directory::{Caller, LocationId, OrganizationId};
use kit::{Error, Result};

use super::add_numbers::{MOST_NUMBERS, require_some};
use super::assign::holder_of;
use crate::Numbers;
use crate::model::is_toll_free;
use crate::store::entries;

/// What is said of a number or an extension that somebody wants to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// As it was written.
    pub(crate) text: String,
    pub(crate) finding: Finding,
    pub(crate) toll_free: bool,
    /// Why not.
    pub(crate) sentence: Option<String>,
}

/// See [`Verdict`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    Available,
    /// In use here.
    Duplicate,
    DuplicateInList,
    Invalid,
    /// In use by somebody whom the caller may not know.
    Unavailable,
}

impl Numbers {
    /// Whether these numbers could be added to a location.
    pub(crate) async fn validate_numbers(
        &self,
        caller: &Caller,
        organization_id: Option<OrganizationId>,
        numbers: &[String],
    ) -> Result<Vec<Verdict>> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        require_own(caller, organization_id)?;
        require_some(numbers, MOST_NUMBERS)?;
        let mut transaction = self.database().begin().await?;
        let readable: Vec<String> = numbers.iter().filter_map(|text| e164(text).ok()).collect();
        let known = entries::with_numbers(&mut transaction, &readable).await?;
        let mut seen = BTreeSet::new();
        let mut verdict = |text: &String| {
            let (finding, toll_free, sentence) = match e164(text) {
                Err(error) => (Finding::Invalid, false, Some(error.public().to_owned())),
                Ok(number) => {
                    let toll_free = is_toll_free(&number);
                    let (finding, sentence) = match known.get(&number) {
                        Some((of, _)) if *of != caller.organization_id => (
                            Finding::Unavailable,
                            Some(format!("The number {number} is taken.")),
                        ),
                        Some(_) => (
                            Finding::Duplicate,
                            Some(format!(
                                "The number {number} is in the stock of this organization already."
                            )),
                        ),
                        None if seen.contains(&number) => (
                            Finding::DuplicateInList,
                            Some(format!("The number {number} is named twice.")),
                        ),
                        None => (Finding::Available, None),
                    };
                    seen.insert(number);
                    (finding, toll_free, sentence)
                }
            };
            Verdict {
                text: text.clone(),
                finding,
                toll_free,
                sentence,
            }
        };
        Ok(numbers.iter().map(&mut verdict).collect())
    }

    /// Whether these extensions are well formed and, at a location, free there.
    pub(crate) async fn validate_extensions(
        &self,
        caller: &Caller,
        organization_id: Option<OrganizationId>,
        location_id: Option<LocationId>,
        extensions: &[String],
    ) -> Result<Vec<Verdict>> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        require_own(caller, organization_id)?;
        if extensions.is_empty() || extensions.len() > MOST_NUMBERS {
            return Err(Error::invalid(format!(
                "extensions must hold one to {MOST_NUMBERS} extensions."
            )));
        }
        if let Some(id) = location_id {
            self.require_location(caller, id).await?;
        }
        let mut seen = BTreeSet::new();
        let mut verdicts = Vec::with_capacity(extensions.len());
        for text in extensions {
            let (finding, sentence) = self
                .extension_verdict(location_id, text, seen.contains(text))
                .await?;
            seen.insert(text.clone());
            verdicts.push(Verdict {
                text: text.clone(),
                finding,
                toll_free: false,
                sentence,
            });
        }
        Ok(verdicts)
    }

    async fn extension_verdict(
        &self,
        location_id: Option<LocationId>,
        text: &str,
        seen: bool,
    ) -> Result<(Finding, Option<String>)> {
        if !(2..=10).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            let sentence = "An extension has two to ten digits, without the location's routing prefix.";
            return Ok((Finding::Invalid, Some(sentence.to_owned())));
        }
        if seen {
            return Ok((
                Finding::DuplicateInList,
                Some(format!("The extension {text} is named twice.")),
            ));
        }
        let holder = match location_id {
            Some(id) => entries::with_extension(self.database().into(), id, text).await?,
            None => None,
        };
        Ok(match holder {
            Some(entry) => (
                Finding::Duplicate,
                Some(format!("The extension {text} is taken by {}.", holder_of(&entry))),
            ),
            None => (Finding::Available, None),
        })
    }
}
