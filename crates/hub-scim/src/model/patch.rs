//! PATCH: operations on the tree of a resource, one after the other (RFC 7644, section 3.5.2).

use scim_v2::filter::{AttrExp, CompValue, CompareOp, ValFilter};
use serde_json::{Map, Value};

use super::error::{Outcome, ScimError};
use super::filter::matches_inner;
use super::patch_steps::{Step, Target, Verb, whole};
use super::resource::{Tree, is_primary, single, value_of};
use super::schema::{Attribute, Kind, ResourceType};

/// Applies one step.
pub(crate) fn apply(kind: &ResourceType, tree: &mut Tree, step: &Step) -> Outcome<()> {
    match &step.target {
        Target::Extension(id) => apply_to_extension(kind, tree, id, step),
        Target::Attribute {
            extension,
            attribute,
            part,
        } => {
            let attribute = known(kind, *extension, attribute)?;
            let holder = holder(tree, *extension);
            match part {
                None => apply_to_attribute(attribute, holder, step)?,
                Some(part) => apply_to_part(attribute, part, holder, step)?,
            }
            tidy(tree, *extension);
            Ok(())
        }
        Target::Values {
            extension,
            attribute,
            filter,
            part,
        } => {
            let attribute = known(kind, *extension, attribute)?;
            apply_to_values(attribute, filter, *part, holder(tree, *extension), step)?;
            tidy(tree, *extension);
            Ok(())
        }
    }
}

fn known(kind: &ResourceType, extension: Option<&str>, name: &str) -> Outcome<&'static Attribute> {
    let schema = extension.unwrap_or(kind.core.id);
    kind.find(Some(schema), name)
        .map(|place| place.attribute)
        .ok_or_else(|| ScimError::path(format!("There is no attribute {name} in a {}.", kind.name)))
}

fn holder<'t>(tree: &'t mut Tree, extension: Option<&str>) -> &'t mut Tree {
    let Some(id) = extension else { return tree };
    let value = tree
        .entry(id.to_owned())
        .or_insert_with(|| Value::Object(Tree::new()));
    if !value.is_object() {
        *value = Value::Object(Tree::new());
    }
    match value {
        Value::Object(below) => below,
        _ => unreachable!("it was made an object a line ago"),
    }
}

fn tidy(tree: &mut Tree, extension: Option<&str>) {
    if let Some(id) = extension
        && tree.get(id).and_then(Value::as_object).is_some_and(Map::is_empty)
    {
        tree.remove(id);
    }
}

fn apply_to_extension(kind: &ResourceType, tree: &mut Tree, id: &'static str, step: &Step) -> Outcome<()> {
    if step.verb == Verb::Remove || step.value.is_null() {
        tree.remove(id);
        return Ok(());
    }
    let Value::Object(parts) = &step.value else {
        return Err(ScimError::value(format!("{id} must be a JSON object.")));
    };
    for (name, value) in parts {
        if let Some(place) = kind.find(Some(id), name)
            && !place.attribute.is_read_only()
        {
            let step = Step {
                verb: step.verb,
                target: whole(place),
                value: value.clone(),
            };
            apply(kind, tree, &step)?;
        }
    }
    Ok(())
}

fn apply_to_attribute(attribute: &'static Attribute, holder: &mut Tree, step: &Step) -> Outcome<()> {
    let value = match step.verb {
        Verb::Remove => None,
        Verb::Add | Verb::Replace => value_of(attribute, &unwrapped(attribute, &step.value))?,
    };
    let Some(value) = value else {
        if step.verb != Verb::Add {
            return remove(attribute, holder);
        }
        return Ok(());
    };
    match (step.verb, value, holder.get_mut(attribute.name)) {
        (Verb::Add, Value::Array(added), Some(Value::Array(present))) => {
            if added.iter().any(is_primary) {
                present.iter_mut().for_each(not_primary);
            }
            for value in added {
                if !present.contains(&value) {
                    present.push(value);
                }
            }
        }
        // The parts that are not named stay.
        (_, Value::Object(parts), Some(Value::Object(present))) => present.extend(parts),
        (_, value, _) => {
            holder.insert(attribute.name.to_owned(), value);
        }
    }
    Ok(())
}

