use hub_directory::Account;
use hub_identity::Epochs;

/// Why something that a person gave is not valid. The wire never says which: callers get one answer for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// Somebody revoked it.
    Revoked,
    /// Its time is over.
    Expired,
    /// The person does not exist any more.
    PersonGone,
    /// Their organization was closed.
    OrganizationClosed,
    /// The person may not sign in any more.
    PersonDeactivated,
    /// The person's password changed, or they were deactivated once, since it was given.
    PersonChanged,
    /// It rests on being a Full Admin, and the person lost that role since it was given.
    RoleLost,
    /// The integration is switched off, was so since, or was deleted.
    ClientDisabled,
    /// The organization's policy does not allow it, or did not meanwhile.
    PolicyRefused,
}

/// What validity asks about the client of a grant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientSide {
    pub(crate) lives: bool,
    pub(crate) built_in: bool,
}

/// Everything that validity is computed from.
pub(crate) struct Facts<'a> {
    pub(crate) is_revoked: bool,
    pub(crate) is_expired: bool,
    pub(crate) is_administrative: bool,
    pub(crate) epochs_at_birth: Epochs,
    pub(crate) epochs_now: Epochs,
    pub(crate) account: Option<&'a Account>,
    pub(crate) client_lives: bool,
    pub(crate) gate_allows: bool,
}

/// The one place that decides whether a code, a grant or a token is alive.
pub(crate) fn examine(facts: &Facts<'_>) -> Result<(), Death> {
    let Facts {
        is_revoked,
        is_expired,
        is_administrative,
        epochs_at_birth,
        epochs_now,
        account,
        client_lives,
        gate_allows,
    } = facts;
    if *is_revoked {
        return Err(Death::Revoked);
    }
    match account {
        None => return Err(Death::PersonGone),
        Some(account) if account.organization_closed => return Err(Death::OrganizationClosed),
        Some(account) if !account.login_enabled => return Err(Death::PersonDeactivated),
        Some(_) => {}
    }
    if epochs_at_birth.everything != epochs_now.everything {
        return Err(Death::PersonChanged);
    }
    if !epochs_at_birth.still_hold(*epochs_now, *is_administrative) {
        return Err(Death::RoleLost);
    }
    if !client_lives {
        return Err(Death::ClientDisabled);
    }
    if !gate_allows {
        return Err(Death::PolicyRefused);
    }
    if *is_expired { Err(Death::Expired) } else { Ok(()) }
}
