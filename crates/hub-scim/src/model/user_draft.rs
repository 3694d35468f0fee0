//! What a SCIM user says, as the directory and this slice keep it.

use hub_directory::{Person, PersonDraft, PersonId};
use kit::Uuid;
use serde_json::{Value, json};
use webex::{PersonAddress, Role};

use super::error::{Outcome, ScimError};
use super::phones;
use super::resource::{Tree, is_primary, text_at, tree_at, values_at};
use super::user::{UserExtra, sign_in_position, user_name};
use super::user_schema::{ENTERPRISE_USER, WEBEX_USER};

/// What is there before a user is replaced.
pub(crate) struct Before<'a> {
    pub(crate) person: &'a Person,
    pub(crate) extra: &'a UserExtra,
}

/// What to write.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) draft: PersonDraft,
    pub(crate) extra: UserExtra,
}

/// Whether roles that are not named are taken away. A PUT by a client that knows nothing of roles must not demote an
/// administrator; a PATCH that removes them says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingRoles {
    Kept,
    Taken,
}

/// Reads a tree that [`super::resource::read`] made.
pub(crate) fn settle(
    before: Option<&Before<'_>>,
    tree: &Tree,
    missing_roles: MissingRoles,
) -> Outcome<Settled> {
    let person = before.map(|before| before.person);
    let addresses = settle_addresses(before, tree)?;
    let (numbers, phones) = phones::settled(person, values_at(tree, "phoneNumbers"));
    let photos = values_at(tree, "photos");
    let avatar = photos
        .get(sign_in_position(photos))
        .and_then(|photo| photo.get("value"))
        .and_then(Value::as_str);
    let mut draft = person.map(PersonDraft::of).unwrap_or_default();
    let name = tree_at(tree, "name");
    let name_part = |part| owned(name.and_then(|name| text_at(name, part)));
    draft.exact = true;
    draft.email = Some(addresses.email);
    draft.display_name = display_name(tree);
    draft.first_name = name_part("givenName");
    draft.last_name = name_part("familyName");
    draft.nick_name = owned(text_at(tree, "nickName"));
    draft.title = owned(text_at(tree, "title"));
    draft.preferred_language = owned(text_at(tree, "preferredLanguage"));
    draft.time_zone = owned(text_at(tree, "timezone"));
    draft.avatar = owned(avatar);
    draft.addresses = values_at(tree, "addresses").iter().map(address).collect();
    draft.login_enabled = tree.get("active").and_then(Value::as_bool);
    draft.calling.complete = true;
    draft.calling.numbers = Some(numbers);
    settle_work(&mut draft, tree)?;
    match (tree.get("roles"), missing_roles) {
        (Some(_), _) => draft.roles = roles(tree)?,
        (None, MissingRoles::Taken) => draft.roles = Vec::new(),
        (None, MissingRoles::Kept) => {}
    }
    let extra = UserExtra {
        user_name: addresses.user_name,
        external_id: owned(text_at(tree, "externalId")),
        kept: kept(tree, addresses.kept, phones),
    };
    Ok(Settled { draft, extra })
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(ToOwned::to_owned)
}

/// Without a name at all the address is one.
fn display_name(tree: &Tree) -> Option<String> {
    let name = tree_at(tree, "name");
    let has_parts =
        name.is_some_and(|name| name.contains_key("givenName") || name.contains_key("familyName"));
    let given = text_at(tree, "displayName");
    owned(given.or_else(|| text_at(tree, "userName").filter(|_| !has_parts)))
}

fn address(value: &Value) -> PersonAddress {
    let part = |key: &str| value.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
    PersonAddress {
        kind: part("type"),
        country: part("country"),
        locality: part("locality"),
        region: part("region"),
        street_address: part("streetAddress"),
        postal_code: part("postalCode"),
    }
}

/// Department and manager. A manager whom only a name is known of is not SCIM's to write, and stays.
fn settle_work(draft: &mut PersonDraft, tree: &Tree) -> Outcome<()> {
    let enterprise = tree_at(tree, ENTERPRISE_USER);
    draft.department = owned(enterprise.and_then(|enterprise| text_at(enterprise, "department")));
    let manager = enterprise.and_then(|enterprise| tree_at(enterprise, "manager"));
    let named = manager.and_then(|manager| {
        let by_reference = text_at(manager, "$ref").and_then(|reference| reference.rsplit('/').next());
        text_at(manager, "value").or(by_reference)
    });
    let only_a_name = draft.manager_id.is_none() && draft.manager_name.is_some();
    match named {
        Some(id) => {
            let id = Uuid::parse_str(id).map_err(|_| {
                ScimError::value("manager.value must be the id of a user of this organization.")
            })?;
            draft.manager_id = Some(PersonId::new(id));
            draft.manager_name = None;
        }
        None if only_a_name => {}
        None => {
            draft.manager_id = None;
            draft.manager_name = None;
        }
    }
    Ok(())
}

fn roles(tree: &Tree) -> Outcome<Vec<Role>> {
    let mut roles = Vec::new();
    for value in values_at(tree, "roles") {
        let key = value.get("value").and_then(Value::as_str).unwrap_or_default();
        roles.push(
            Role::from_key(key).ok_or_else(|| ScimError::value("roles names a role that does not exist."))?,
        );
    }
    Ok(roles)
}

