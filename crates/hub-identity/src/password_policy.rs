use hub_directory::{Caller, OrganizationId, PersonId};
use hub_events::{AuditCategory, AuditEntry, Target};
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp};
use webex::{PublicId, ResourceKind, Role};

use crate::Identity;
use crate::model::password_policy::PasswordPolicy;
use crate::records::name_of;
use crate::store::{credentials, policies};

impl Identity {
    /// What an organization asks of passwords.
    pub async fn password_policy(&self, organization: OrganizationId) -> Result<PasswordPolicy> {
        policies::find(self.database(), organization).await
    }

    /// A Full Admin changes what their organization asks of passwords. Passwords that are there are measured by it when
    /// they are changed; their age is measured from now on.
    pub async fn set_password_policy(&self, caller: &Caller, policy: PasswordPolicy) -> Result<()> {
        require_settings_writer(caller)?;
        policy.check()?;
        let organization = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        let before = policies::find(&mut transaction, organization).await?;
        policies::put(&mut transaction, organization, &policy).await?;
        let actor = self.directory().actor(&mut transaction, caller).await?;
        for (setting, previous, new) in changes(&before, &policy) {
            let entry = AuditEntry {
                organization_id: organization,
                action_text: format!("{} changed the password policy.", name_of(&actor)),
                actor: actor.clone(),
                category: AuditCategory::Authentication,
                description: "Password policy changed".to_owned(),
                target: Some(organization_target(organization)),
                setting: Some(setting.to_owned()),
                previous_value: Some(previous),
                new_value: Some(new),
            };
            self.directory()
                .recorder()
                .audit(&mut transaction, &entry)
                .await?;
        }
        transaction.commit().await
    }

    /// When the person's password expires: then a change is forced at the next sign-in. `None` for somebody who has no
    /// password here, signs in elsewhere, or whose organization lets passwords grow old.
    pub async fn password_expires_at(&self, person: PersonId) -> Result<Option<Timestamp>> {
        let Some(account) = self.directory().account(person).await? else {
            return Ok(None);
        };
        if self.provider_of(&account).await?.is_some() {
            return Ok(None);
        }
        let Some(credential) = credentials::find(self.database(), person).await? else {
            return Ok(None);
        };
        let policy = self.password_policy(account.organization_id).await?;
        Ok(policy.expires_at(credential.changed_at))
    }

    /// Refuses a password that the person has or had, as far back as the policy looks.
    pub(crate) async fn refuse_earlier_passwords(
        &self,
        person: PersonId,
        policy: &PasswordPolicy,
        password: &SecretString,
    ) -> Result<()> {
        let present = credentials::find(self.database(), person).await?;
        if let Some(present) = present
            && self
                .passwords()
                .verify(password, Some(present.password_hash))
                .await?
        {
            return Err(Error::invalid(
                "The new password is the current one; choose another.",
            ));
        }
        let earlier = credentials::history(self.database(), person, i64::from(policy.remembered)).await?;
        for hash in earlier {
            if self.passwords().verify(password, Some(hash)).await? {
                return Err(Error::invalid(format!(
                    "You had this password before; your organization refuses the last {}. Choose another.",
                    policy.remembered
                )));
            }
        }
        Ok(())
    }

    /// A password at random that this policy allows: groups of five characters.
    pub(crate) fn one_time_password(&self, policy: &PasswordPolicy, email: &str) -> SecretString {
        let groups = usize::from(policy.shortest).div_ceil(6).max(4);
        loop {
            let text = self.randomness().alphanumeric(groups * 5);
            let parts: Vec<&str> = (0..groups)
                .filter_map(|group| text.get(group * 5..group * 5 + 5))
                .collect();
            let password = SecretString::from(cut_to(parts.join("-"), usize::from(policy.shortest)));
            if policy.check_new_password(password.expose_secret(), email).is_ok() {
                return password;
            }
        }
    }
}

/// Groups of six may be longer than the longest password that is allowed.
fn cut_to(text: String, shortest: usize) -> String {
    if text.len() > usize::from(crate::model::password_policy::LONGEST) {
        return text.chars().take(shortest).collect();
    }
    text
}

/// Settings are the affair of Full Admins.
pub(crate) fn require_settings_writer(caller: &Caller) -> Result<()> {
    if caller.is_full_admin() {
        return Ok(());
    }
    Err(Error::forbidden(
        "You can look at these settings and not change them. A Full Administrator can.",
    ))
}

/// Whoever may look at the settings of the organization.
pub(crate) fn require_settings_reader(caller: &Caller) -> Result<()> {
    if caller.has_any_role(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]) {
        return Ok(());
    }
    Err(Error::forbidden(
        "Only a Full Administrator or a Read-Only Administrator can look at the settings of the organization.",
    ))
}

pub(crate) fn organization_target(organization: OrganizationId) -> Target {
    Target {
        kind: "ORGANIZATION",
        id: PublicId::of_uuid(ResourceKind::Organization, organization.uuid()).to_string(),
        name: String::new(),
    }
}

fn changes(before: &PasswordPolicy, after: &PasswordPolicy) -> Vec<(&'static str, String, String)> {
    let facts = |policy: &PasswordPolicy| {
        let PasswordPolicy {
            shortest,
            needs_lower,
            needs_upper,
            needs_digit,
            needs_special,
            remembered,
            days_between_changes,
        } = *policy;
        let word = |needed: bool| if needed { "Needed" } else { "Not needed" }.to_owned();
        [
            ("Minimum length", shortest.to_string()),
            ("Lower-case letter", word(needs_lower)),
            ("Upper-case letter", word(needs_upper)),
            ("Digit", word(needs_digit)),
            ("Special character", word(needs_special)),
            ("Earlier passwords refused", remembered.to_string()),
            (
                "Days between password changes",
                days_between_changes.map_or_else(|| "Never".to_owned(), |days| days.to_string()),
            ),
        ]
    };
    facts(before)
        .into_iter()
        .zip(facts(after))
        .filter(|(before, after)| before != after)
        .map(|((setting, previous), (_, new))| (setting, previous, new))
        .collect()
}
