//! A person of the directory as a SCIM user.

use hub_directory::{OrganizationId, Person};
use kit::Timestamp;
use serde_json::{Value, json};
use webex::PersonAddress;

use super::phones;
use super::resource::{Tree, is_primary, text_at, tree_at, values_at};
use super::user_schema::{CORE_USER, ENTERPRISE_USER, WEBEX_USER};
use super::version;

/// What SCIM keeps of a person that the directory does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct UserExtra {
    /// Only where it is not the e-mail address.
    pub(crate) user_name: Option<String>,
    pub(crate) external_id: Option<String>,
    /// Attributes by their names in the schemas.
    pub(crate) kept: Tree,
}

impl UserExtra {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A group that a user is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupOfUser {
    pub(crate) id: kit::Uuid,
    pub(crate) display_name: String,
}

/// Where the resources of an organization stand.
#[derive(Clone, Debug)]
pub(crate) struct Base(pub(crate) String);

impl Base {
    pub(crate) fn user(&self, id: impl std::fmt::Display) -> String {
        format!("{}/Users/{id}", self.0)
    }

    pub(crate) fn group(&self, id: impl std::fmt::Display) -> String {
        format!("{}/Groups/{id}", self.0)
    }
}

/// What a person signs in by, as SCIM says it.
pub(crate) fn user_name(person: &Person, extra: &UserExtra) -> String {
    extra.user_name.clone().unwrap_or_else(|| person.email.clone())
}

/// The whole user. `groups` is `None` where nobody asked for them.
pub(crate) fn tree(person: &Person, extra: &UserExtra, groups: Option<&[GroupOfUser]>, base: &Base) -> Tree {
    let mut tree = Tree::new();
    let mut schemas = vec![CORE_USER, WEBEX_USER];
    put(&mut tree, "id", Some(person.id.to_string()));
    put(&mut tree, "externalId", extra.external_id.clone());
    put(&mut tree, "userName", Some(user_name(person, extra)));
    tree.insert("active".to_owned(), Value::Bool(person.login_enabled));
    put(&mut tree, "displayName", Some(person.display_name.clone()));
    put(&mut tree, "nickName", person.nick_name.clone());
    put(&mut tree, "title", person.title.clone());
    put(&mut tree, "preferredLanguage", person.preferred_language.clone());
    put(&mut tree, "timezone", person.time_zone.clone());
    for key in ["profileUrl", "locale"] {
        put(&mut tree, key, text_at(&extra.kept, key).map(ToOwned::to_owned));
    }
    let user_type = text_at(&extra.kept, "userType").unwrap_or("user");
    put(&mut tree, "userType", Some(user_type.to_owned()));
    put_tree(&mut tree, "name", name(person, extra));
    put_values(&mut tree, "emails", emails(person, extra));
    put_values(
        &mut tree,
        "phoneNumbers",
        phones::shown(person, values_at(&extra.kept, "phoneNumbers")),
    );
    put_values(&mut tree, "photos", photos(person, extra));
    put_values(
        &mut tree,
        "addresses",
        person.addresses.iter().map(address).collect(),
    );
    let roles = person.roles.iter().map(|role| json!({ "value": role.key() }));
    put_values(&mut tree, "roles", roles.collect());
    let enterprise = enterprise(person, extra, base);
    if !enterprise.is_empty() {
        schemas.push(ENTERPRISE_USER);
    }
    put_tree(&mut tree, ENTERPRISE_USER, enterprise);
    put_tree(&mut tree, WEBEX_USER, webex(person, extra));
    tree.insert("schemas".to_owned(), json!(schemas));
    let version = version::of_tree(&tree);
    if let Some(groups) = groups {
        let shown = groups.iter().map(|group| {
            json!({ "value": group.id.to_string(), "display": group.display_name, "$ref": base.group(group.id) })
        });
        put_values(&mut tree, "groups", shown.collect());
    }
    let location = base.user(person.id);
    tree.insert(
        "meta".to_owned(),
        meta(
            "User",
            person.created_at,
            person.last_modified_at,
            &location,
            &version,
        ),
    );
    tree
}

/// The `meta` of a resource.
pub(crate) fn meta(
    kind: &str,
    created: Timestamp,
    changed: Timestamp,
    location: &str,
    version: &str,
) -> Value {
    json!({
        "resourceType": kind,
        "created": created,
        "lastModified": changed,
        "location": location,
        "version": version,
    })
}

/// The version that [`tree`] wrote.
pub(crate) fn version_of(tree: &Tree) -> &str {
    tree_at(tree, "meta")
        .and_then(|meta| text_at(meta, "version"))
        .unwrap_or_default()
}

pub(crate) fn put(tree: &mut Tree, key: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        tree.insert(key.to_owned(), Value::String(value));
    }
}

