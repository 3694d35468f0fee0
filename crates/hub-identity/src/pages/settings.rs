//! Organization settings > Authentication: password policy and providers.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit::{Error, Result};
use kit_web::{Form, Page, PageError, Query, status_of, to_mend};
use serde::Deserialize;

use crate::password_policy::require_settings_reader;
use crate::{Identity, IdentityProvider, PasswordPolicy};

#[derive(Template)]
#[template(path = "settings_authentication.html")]
struct SettingsTemplate<'a> {
    form: &'a PolicyForm,
    rules: String,
    providers: Vec<IdentityProvider>,
    may_change: bool,
    notice: String,
    problem: &'a str,
}

/// The policy as the page shows and sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PolicyForm {
    shortest: String,
    lower: Option<String>,
    upper: Option<String>,
    digit: Option<String>,
    special: Option<String>,
    remembered: String,
    days: String,
}

impl PolicyForm {
    fn of(policy: &PasswordPolicy) -> Self {
        let checked = |needed: bool| needed.then(|| "on".to_owned());
        Self {
            shortest: policy.shortest.to_string(),
            lower: checked(policy.needs_lower),
            upper: checked(policy.needs_upper),
            digit: checked(policy.needs_digit),
            special: checked(policy.needs_special),
            remembered: policy.remembered.to_string(),
            days: policy
                .days_between_changes
                .map(|days| days.to_string())
                .unwrap_or_default(),
        }
    }

    fn read(&self) -> Result<PasswordPolicy> {
        Ok(PasswordPolicy {
            shortest: number("The minimum length", &self.shortest)?,
            needs_lower: self.lower.is_some(),
            needs_upper: self.upper.is_some(),
            needs_digit: self.digit.is_some(),
            needs_special: self.special.is_some(),
            remembered: number("The number of earlier passwords", &self.remembered)?,
            days_between_changes: match self.days.trim() {
                "" => None,
                text => Some(number("The number of days", text)?),
            },
        })
    }
}

fn number(what: &str, text: &str) -> Result<u16> {
    let text = text.trim();
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Error::invalid(format!("{what} is a whole number, and “{shown}” is none."))
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
    tried: String,
    r#as: String,
}

impl Done {
    fn notice(&self) -> String {
        let short = |text: &str| text.chars().take(254).collect::<String>();
        if !self.tried.is_empty() {
            return format!(
                "The sign-in at the provider of {} works: you came back as {}. Switch it on when your people shall use it.",
                short(&self.tried),
                short(&self.r#as)
            );
        }
        match self.done.as_str() {
            "policy" => "The password policy is saved. It is applied at every new password; the age of passwords is measured from now on.",
            "provider" => "The provider is saved. Try the sign-in, then switch it on.",
            "on" => "People of this domain sign in at their provider from now on.",
            "off" => "People of this domain sign in with a password of this Hub from now on.",
            "removed" => "The provider is removed.",
            "forgotten" => "The accounts of the provider are learnt anew at the next sign-in of each person.",
            _ => "",
        }
        .to_owned()
    }
}

pub(super) async fn page(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    require_settings_reader(&caller)?;
    let policy = identity.password_policy(caller.organization_id).await?;
    let template = SettingsTemplate {
        form: &PolicyForm::of(&policy),
        rules: policy.in_words(),
        providers: identity.identity_providers(&caller).await?,
        may_change: caller.is_full_admin(),
        notice: done.notice(),
        problem: "",
    };
    Ok(Page::new("Authentication", &template).into_response())
}

pub(super) async fn save_policy(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<PolicyForm>,
) -> Result<Response, PageError> {
    let outcome = match form.read() {
        Ok(policy) => identity.set_password_policy(&caller, policy).await,
        Err(error) => Err(error),
    };
    let error = match outcome {
        Ok(()) => return Ok(Redirect::to("/settings/authentication?done=policy").into_response()),
        Err(error) => to_mend(error)?,
    };
    require_settings_reader(&caller)?;
    let policy = identity.password_policy(caller.organization_id).await?;
    let template = SettingsTemplate {
        form: &form,
        rules: policy.in_words(),
        providers: identity.identity_providers(&caller).await?,
        may_change: caller.is_full_admin(),
        notice: String::new(),
        problem: error.public(),
    };
    let status: StatusCode = status_of(error.kind());
    Ok(Page::new("Authentication", &template)
        .with_status(status)
        .into_response())
}
