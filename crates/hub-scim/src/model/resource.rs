//! A resource as a tree of values whose names are spelled as the schemas spell them.

use kit::Timestamp;
use serde_json::{Map, Value};

use super::error::{Outcome, ScimError};
use super::schema::{Attribute, Kind, ResourceType, Schema, named};

pub(crate) type Tree = Map<String, Value>;

const LONGEST_TEXT: usize = 1_024;
const MOST_VALUES: usize = 1_000;

/// Reads what a client sent: names in any spelling become the schemas' own, what only this server writes is dropped,
/// and so are attributes and schemas that nobody here knows, and whatever is unassigned (`null`, an empty list).
pub(crate) fn read(kind: &ResourceType, input: &Value) -> Outcome<Tree> {
    let Value::Object(input) = input else {
        return Err(ScimError::syntax(
            "The body of this request must be a JSON object.",
        ));
    };
    require_core_schema(kind, input)?;
    let mut tree = Tree::new();
    for (key, value) in input {
        if let Some(schema) = kind.extension(key) {
            read_extension(schema, value, &mut tree)?;
        } else if let Some(place) = kind.find(Some(kind.core.id), key)
            && !place.attribute.is_read_only()
            && let Some(value) = value_of(place.attribute, value)?
        {
            tree.insert(place.attribute.name.to_owned(), value);
        }
    }
    Ok(tree)
}

fn require_core_schema(kind: &ResourceType, input: &Tree) -> Outcome<()> {
    let Some((_, schemas)) = input.iter().find(|(key, _)| key.eq_ignore_ascii_case("schemas")) else {
        return Ok(());
    };
    let listed = schemas.as_array().map(Vec::as_slice).unwrap_or_default();
    let has_core = listed
        .iter()
        .filter_map(Value::as_str)
        .any(|id| id.eq_ignore_ascii_case(kind.core.id));
    if listed.is_empty() || has_core {
        return Ok(());
    }
    Err(ScimError::value(format!("schemas must hold {}.", kind.core.id)))
}

fn read_extension(schema: &'static Schema, value: &Value, tree: &mut Tree) -> Outcome<()> {
    let parts = match value {
        Value::Null => return Ok(()),
        Value::Object(parts) => parts,
        _ => {
            return Err(ScimError::value(format!("{} must be a JSON object.", schema.id)));
        }
    };
    let mut below = Tree::new();
    for (key, value) in parts {
        if let Some(attribute) = named(schema.attributes, key)
            && !attribute.is_read_only()
            && let Some(value) = value_of(attribute, value)?
        {
            below.insert(attribute.name.to_owned(), value);
        }
    }
    if !below.is_empty() {
        tree.insert(schema.id.to_owned(), Value::Object(below));
    }
    Ok(())
}

/// The value of an attribute in its own form; `None` where it says that there is none.
pub(crate) fn value_of(attribute: &Attribute, value: &Value) -> Outcome<Option<Value>> {
    if !attribute.several {
        return single(attribute, value);
    }
    let given = match value {
        Value::Array(values) => values.as_slice(),
        Value::Null => return Ok(None),
        // One value where several may stand.
        single => std::slice::from_ref(single),
    };
    if given.len() > MOST_VALUES {
        return Err(ScimError::value(format!(
            "{} holds more than {MOST_VALUES} values.",
            attribute.name
        )));
    }
    let mut values = Vec::with_capacity(given.len());
    for value in given {
        values.extend(single(attribute, value)?);
    }
    if values.iter().filter(|value| is_primary(value)).count() > 1 {
        return Err(ScimError::value(format!(
            "Only one value of {} can be the primary one.",
            attribute.name
        )));
    }
    Ok((!values.is_empty()).then_some(Value::Array(values)))
}

pub(crate) fn is_primary(value: &Value) -> bool {
    value.get("primary") == Some(&Value::Bool(true))
}