fn put_tree(tree: &mut Tree, key: &str, value: Tree) {
    if !value.is_empty() {
        tree.insert(key.to_owned(), Value::Object(value));
    }
}

fn put_values(tree: &mut Tree, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        tree.insert(key.to_owned(), Value::Array(values));
    }
}

fn name(person: &Person, extra: &UserExtra) -> Tree {
    let mut name = tree_at(&extra.kept, "name").cloned().unwrap_or_default();
    put(&mut name, "givenName", person.first_name.clone());
    put(&mut name, "familyName", person.last_name.clone());
    name
}

/// Which of the addresses is the one to sign in by: the primary one, else the first.
pub(crate) fn sign_in_position(emails: &[Value]) -> usize {
    emails.iter().position(is_primary).unwrap_or(0)
}

/// The addresses that SCIM keeps, with the directory's own in its place.
fn emails(person: &Person, extra: &UserExtra) -> Vec<Value> {
    let mut emails = values_at(&extra.kept, "emails").to_vec();
    let position = sign_in_position(&emails);
    match emails.get_mut(position) {
        None => emails.push(json!({ "value": person.email, "type": "work", "primary": true })),
        Some(entry) => {
            let written = entry.get("value").and_then(Value::as_str).unwrap_or_default();
            // In the spelling in which it was written, as long as it is the same address.
            if written.to_lowercase() != person.email
                && let Value::Object(parts) = entry
            {
                parts.insert("value".to_owned(), Value::String(person.email.clone()));
                parts.remove("display");
            }
        }
    }
    emails
}

fn photos(person: &Person, extra: &UserExtra) -> Vec<Value> {
    let mut photos = values_at(&extra.kept, "photos").to_vec();
    let position = sign_in_position(&photos);
    match (&person.avatar, photos.get_mut(position)) {
        (None, None) => {}
        // Taken away elsewhere.
        (None, Some(_)) => {
            photos.remove(position);
        }
        (Some(avatar), None) => photos.push(json!({ "value": avatar, "type": "photo" })),
        (Some(avatar), Some(entry)) => {
            if let Value::Object(parts) = entry {
                parts.insert("value".to_owned(), Value::String(avatar.clone()));
            }
        }
    }
    photos
}

fn address(address: &PersonAddress) -> Value {
    let PersonAddress {
        kind,
        country,
        locality,
        region,
        street_address,
        postal_code,
    } = address;
    let mut tree = Tree::new();
    put(&mut tree, "type", kind.clone());
    put(&mut tree, "streetAddress", street_address.clone());
    put(&mut tree, "locality", locality.clone());
    put(&mut tree, "region", region.clone());
    put(&mut tree, "postalCode", postal_code.clone());
    put(&mut tree, "country", country.clone());
    Value::Object(tree)
}

fn enterprise(person: &Person, extra: &UserExtra, base: &Base) -> Tree {
    let mut tree = tree_at(&extra.kept, ENTERPRISE_USER).cloned().unwrap_or_default();
    put(&mut tree, "department", person.department.clone());
    let mut manager = Tree::new();
    if let Some(id) = person.manager_id {
        put(&mut manager, "value", Some(id.to_string()));
        put(&mut manager, "$ref", Some(base.user(id)));
    }
    put(&mut manager, "displayName", person.manager_name.clone());
    put_tree(&mut tree, "manager", manager);
    tree
}

fn webex(person: &Person, extra: &UserExtra) -> Tree {
    let mut tree = tree_at(&extra.kept, WEBEX_USER).cloned().unwrap_or_default();
    let status = match (person.login_enabled, person.invite_pending) {
        (false, _) => "disabled",
        (true, true) => "pending",
        (true, false) => "active",
    };
    tree.insert("accountStatus".to_owned(), json!([status]));
    let managed = person
        .roles
        .iter()
        .map(|role| json!({ "orgId": person.organization_id.to_string(), "role": role.key() }));
    put_values(&mut tree, "managedOrgs", managed.collect());
    tree.insert(
        "meta".to_owned(),
        json!({ "organizationId": person.organization_id.to_string() }),
    );
    tree
}

/// The organization's SCIM base: absolute, from the configured public address.
pub(crate) fn base(public_url: &kit_web::PublicUrl, organization_id: OrganizationId) -> Base {
    Base(public_url.link(&format!("/identity/scim/{organization_id}/v2")))
}