struct Addresses {
    email: String,
    /// Where it is not the address.
    user_name: Option<String>,
    /// What SCIM keeps; nothing where the address alone says it all.
    kept: Vec<Value>,
}

fn is_address(text: &str) -> bool {
    text.contains('@')
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// A user signs in by the primary address, and `userName` says the same. Where a client changed one of the two, the
/// other follows; where it contradicts itself, it hears so.
fn settle_addresses(before: Option<&Before<'_>>, tree: &Tree) -> Outcome<Addresses> {
    let Some(name) = text_at(tree, "userName").map(str::trim) else {
        return Err(ScimError::value(
            "userName is missing: it must be the e-mail address of the user.",
        ));
    };
    let mut emails = values_at(tree, "emails").to_vec();
    if emails.iter().any(|entry| entry.get("value").is_none()) {
        return Err(ScimError::value("Each of emails needs a value: the address."));
    }
    if is_address(name) && !emails.iter().any(is_primary) {
        let known = emails.iter_mut().find(|entry| same(value_of(entry), name));
        match known {
            Some(Value::Object(parts)) => {
                parts.insert("primary".to_owned(), Value::Bool(true));
            }
            _ => emails.insert(0, json!({ "value": name, "type": "work", "primary": true })),
        }
    }
    let position = sign_in_position(&emails);
    let Some(email) = emails.get(position).map(value_of).map(ToOwned::to_owned) else {
        return Err(ScimError::value(
            "userName must be an e-mail address, or emails must hold the address by which the user signs in.",
        ));
    };
    if !is_address(name) {
        let user_name = Some(name.to_owned());
        return Ok(Addresses {
            email,
            user_name,
            kept: emails,
        });
    }
    let email = if same(name, &email) {
        email
    } else {
        let followed = follow(before, name, &email)?;
        if let Some(Value::Object(parts)) = emails.get_mut(position) {
            parts.insert("value".to_owned(), Value::String(followed.clone()));
        }
        followed
    };
    let plain = json!([{ "value": email, "type": "work", "primary": true }]);
    let kept = if Value::Array(emails.clone()) == plain {
        Vec::new()
    } else {
        emails
    };
    Ok(Addresses {
        email,
        user_name: None,
        kept,
    })
}

fn value_of(entry: &Value) -> &str {
    entry.get("value").and_then(Value::as_str).unwrap_or_default()
}

fn follow(before: Option<&Before<'_>>, name: &str, email: &str) -> Outcome<String> {
    if let Some(before) = before {
        let name_changed = !same(name, &user_name(before.person, before.extra));
        let email_changed = !same(email, &before.person.email);
        match (name_changed, email_changed) {
            (true, false) => return Ok(name.to_owned()),
            (false, true) => return Ok(email.to_owned()),
            _ => {}
        }
    }
    Err(ScimError::value(
        "userName and the primary address of emails must be the same address.",
    ))
}

/// The attributes that the directory has no place for.
fn kept(tree: &Tree, emails: Vec<Value>, phones: Vec<Value>) -> Tree {
    let mut kept = Tree::new();
    for key in ["profileUrl", "locale"] {
        if let Some(value) = tree.get(key) {
            kept.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(kind) = text_at(tree, "userType").filter(|kind| *kind != "user") {
        kept.insert("userType".to_owned(), json!(kind));
    }
    keep_tree(&mut kept, tree, "name", &["givenName", "familyName"]);
    keep_tree(&mut kept, tree, ENTERPRISE_USER, &["department", "manager"]);
    keep_tree(&mut kept, tree, WEBEX_USER, &[]);
    let photos = values_at(tree, "photos").to_vec();
    // A single picture without further words is the directory's alone.
    let is_plain = |photo: &Value| {
        photo
            .as_object()
            .is_some_and(|parts| parts.keys().all(|key| key == "value" || key == "type"))
            && photo.get("type").and_then(Value::as_str) == Some("photo")
    };
    let photos = if photos.len() == 1 && is_plain(&photos[0]) {
        Vec::new()
    } else {
        photos
    };
    for (key, values) in [("emails", emails), ("phoneNumbers", phones), ("photos", photos)] {
        if !values.is_empty() {
            kept.insert(key.to_owned(), Value::Array(values));
        }
    }
    kept
}

fn keep_tree(kept: &mut Tree, tree: &Tree, key: &str, but: &[&str]) {
    let parts: Tree = tree_at(tree, key)
        .into_iter()
        .flatten()
        .filter(|(part, _)| !but.contains(&part.as_str()))
        .map(|(part, value)| (part.clone(), value.clone()))
        .collect();
    if !parts.is_empty() {
        kept.insert(key.to_owned(), Value::Object(parts));
    }
}

/// The addresses besides the one to sign in by, as they are looked up.
pub(crate) fn further_addresses(extra: &UserExtra, email: &str) -> Vec<String> {
    let mut addresses: Vec<String> = values_at(&extra.kept, "emails")
        .iter()
        .map(|entry| value_of(entry).trim().to_lowercase())
        .filter(|address| !address.is_empty() && address != email)
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}
