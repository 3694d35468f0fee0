use hub_directory::{Caller, CallerOrigin};
use kit::Result;
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
        // People may always see themselves, whatever else this token lacks.
        let oneself = Caller {
            origin: CallerOrigin::Session,
            ..caller.clone()
        };
        let (person, _) = self.directory().show_me(&oneself, false).await?;
        let (with_email, with_profile) = (
            caller.has_any_scope(&["email"]),
            caller.has_any_scope(&["profile"]),
        );
        Ok(UserInfo {
            sub: person.id.to_string(),
            email: with_email.then_some(person.email),
            email_verified: with_email.then_some("true"),
            name: with_profile.then_some(person.display_name),
            given_name: person.first_name.filter(|_| with_profile),
            family_name: person.last_name.filter(|_| with_profile),
        })
    }
}
