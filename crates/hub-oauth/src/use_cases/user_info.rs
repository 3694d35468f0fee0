use hub_directory::Caller;
use kit::{Error, Result};
use serde::Serialize;

use crate::OAuth;

/// What OpenID Connect's userinfo endpoint says about the person behind a token.
#[derive(Serialize)]
pub(crate) struct UserInfo {
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// A text and not a boolean, as the platform writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
}

impl OAuth {
    /// The claims that the token's scopes allow.
    pub(crate) async fn user_info(&self, caller: &Caller) -> Result<UserInfo> {
        caller.require_any_scope(&["openid"])?;
        let account = self.directory().account(caller.person_id).await?;
        let account = account.ok_or_else(|| Error::unauthenticated(hub_directory::INVALID_TOKEN))?;
        let (with_email, with_profile) = (caller.has_any_scope(&["email"]), caller.has_any_scope(&["profile"]));
        let (given, family) = split_name(&account.display_name);
        Ok(UserInfo {
            sub: account.person_id.to_string(),
            given_name: with_profile.then(|| given.to_owned()),
            family_name: with_profile.then(|| family.to_owned()),
            name: with_profile.then_some(account.display_name),
            email_verified: with_email.then_some("true"),
            email: with_email.then_some(account.email),
        })
    }
}

/// The last word is the family's; the directory's own two fields may know better, names rarely split evenly.
fn split_name(name: &str) -> (&str, &str) {
    name.rsplit_once(' ').unwrap_or((name, ""))
}
