//! The operations of a PATCH, read and checked against the schemas (RFC 7644, section 3.5.2).

use scim_v2::filter::{AttrPath, PatchPath, ValFilter};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::{Outcome, ScimError};
use super::filter::check_inner;
use super::schema::{Place, ResourceType};

const MOST_OPERATIONS: usize = 1_000;

/// The body of a PATCH.
#[derive(Debug, Deserialize)]
pub(crate) struct PatchBody {
    // Webex writes it with a capital letter, as RFC 7644 does; both are read.
    #[serde(alias = "Operations")]
    operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Operation {
    #[serde(alias = "Op", alias = "OP")]
    op: String,
    path: Option<String>,
    value: Option<Value>,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Add,
    Replace,
    Remove,
}

/// What it does it to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A whole extension.
    Extension(&'static str),
    /// An attribute, or a part of it.
    Attribute {
        extension: Option<&'static str>,
        attribute: &'static str,
        part: Option<&'static str>,
    },
    /// Those values of an attribute that meet a filter, or a part of each.
    Values {
        extension: Option<&'static str>,
        attribute: &'static str,
        filter: ValFilter,
        part: Option<&'static str>,
    },
}

/// An operation with a target that exists in the schemas.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) verb: Verb,
    pub(crate) target: Target,
    pub(crate) value: Value,
}

/// Reads the operations: one without a path becomes one for each attribute that its value names.
pub(crate) fn steps(kind: &ResourceType, body: &Value) -> Outcome<Vec<Step>> {
    let body: PatchBody = serde_json::from_value(body.clone()).map_err(|error| {
        ScimError::syntax(format!(
            "The body of this request must hold Operations, each with op, path and value: {error}."
        ))
    })?;
    if body.operations.len() > MOST_OPERATIONS {
        return Err(ScimError::value(format!(
            "Operations holds more than {MOST_OPERATIONS} operations."
        )));
    }
    let mut steps = Vec::with_capacity(body.operations.len());
    for operation in body.operations {
        read_operation(kind, operation, &mut steps)?;
    }
    Ok(steps)
}

fn read_operation(kind: &ResourceType, operation: Operation, steps: &mut Vec<Step>) -> Outcome<()> {
    let verb = match operation.op.to_ascii_lowercase().as_str() {
        "add" => Verb::Add,
        "replace" => Verb::Replace,
        "remove" => Verb::Remove,
        other => {
            return Err(ScimError::syntax(format!(
                "op must be add, replace or remove, and not “{}”.",
                other.chars().take(40).collect::<String>()
            )));
        }
    };
    let path = operation.path.filter(|path| !path.trim().is_empty());
    match (path, operation.value) {
        (Some(path), value) => {
            if value.is_none() && verb != Verb::Remove {
                return Err(ScimError::value(format!(
                    "The operation on {path} needs a value."
                )));
            }
            let target = read_target(kind, &path)?;
            let value = value.unwrap_or(Value::Null);
            steps.push(Step { verb, target, value });
            Ok(())
        }
        (None, _) if verb == Verb::Remove => Err(ScimError::no_target("A remove needs a path.")),
        (None, Some(Value::Object(values))) => read_pathless(kind, verb, values, steps),
        (None, _) => Err(ScimError::value(
            "An operation without a path needs a value that is a JSON object.",
        )),
    }
}

/// Each key is an attribute, an extension or, as Microsoft Entra writes it, a path.
fn read_pathless(
    kind: &ResourceType,
    verb: Verb,
    values: Map<String, Value>,
    steps: &mut Vec<Step>,
) -> Outcome<()> {
    for (key, value) in values {
        if key.eq_ignore_ascii_case("schemas") {
            continue;
        }
        match (read_target(kind, &key), &value) {
            (Ok(Target::Extension(id)), Value::Object(parts)) => {
                for (name, value) in parts {
                    if let Some(place) = kind.find(Some(id), name)
                        && !place.attribute.is_read_only()
                    {
                        let target = whole(place);
                        let value = value.clone();
                        steps.push(Step { verb, target, value });
                    }
                }
            }
            (Ok(target), _) => steps.push(Step { verb, target, value }),
            // What only the server writes comes back from clients that send the whole resource.
            (Err(error), _) if error.scim_type == Some("mutability") => {}
            (Err(error), _) if key.contains(['.', '[', ':']) => return Err(error),
            (Err(_), _) => {}
        }
    }
    Ok(())
}

pub(super) fn whole(place: Place) -> Target {
    Target::Attribute {
        extension: place.extension,
        attribute: place.attribute.name,
        part: None,
    }
}

fn read_target(kind: &ResourceType, path: &str) -> Outcome<Target> {
    let path = path.trim();
    if let Some(schema) = kind.extension(path) {
        return Ok(Target::Extension(schema.id));
    }
    let parsed: PatchPath = path.parse().map_err(|_| {
        ScimError::path(format!(
            "The path “{}” cannot be read. Write it like emails[type eq \"work\"].value.",
            path.chars().take(120).collect::<String>()
        ))
    })?;
    match parsed {
        PatchPath::Attr(path) => {
            let place = place(kind, &path)?;
            let part = part(place, path.sub_attr.as_deref())?;
            Ok(Target::Attribute {
                extension: place.extension,
                attribute: place.attribute.name,
                part,
            })
        }
        PatchPath::Value(value_path) => {
            let place = place(kind, &value_path.attr)?;
            if !place.attribute.several {
                return Err(ScimError::path(format!(
                    "{} has one value: it takes no filter.",
                    place.attribute.name
                )));
            }
            check_inner(place.attribute, &value_path.filter)?;
            let part = part(place, value_path.sub_attr.as_deref())?;
            Ok(Target::Values {
                extension: place.extension,
                attribute: place.attribute.name,
                filter: value_path.filter,
                part,
            })
        }
    }
}

fn place(kind: &ResourceType, path: &AttrPath) -> Outcome<Place> {
    let place = kind
        .find(path.uri.as_deref(), &path.name)
        .ok_or_else(|| ScimError::path(format!("There is no attribute {path} in a {}.", kind.name)))?;
    if place.attribute.is_read_only() {
        return Err(ScimError::mutability(format!(
            "{} is written by this server alone.",
            place.attribute.name
        )));
    }
    Ok(place)
}

fn part(place: Place, name: Option<&str>) -> Outcome<Option<&'static str>> {
    let Some(name) = name else { return Ok(None) };
    let attribute = place.attribute;
    let part = attribute
        .part(name)
        .ok_or_else(|| ScimError::path(format!("{} has no part {name}.", attribute.name)))?;
    if part.is_read_only() {
        return Err(ScimError::mutability(format!(
            "{}.{} is written by this server alone.",
            attribute.name, part.name
        )));
    }
    Ok(Some(part.name))
}