/// A client that can send nothing but texts writes a list as JSON in a text.
fn unwrapped(attribute: &Attribute, value: &Value) -> Value {
    match value {
        Value::String(text)
            if matches!(attribute.kind, Kind::Complex(_)) && text.trim_start().starts_with('[') =>
        {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        other => other.clone(),
    }
}

fn remove(attribute: &Attribute, holder: &mut Tree) -> Outcome<()> {
    if attribute.required {
        return Err(ScimError::value(format!(
            "{} cannot be taken away, only replaced.",
            attribute.name
        )));
    }
    holder.remove(attribute.name);
    Ok(())
}

fn not_primary(value: &mut Value) {
    if is_primary(value)
        && let Value::Object(parts) = value
    {
        parts.insert("primary".to_owned(), Value::Bool(false));
    }
}

/// Without a filter a part of a multi-valued attribute is that part of each value.
fn apply_to_part(
    attribute: &'static Attribute,
    part: &'static str,
    holder: &mut Tree,
    step: &Step,
) -> Outcome<()> {
    let value = part_value(attribute, part, step)?;
    if !attribute.several {
        let entry = holder
            .entry(attribute.name.to_owned())
            .or_insert_with(|| Value::Object(Tree::new()));
        set_part(entry, part, value);
        if entry.as_object().is_some_and(Map::is_empty) {
            return remove(attribute, holder);
        }
        return Ok(());
    }
    if values(attribute, holder).is_empty()
        && let Some(value) = &value
    {
        let mut first = Value::Object(Tree::new());
        set_part(&mut first, part, Some(value.clone()));
        holder.insert(attribute.name.to_owned(), Value::Array(vec![first]));
        return Ok(());
    }
    if part == "primary" && value == Some(Value::Bool(true)) && values(attribute, holder).len() > 1 {
        return Err(ScimError::path(format!(
            "Say which value of {} is the primary one, like {}[type eq \"work\"].primary.",
            attribute.name, attribute.name
        )));
    }
    for present in values(attribute, holder) {
        set_part(present, part, value.clone());
    }
    drop_empty(attribute, holder)
}

fn part_value(attribute: &'static Attribute, part: &str, step: &Step) -> Outcome<Option<Value>> {
    let known = attribute
        .part(part)
        .ok_or_else(|| ScimError::path(format!("{} has no part {part}.", attribute.name)))?;
    match step.verb {
        Verb::Remove => Ok(None),
        Verb::Add | Verb::Replace => value_of(known, &step.value),
    }
}

fn set_part(target: &mut Value, part: &str, value: Option<Value>) {
    if let Value::Object(parts) = target {
        match value {
            Some(value) => {
                parts.insert(part.to_owned(), value);
            }
            None => {
                parts.remove(part);
            }
        }
    }
}

fn values<'t>(attribute: &Attribute, holder: &'t mut Tree) -> &'t mut [Value] {
    match holder.get_mut(attribute.name) {
        Some(Value::Array(values)) => values.as_mut_slice(),
        _ => &mut [],
    }
}

fn drop_empty(attribute: &Attribute, holder: &mut Tree) -> Outcome<()> {
    if let Some(Value::Array(values)) = holder.get_mut(attribute.name) {
        values.retain(|value| !value.as_object().is_some_and(Map::is_empty));
        if values.is_empty() {
            return remove(attribute, holder);
        }
    }
    Ok(())
}

