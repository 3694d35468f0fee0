use crate::{License, LicenseId, Person};

/// One field of a person that was changed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) setting: &'static str,
    pub(super) previous: String,
    pub(super) new: String,
}

/// What an administrator would call different about the two.
pub(super) fn differences(before: &Person, after: &Person, licenses: &[License]) -> Vec<Difference> {
    let (before, after) = (fields(before, licenses), fields(after, licenses));
    before
        .into_iter()
        .zip(after)
        .filter(|((_, previous), (_, new))| previous != new)
        .map(|((setting, previous), (_, new))| Difference {
            setting,
            previous: shown(previous),
            new: shown(new),
        })
        .collect()
}

fn shown(text: String) -> String {
    if text.is_empty() { "None".to_owned() } else { text }
}

/// Every field that people change, by the name that the pages give it.
fn fields(person: &Person, licenses: &[License]) -> Vec<(&'static str, String)> {
    // Taken apart without `..`, so that a new field asks whether it is told.
    let Person {
        id: _,
        organization_id: _,
        email,
        display_name,
        first_name,
        last_name,
        nick_name,
        avatar,
        department,
        title,
        manager_id: _,
        manager_name,
        location_id,
        routing_prefix: _,
        extension,
        numbers,
        addresses,
        time_zone,
        preferred_language,
        login_enabled: _,
        invite_pending: _,
        shares_presence: _,
        presence: _,
        last_activity_at: _,
        created_at: _,
        last_modified_at: _,
        roles: _,
        licenses: held,
    } = person;
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let numbers: Vec<String> = numbers.iter().map(|number| number.value.clone()).collect();
    let addresses = if addresses.is_empty() {
        String::new()
    } else {
        serde_json::to_string(addresses).unwrap_or_default()
    };
    vec![
        ("E-mail address", email.clone()),
        ("Display name", display_name.clone()),
        ("First name", optional(first_name)),
        ("Last name", optional(last_name)),
        ("Nickname", optional(nick_name)),
        ("Picture", optional(avatar)),
        ("Department", optional(department)),
        ("Title", optional(title)),
        ("Manager", optional(manager_name)),
        (
            "Location",
            location_id.map(|id| id.to_string()).unwrap_or_default(),
        ),
        ("Extension", optional(extension)),
        ("Numbers", numbers.join(", ")),
        ("Addresses", addresses),
        ("Time zone", optional(time_zone)),
        ("Language", optional(preferred_language)),
        ("Licences", license_names(held, licenses)),
    ]
}

/// The names of these licences; one that is not known any more by its id.
pub(super) fn license_names(held: &[LicenseId], known: &[License]) -> String {
    let mut names: Vec<String> = held
        .iter()
        .map(|id| {
            let license = known.iter().find(|license| license.id == *id);
            license.map_or_else(|| id.to_string(), |license| license.name.clone())
        })
        .collect();
    names.sort();
    names.join(", ")
}
