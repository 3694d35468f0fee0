use kit::{Error, Result};
use serde::{Deserialize, Serialize};
use webex::{PersonKind, PhoneNumberKind, PublicId, ResourceKind};

use super::{Number, NumberKind};

/// Whether somebody is in the organization at the last synchronization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Present,
    /// Not in the answer since this moment.
    Left {
        since: kit::Timestamp,
    },
}

/// What the Suite keeps of a person: what the integrations need, and nothing that changes by itself (presence, last
/// activity), so that a run without news is a run without changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecord {
    pub display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The manager's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// The manager's UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<String>,
    /// The calling location's UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_enabled: Option<bool>,
}

impl PersonRecord {
    /// The name by which lists are ordered: family name first where it is known.
    pub fn ordering_name(&self) -> String {
        let name = match (&self.last_name, &self.first_name) {
            (Some(last), Some(first)) => kit::search_key(&format!("{last} {first}")),
            (Some(last), None) => kit::search_key(last),
            _ => kit::search_key(&self.display_name),
        };
        at_most(name, 400)
    }

    /// What searches look into: names and addresses, folded.
    pub fn searched_text(&self) -> String {
        let names = [
            Some(&self.display_name),
            self.first_name.as_ref(),
            self.last_name.as_ref(),
            self.nick_name.as_ref(),
        ];
        let mut words: Vec<String> = Vec::new();
        for word in names
            .into_iter()
            .flatten()
            .chain(&self.emails)
            .flat_map(|text| text.split_whitespace())
        {
            let word = kit::search_key(word);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        at_most(words.join(" "), 1_500)
    }

    pub fn number(&self, kind: NumberKind) -> Option<&str> {
        self.numbers
            .iter()
            .find(|number| number.kind == kind)
            .map(|number| number.value.as_str())
    }
}

/// Cuts a text to so many bytes: both keys stand in an index, and PostgreSQL takes 2,700 bytes there at the most.
fn at_most(mut text: String, bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// The person's UUID and record out of an answer; `None` for a bot or an app user, who is no person.
pub(crate) fn person_from_wire(person: webex::Person) -> Result<Option<(String, PersonRecord)>> {
    let webex::Person {
        id,
        emails,
        phone_numbers,
        extension,
        location_id,
        display_name,
        nick_name,
        first_name,
        last_name,
        avatar: _,
        org_id: _,
        roles: _,
        licenses: _,
        department,
        manager,
        manager_id,
        title,
        addresses: _,
        created: _,
        last_modified: _,
        time_zone,
        last_activity: _,
        site_urls: _,
        sip_addresses: _,
        status: _,
        invite_pending: _,
        login_enabled,
        kind,
    } = person;
    if !matches!(kind, None | Some(PersonKind::Person)) {
        return Ok(None);
    }
    let id = PublicId::parse(ResourceKind::People, &id).map_err(|error| {
        Error::unavailable("Webex answered a person without a readable id; nothing was changed.")
            .because(error)
    })?;
    let record = PersonRecord {
        display_name,
        first_name: filled(first_name),
        last_name: filled(last_name),
        nick_name: filled(nick_name),
        emails,
        numbers: numbers(phone_numbers, filled(extension)),
        title: filled(title),
        department: filled(department),
        manager: filled(manager),
        manager_id: filled(manager_id).map(|id| bare_id(ResourceKind::People, id)),
        location_id: filled(location_id).map(|id| bare_id(ResourceKind::Location, id)),
        time_zone: filled(time_zone),
        login_enabled,
    };
    Ok(Some((id.value().to_owned(), record)))
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The UUID inside an id; the id itself where it is of another form.
pub(crate) fn bare_id(kind: ResourceKind, id: String) -> String {
    PublicId::parse(kind, &id)
        .map(|id| id.value().to_owned())
        .unwrap_or(id)
}

fn numbers(phone_numbers: Vec<webex::PhoneNumber>, extension: Option<String>) -> Vec<Number> {
    let extension = extension.map(|value| Number {
        kind: NumberKind::Extension,
        value,
    });
    let numbers = phone_numbers.into_iter().map(
        |webex::PhoneNumber {
             kind,
             value,
             primary: _,
         }| Number {
            kind: kind_from_wire(kind),
            value,
        },
    );
    let mut numbers: Vec<Number> = numbers
        .chain(extension)
        .filter(|number| !number.value.is_empty())
        .collect();
    // The platform promises no order; without one every run would find changes.
    numbers.sort_by(|a, b| (a.kind as u8, &a.value).cmp(&(b.kind as u8, &b.value)));
    numbers.dedup();
    numbers
}

const fn kind_from_wire(kind: PhoneNumberKind) -> NumberKind {
    match kind {
        PhoneNumberKind::Work => NumberKind::Work,
        PhoneNumberKind::WorkExtension => NumberKind::WorkExtension,
        PhoneNumberKind::Mobile => NumberKind::Mobile,
        PhoneNumberKind::Fax => NumberKind::Fax,
        PhoneNumberKind::Enterprise => NumberKind::Enterprise,
        PhoneNumberKind::Alternate1 | PhoneNumberKind::Alternate2 => NumberKind::Alternate,
        PhoneNumberKind::Other => NumberKind::Other,
    }
}

/// The name of the field whose values are ids of locations.
pub(crate) const LOCATION: &str = "Location";

/// A field that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// What changed between two states of a person, field by field.
pub(crate) fn differences(old: &PersonRecord, new: &PersonRecord) -> Vec<FieldChange> {
    // A manager's id says nothing to people that the name does not say.
    let renamed = old.manager != new.manager;
    let (old, new) = (shown(old), shown(new));
    old.into_iter()
        .zip(new)
        .filter(|((field, old), (_, new))| old != new && !(renamed && *field == "Manager id"))
        .map(|((field, old), (_, new))| FieldChange {
            field: field.to_owned(),
            old,
            new,
        })
        .collect()
}

/// Every field with its name and its text.
fn shown(record: &PersonRecord) -> [(&'static str, Option<String>); 13] {
    let PersonRecord {
        display_name,
        first_name,
        last_name,
        nick_name,
        emails,
        numbers,
        title,
        department,
        manager,
        manager_id,
        location_id,
        time_zone,
        login_enabled,
    } = record;
    let list = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
    [
        ("Display name", Some(display_name.clone())),
        ("First name", first_name.clone()),
        ("Last name", last_name.clone()),
        ("Nickname", nick_name.clone()),
        ("E-mail", list(emails.clone())),
        (
            "Numbers",
            list(
                numbers
                    .iter()
                    .map(|number| format!("{} {}", number.kind.name(), number.value))
                    .collect(),
            ),
        ),
        ("Title", title.clone()),
        ("Department", department.clone()),
        ("Manager", manager.clone()),
        ("Manager id", manager_id.clone()),
        (LOCATION, location_id.clone()),
        ("Time zone", time_zone.clone()),
        (
            "Sign-in",
            login_enabled.map(|enabled| if enabled { "allowed" } else { "not allowed" }.to_owned()),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(text: &str) -> webex::Person {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_same_numbers_in_another_order_are_no_change() {
        let one = wire(
            r#"{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","displayName":"A","extension":"12","phoneNumbers":[{"type":"work","value":"+1"},{"type":"mobile","value":"+2"}]}"#,
        );
        let two = wire(
            r#"{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","displayName":"A","extension":"12","phoneNumbers":[{"type":"mobile","value":"+2"},{"type":"work","value":"+1"}],"status":"call"}"#,
        );
        let (id, one) = person_from_wire(one).unwrap().unwrap();
        let (_, two) = person_from_wire(two).unwrap().unwrap();
        assert_eq!(id, "3fa85f64-5717-4562-b3fc-2c963f66afa6");
        assert_eq!(one, two);
        assert!(differences(&one, &two).is_empty());
    }

    #[test]
    fn a_change_is_named_with_old_and_new() {
        let old = PersonRecord {
            display_name: "Ada".into(),
            department: Some("Sales".into()),
            ..PersonRecord::default()
        };
        let new = PersonRecord {
            numbers: vec![Number {
                kind: NumberKind::Extension,
                value: "1234".into(),
            }],
            department: None,
            ..old.clone()
        };
        let changes = differences(&old, &new);
        assert_eq!(
            changes[0],
            FieldChange {
                field: "Numbers".into(),
                old: None,
                new: Some("Extension 1234".into())
            }
        );
        assert_eq!(
            changes[1],
            FieldChange {
                field: "Department".into(),
                old: Some("Sales".into()),
                new: None
            }
        );
        assert_eq!(changes.len(), 2);
    }

    #[test]
    fn bots_are_no_people_and_unreadable_ids_are_an_error() {
        assert!(
            person_from_wire(wire(
                r#"{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","type":"bot"}"#
            ))
            .unwrap()
            .is_none()
        );
        assert!(person_from_wire(wire(r#"{"id":"???","type":"person"}"#)).is_err());
    }

    #[test]
    fn searches_find_every_name_and_address_once() {
        let record = PersonRecord {
            display_name: "Łukasz Nowak".into(),
            first_name: Some("Łukasz".into()),
            last_name: Some("Nowak".into()),
            emails: vec!["L.Nowak@contoso.example".into()],
            ..PersonRecord::default()
        };
        assert_eq!(record.searched_text(), "lukasz nowak l.nowak@contoso.example");
        assert_eq!(record.ordering_name(), "nowak lukasz");
        let endless = PersonRecord {
            last_name: Some("ж".repeat(5_000)),
            ..record
        };
        assert!(
            endless.ordering_name().len() + endless.searched_text().len() < 2_000,
            "an index takes what it gets"
        );
    }
}