fn apply_to_values(
    attribute: &'static Attribute,
    filter: &ValFilter,
    part: Option<&'static str>,
    holder: &mut Tree,
    step: &Step,
) -> Outcome<()> {
    let value = match (part, step.verb) {
        (Some(part), _) => part_value(attribute, part, step)?,
        (None, Verb::Remove) => None,
        (None, _) => single(attribute, &step.value)?,
    };
    let chosen: Vec<usize> = values(attribute, holder)
        .iter()
        .enumerate()
        .filter(|(_, value)| matches_inner(attribute, filter, value))
        .map(|(index, _)| index)
        .collect();
    if chosen.is_empty() {
        return apply_to_nothing(attribute, filter, part, value, holder, step.verb);
    }
    let becomes_primary = match (&value, part) {
        (Some(value), Some("primary")) => *value == Value::Bool(true),
        (Some(value), None) => is_primary(value),
        _ => false,
    };
    if becomes_primary && step.verb != Verb::Remove {
        values(attribute, holder).iter_mut().for_each(not_primary);
    }
    match (step.verb, part, value) {
        (Verb::Remove, None, _) => {
            let mut index = 0;
            if let Some(Value::Array(present)) = holder.get_mut(attribute.name) {
                present.retain(|_| {
                    index += 1;
                    !chosen.contains(&(index - 1))
                });
            }
        }
        (_, Some(part), value) => {
            for index in chosen {
                set_part(&mut values(attribute, holder)[index], part, value.clone());
            }
        }
        (Verb::Add, None, Some(Value::Object(parts))) => {
            for index in chosen {
                if let Value::Object(present) = &mut values(attribute, holder)[index] {
                    present.extend(parts.clone());
                }
            }
        }
        (_, None, value) => {
            for index in chosen {
                values(attribute, holder)[index] =
                    value.clone().unwrap_or_else(|| Value::Object(Tree::new()));
            }
        }
    }
    drop_empty(attribute, holder)
}

/// Nothing meets the filter: a replace fails, a remove has nothing to do, and an add makes the value that the filter
/// describes.
fn apply_to_nothing(
    attribute: &'static Attribute,
    filter: &ValFilter,
    part: Option<&'static str>,
    value: Option<Value>,
    holder: &mut Tree,
    verb: Verb,
) -> Outcome<()> {
    let Some(value) = value.filter(|_| verb == Verb::Add) else {
        if verb == Verb::Remove {
            return Ok(());
        }
        return Err(ScimError::no_target(format!(
            "No value of {} meets the filter of the path.",
            attribute.name
        )));
    };
    let mut made = Value::Object(Tree::new());
    describe(attribute, filter, &mut made)?;
    match (part, value) {
        (Some(part), value) => set_part(&mut made, part, Some(value)),
        (None, Value::Object(parts)) => {
            if let Value::Object(described) = &mut made {
                described.extend(parts);
            }
        }
        (None, _) => {}
    }
    if is_primary(&made) {
        values(attribute, holder).iter_mut().for_each(not_primary);
    }
    match holder.get_mut(attribute.name) {
        Some(Value::Array(present)) => present.push(made),
        _ => {
            holder.insert(attribute.name.to_owned(), Value::Array(vec![made]));
        }
    }
    Ok(())
}

fn describe(attribute: &'static Attribute, filter: &ValFilter, made: &mut Value) -> Outcome<()> {
    match filter {
        ValFilter::Attr(AttrExp::Comparison(path, CompareOp::Eq, wanted)) => {
            let Some(part) = attribute.part(&path.name) else {
                return Ok(());
            };
            let value = match wanted {
                CompValue::True => Value::Bool(true),
                CompValue::False => Value::Bool(false),
                CompValue::Null => Value::Null,
                CompValue::Number(number) => Value::Number(number.clone()),
                CompValue::Str(text) => Value::String(text.clone()),
            };
            set_part(made, part.name, value_of(part, &value)?);
            Ok(())
        }
        ValFilter::And(operands) => operands
            .iter()
            .try_for_each(|operand| describe(attribute, operand, made)),
        _ => Err(ScimError::no_target(format!(
            "No value of {} meets the filter of the path, and it does not say what a new one would be.",
            attribute.name
        ))),
    }
}