/// One value of an attribute.
pub(crate) fn single(attribute: &Attribute, value: &Value) -> Outcome<Option<Value>> {
    if value.is_null() {
        return Ok(None);
    }
    match attribute.kind {
        Kind::Text | Kind::Reference => text(attribute, value),
        Kind::Boolean => boolean(attribute, value).map(Some),
        Kind::Moment => moment(attribute, value).map(Some),
        Kind::Complex(parts) => complex(attribute, parts, value),
    }
}

fn text(attribute: &Attribute, value: &Value) -> Outcome<Option<Value>> {
    let wrong = |what: &str| Err(ScimError::value(format!("{} {what}.", attribute.name)));
    let Value::String(text) = value else {
        return wrong("must be a text");
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST_TEXT {
        return wrong(&format!("is longer than {LONGEST_TEXT} characters"));
    }
    if text
        .chars()
        .any(|character| character.is_control() && character != '\n' && character != '\r')
    {
        return wrong("holds control characters");
    }
    if attribute.canonical.is_empty() {
        return Ok(Some(Value::String(text.clone())));
    }
    match attribute
        .canonical
        .iter()
        .find(|known| known.eq_ignore_ascii_case(text))
    {
        Some(known) => Ok(Some(Value::String((*known).to_owned()))),
        None => wrong(&format!("must be one of {}", attribute.canonical.join(", "))),
    }
}

/// Microsoft Entra writes booleans as texts.
fn boolean(attribute: &Attribute, value: &Value) -> Outcome<Value> {
    match value {
        Value::Bool(_) => Ok(value.clone()),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
        _ => Err(ScimError::value(format!(
            "{} must be true or false.",
            attribute.name
        ))),
    }
}

fn moment(attribute: &Attribute, value: &Value) -> Outcome<Value> {
    let parsed = value.as_str().and_then(|text| Timestamp::parse(text).ok());
    parsed
        .map(|moment| Value::String(moment.to_string()))
        .ok_or_else(|| {
            ScimError::value(format!(
                "{} must be a moment like 2026-09-23T10:06:45.423Z.",
                attribute.name
            ))
        })
}

fn complex(attribute: &Attribute, parts: &'static [Attribute], value: &Value) -> Outcome<Option<Value>> {
    let mut tree = Tree::new();
    match value {
        Value::Object(given) => {
            for (key, value) in given {
                if let Some(part) = named(parts, key)
                    && !part.is_read_only()
                    && let Some(value) = value_of(part, value)?
                {
                    tree.insert(part.name.to_owned(), value);
                }
            }
        }
        // A bare text stands for the value itself, or, where a client can send nothing but texts, for JSON.
        Value::String(text) => {
            if text.trim_start().starts_with('{')
                && let Ok(parsed @ Value::Object(_)) = serde_json::from_str(text)
            {
                return complex(attribute, parts, &parsed);
            }
            let Some(part) = named(parts, "value") else {
                return Err(not_an_object(attribute));
            };
            if let Some(value) = value_of(part, value)? {
                tree.insert(part.name.to_owned(), value);
            }
        }
        _ => return Err(not_an_object(attribute)),
    }
    Ok((!tree.is_empty()).then_some(Value::Object(tree)))
}

fn not_an_object(attribute: &Attribute) -> ScimError {
    ScimError::value(format!("{} must be a JSON object.", attribute.name))
}

/// The tree without what only this server writes: what a client could have sent to get it.
pub(crate) fn writable(kind: &ResourceType, tree: &Tree) -> Outcome<Tree> {
    read(kind, &Value::Object(tree.clone()))
}

/// The text at a key.
pub(crate) fn text_at<'a>(tree: &'a Tree, key: &str) -> Option<&'a str> {
    tree.get(key).and_then(Value::as_str)
}

/// The tree at a key.
pub(crate) fn tree_at<'a>(tree: &'a Tree, key: &str) -> Option<&'a Tree> {
    tree.get(key).and_then(Value::as_object)
}

/// The values at a key.
pub(crate) fn values_at<'a>(tree: &'a Tree, key: &str) -> &'a [Value] {
    tree.get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
