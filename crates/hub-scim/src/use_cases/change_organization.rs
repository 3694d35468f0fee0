use hub_directory::Caller;
use kit::{Error, Result};

use super::show_organization::IdentityOrganization;
use crate::Scim;
use crate::model::rights;
use crate::store::organization;

/// What shall become of the organization; `None` keeps what is there.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrganizationChange {
    pub(crate) display_name: Option<String>,
    /// An empty text takes it away.
    pub(crate) preferred_language: Option<String>,
}

impl Scim {
    /// Renames the organization, or says in which language its new people begin.
    pub(crate) async fn change_organization(
        &self,
        caller: &Caller,
        change: &OrganizationChange,
    ) -> Result<IdentityOrganization> {
        rights::require_organization_writer(caller)?;
        let language = change.preferred_language.as_deref().map(language).transpose()?;
        let mut transaction = self.database().begin().await?;
        if let Some(name) = &change.display_name {
            self.directory()
                .rename_organization_within(&mut transaction, caller, name)
                .await?;
        }
        let present = organization::of((&mut transaction).into(), caller.organization_id).await?;
        let language = language.unwrap_or(present.preferred_language);
        organization::put(
            &mut transaction,
            caller.organization_id,
            language,
            self.clock().now(),
        )
        .await?;
        transaction.commit().await?;
        self.identity_organization(caller).await
    }
}

/// `en` or `en_US`.
fn language(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let shaped = match text.split_once(['_', '-']) {
        Some((language, country)) => letters(language) && letters(country),
        None => letters(text),
    };
    if shaped {
        return Ok(Some(text.replace('-', "_")));
    }
    Err(Error::invalid("preferredLanguage is written like en_US."))
}
