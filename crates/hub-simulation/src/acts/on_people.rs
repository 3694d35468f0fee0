use hub_directory::{Account, Caller};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use webex::Role;

use super::{Acted, Wish, acts};
use crate::Simulation;

acts! {
    /// What can be done to a person, or in their name.
    PersonAct {
        /// As the person at their password page.
        ChangePassword: "change-password", "Change the password";
        /// As an administrator.
        ResetPassword: "reset-password", "Reset the password";
        /// As an administrator: tokens and sessions end, the password stays.
        ResetAccess: "reset-access", "Reset access";
        /// As an administrator.
        Deactivate: "deactivate", "Deactivate";
        /// As an administrator.
        Reactivate: "reactivate", "Activate again";
        /// As an administrator.
        Delete: "delete", "Delete";
        /// As an administrator.
        AddFullAdmin: "add-full-admin", "Make a Full Admin";
        /// As an administrator.
        RemoveFullAdmin: "remove-full-admin", "Take Full Admin away";
        /// As an administrator.
        AddCallRecordsRole: "add-call-records-role", "Give the call records role";
        /// As an administrator.
        RemoveCallRecordsRole: "remove-call-records-role", "Take the call records role away";
        /// As the person.
        HidePresence: "hide-presence", "Hide presence";
        /// As the person.
        ShowPresence: "show-presence", "Show presence";
        /// As the person: everything given to one integration.
        WithdrawConsent: "withdraw-consent", "Withdraw the consent to an integration";
    }
}

impl PersonAct {
    /// Whether the person does it, and not an administrator.
    const fn is_ones_own(self) -> bool {
        matches!(
            self,
            Self::ChangePassword | Self::HidePresence | Self::ShowPresence | Self::WithdrawConsent
        )
    }
}

impl Simulation {
    /// Does something to a person, or in their name.
    pub async fn act_on_person(&self, email: &str, act: PersonAct, wish: &Wish) -> Result<Acted> {
        let person = self.account(email).await?;
        let actor = if act.is_ones_own() {
            person.clone()
        } else {
            self.administrator_for(&person, wish.by.as_deref()).await?
        };
        let caller = Self::as_caller(&actor);
        let mut acted = Acted::new(sentence(act, &person, &actor), &actor.email);
        match act {
            PersonAct::ChangePassword | PersonAct::ResetPassword => {
                acted.password = self.new_password(&caller, &person, act, wish).await?;
            }
            PersonAct::ResetAccess => {
                let identity = &self.parts().identity;
                identity.reset_access(&caller, person.person_id).await?;
            }
            PersonAct::Deactivate | PersonAct::Reactivate => {
                let enabled = act == PersonAct::Reactivate;
                let directory = &self.parts().directory;
                directory
                    .set_login_enabled(&caller, person.person_id, enabled)
                    .await?;
            }
            PersonAct::Delete => {
                self.parts()
                    .directory
                    .delete_person(&caller, person.person_id)
                    .await?;
            }
            PersonAct::AddFullAdmin
            | PersonAct::RemoveFullAdmin
            | PersonAct::AddCallRecordsRole
            | PersonAct::RemoveCallRecordsRole => self.change_roles(&caller, &person, act).await?,
            PersonAct::HidePresence | PersonAct::ShowPresence => {
                let shares = act == PersonAct::ShowPresence;
                self.parts()
                    .directory
                    .set_presence_sharing(&caller, shares)
                    .await?;
            }
            PersonAct::WithdrawConsent => {
                let client_id = wish.client_id.as_deref().filter(|id| !id.is_empty());
                let client_id = client_id.ok_or_else(|| {
                    Error::invalid("Say in “client_id” from which integration the consent is withdrawn.")
                })?;
                let ended = self.parts().oauth.withdraw(person.person_id, client_id).await?;
                acted.done = format!(
                    "{} withdrew the consent; authorizations that ended: {ended}.",
                    person.display_name
                );
            }
        }
        Ok(acted)
    }

    /// A password that was made here is answered, this once.
    async fn new_password(
        &self,
        caller: &Caller,
        person: &Account,
        act: PersonAct,
        wish: &Wish,
    ) -> Result<Option<String>> {
        let identity = &self.parts().identity;
        if act == PersonAct::ResetPassword {
            let password = identity.reset_password(caller, person.person_id).await?;
            return Ok(Some(password.expose_secret().to_owned()));
        }
        let wanted = wish.password.clone().filter(|password| !password.is_empty());
        let made = format!("{}-Aa1", self.parts().randomness.alphanumeric(16));
        let password = wanted.clone().unwrap_or_else(|| made.clone());
        identity
            .change_password_without_current(person.person_id, &SecretString::from(password))
            .await?;
        Ok(wanted.is_none().then_some(made))
    }

    async fn change_roles(&self, caller: &Caller, person: &Account, act: PersonAct) -> Result<()> {
        let (role, has_it) = match act {
            PersonAct::AddFullAdmin => (Role::FullAdministrator, true),
            PersonAct::RemoveFullAdmin => (Role::FullAdministrator, false),
            PersonAct::AddCallRecordsRole => (Role::CallHistory, true),
            _ => (Role::CallHistory, false),
        };
        let mut roles = person.roles.clone();
        roles.retain(|known| *known != role);
        if has_it {
            roles.push(role);
        }
        let directory = &self.parts().directory;
        directory.set_roles(caller, person.person_id, &roles).await?;
        Ok(())
    }
}

fn sentence(act: PersonAct, person: &Account, actor: &Account) -> String {
    let (person, actor) = (&person.display_name, &actor.display_name);
    match act {
        PersonAct::ChangePassword => format!("{person} changed the password."),
        PersonAct::ResetPassword => format!("{actor} reset the password of {person}."),
        PersonAct::ResetAccess => format!("{actor} reset the access of {person}."),
        PersonAct::Deactivate => format!("{actor} deactivated {person}."),
        PersonAct::Reactivate => format!("{actor} activated {person} again."),
        PersonAct::Delete => format!("{actor} deleted {person}."),
        PersonAct::AddFullAdmin => format!("{actor} made {person} a Full Administrator."),
        PersonAct::RemoveFullAdmin => format!("{actor} took Full Administrator from {person}."),
        PersonAct::AddCallRecordsRole => format!("{actor} gave {person} the role that reads call records."),
        PersonAct::RemoveCallRecordsRole => {
            format!("{actor} took the role that reads call records from {person}.")
        }
        PersonAct::HidePresence => format!("{person} hides presence."),
        PersonAct::ShowPresence => format!("{person} shows presence."),
        PersonAct::WithdrawConsent => format!("{person} withdrew a consent."),
    }
}
