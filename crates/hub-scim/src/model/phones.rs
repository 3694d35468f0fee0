//! Telephone numbers: some are calling's own, some the directory keeps, and some only SCIM knows.

use hub_directory::{Number, Person};
use serde_json::{Value, json};
use webex::PhoneNumberKind;

use super::resource::is_primary;

/// The types that the directory keeps one number of, and that ring nowhere.
const SHARED: [(&str, PhoneNumberKind); 2] =
    [("mobile", PhoneNumberKind::Mobile), ("fax", PhoneNumberKind::Fax)];

fn type_of(entry: &Value) -> &str {
    entry.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn value_of(entry: &Value) -> &str {
    entry.get("value").and_then(Value::as_str).unwrap_or_default()
}

/// SCIM has no word for the alternates of calling.
fn word(kind: PhoneNumberKind) -> &'static str {
    match kind {
        PhoneNumberKind::Work => "work",
        PhoneNumberKind::WorkExtension => "work_extension",
        PhoneNumberKind::Mobile => "mobile",
        PhoneNumberKind::Fax => "fax",
        PhoneNumberKind::Enterprise
        | PhoneNumberKind::Alternate1
        | PhoneNumberKind::Alternate2
        | PhoneNumberKind::Other => "other",
    }
}

/// What the user shows: what the directory has, and of what SCIM keeps whatever does not contradict it.
pub(crate) fn shown(person: &Person, kept: &[Value]) -> Vec<Value> {
    let kept_primary = kept.iter().any(is_primary);
    let mut shown = Vec::new();
    for number in person.numbers.iter().filter(|number| !is_shared(number)) {
        let mut entry = json!({ "value": number.value, "type": word(number.kind) });
        if number.primary && !kept_primary {
            entry["primary"] = Value::Bool(true);
        }
        shown.push(entry);
    }
    if let Some(extension) = person.prefixed_extension() {
        shown.push(json!({ "value": extension, "type": "work_extension" }));
    }
    let mut shared: Vec<&Number> = person.numbers.iter().filter(|number| is_shared(number)).collect();
    for entry in kept {
        let Some(kind) = shared_kind(entry) else {
            shown.push(entry.clone());
            continue;
        };
        let is_first = kept.iter().find(|other| shared_kind(other) == Some(kind)) == Some(entry);
        let number = shared.iter().position(|number| number.kind == kind);
        match (is_first, number) {
            // A second one of its type, or one that is no telephone number: the directory knows nothing of it.
            (false, _) => shown.push(entry.clone()),
            (true, _) if hub_directory::e164(value_of(entry)).is_err() => shown.push(entry.clone()),
            // Taken away elsewhere.
            (true, None) => {}
            (true, Some(position)) => shown.push(of_directory(entry, shared.remove(position))),
        }
    }
    shown.extend(
        shared
            .iter()
            .map(|number| json!({ "value": number.value, "type": word(number.kind) })),
    );
    shown
}

fn is_shared(number: &Number) -> bool {
    SHARED.iter().any(|(_, kind)| *kind == number.kind)
}

fn shared_kind(entry: &Value) -> Option<PhoneNumberKind> {
    SHARED
        .iter()
        .find(|(word, _)| *word == type_of(entry))
        .map(|(_, kind)| *kind)
}

/// In the spelling in which it was written, as long as it is the same number.
fn of_directory(entry: &Value, number: &Number) -> Value {
    if hub_directory::e164(value_of(entry)).is_ok_and(|written| written == number.value) {
        return entry.clone();
    }
    let mut entry = entry.clone();
    if let Value::Object(parts) = &mut entry {
        parts.insert("value".to_owned(), Value::String(number.value.clone()));
        parts.remove("display");
    }
    entry
}

/// What a client's list means: the numbers of the directory, and what SCIM keeps beside it. What calling owns stays
/// as it is, whatever the list says: it comes back with every answer.
pub(crate) fn settled(before: Option<&Person>, wanted: &[Value]) -> (Vec<Number>, Vec<Value>) {
    let present = before.map(|person| person.numbers.as_slice()).unwrap_or_default();
    let mut numbers: Vec<Number> = present
        .iter()
        .filter(|number| !is_shared(number))
        .cloned()
        .collect();
    let has_calling = before.is_some_and(|person| person.location_id.is_some());
    let mut kept = Vec::new();
    for entry in wanted {
        if is_echo(before, entry) || (has_calling && is_work(entry)) {
            continue;
        }
        if let Some(kind) = shared_kind(entry)
            && !numbers.iter().any(|number| number.kind == kind)
            && let Ok(value) = hub_directory::e164(value_of(entry))
        {
            let primary = false;
            numbers.push(Number { kind, value, primary });
        }
        kept.push(entry.clone());
    }
    (numbers, kept)
}

fn is_work(entry: &Value) -> bool {
    matches!(type_of(entry), "work" | "work_extension")
}

/// What [`shown`] wrote of what the directory keeps and this list cannot change.
fn is_echo(before: Option<&Person>, entry: &Value) -> bool {
    let Some(person) = before else { return false };
    let is_extension = type_of(entry) == "work_extension"
        && person
            .prefixed_extension()
            .is_some_and(|extension| extension == value_of(entry));
    let is_number = person.numbers.iter().any(|number| {
        !is_shared(number) && number.value == value_of(entry) && word(number.kind) == type_of(entry)
    });
    is_extension || is_number
}
