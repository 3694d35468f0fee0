//! Filters: the grammar is a library's, what it means for a resource stands here.

use std::cmp::Ordering;

use kit::Timestamp;
use scim_v2::filter::{AttrExp, AttrPath, CompValue, CompareOp, Filter, ValFilter};
use serde_json::Value;

use super::error::{Outcome, ScimError};
use super::resource::Tree;
use super::schema::{Attribute, Kind, Place, ResourceType};

const LONGEST_FILTER: usize = 10_000;

/// Reads a filter and checks that it speaks of attributes that a resource of this type has.
pub(crate) fn parse(kind: &ResourceType, text: &str) -> Outcome<Filter> {
    if text.len() > LONGEST_FILTER {
        return Err(ScimError::filter(format!(
            "The filter is longer than {LONGEST_FILTER} bytes."
        )));
    }
    let filter: Filter = text.parse().map_err(|_| {
        ScimError::filter(format!(
            "The filter “{}” cannot be read. Write it like: userName eq \"somebody@example.com\" (RFC 7644, section 3.4.2.2).",
            text.chars().take(120).collect::<String>()
        ))
    })?;
    check(kind, &filter)?;
    Ok(filter)
}

fn check(kind: &ResourceType, filter: &Filter) -> Outcome<()> {
    match filter {
        Filter::Attr(expression) => {
            let (path, _) = parts_of(expression);
            let target = target(kind, path)?;
            check_expression(target, expression)
        }
        Filter::ValuePath(value_path) => {
            let place = place(kind, &value_path.attr)?;
            check_inner(place.attribute, &value_path.filter)
        }
        Filter::Not(inner) => check(kind, inner),
        Filter::And(operands) | Filter::Or(operands) => {
            operands.iter().try_for_each(|operand| check(kind, operand))
        }
    }
}

/// The filter inside brackets speaks of the parts of one attribute.
pub(crate) fn check_inner(attribute: &'static Attribute, filter: &ValFilter) -> Outcome<()> {
    match filter {
        ValFilter::Attr(expression) => {
            let (path, _) = parts_of(expression);
            check_expression(inner_target(attribute, path)?, expression)
        }
        ValFilter::Not(inner) => check_inner(attribute, inner),
        ValFilter::And(operands) | ValFilter::Or(operands) => operands
            .iter()
            .try_for_each(|operand| check_inner(attribute, operand)),
    }
}

fn parts_of(expression: &AttrExp) -> (&AttrPath, Option<(&CompareOp, &CompValue)>) {
    match expression {
        AttrExp::Present(path) => (path, None),
        AttrExp::Comparison(path, operator, value) => (path, Some((operator, value))),
    }
}

/// The attribute that a path names.
pub(crate) fn place(kind: &ResourceType, path: &AttrPath) -> Outcome<Place> {
    kind.find(path.uri.as_deref(), &path.name)
        .ok_or_else(|| ScimError::filter(format!("There is no attribute {path} in a {}.", kind.name)))
}

/// What a comparison compares: an attribute, or a part of one. A complex attribute stands for its `value`.
fn target(kind: &ResourceType, path: &AttrPath) -> Outcome<&'static Attribute> {
    let place = place(kind, path)?;
    match &path.sub_attr {
        Some(part) => place
            .attribute
            .part(part)
            .ok_or_else(|| ScimError::filter(format!("There is no attribute {path} in a {}.", kind.name))),
        None => Ok(place.attribute),
    }
}

fn inner_target(attribute: &'static Attribute, path: &AttrPath) -> Outcome<&'static Attribute> {
    let found = match (&path.uri, &path.sub_attr) {
        (None, None) => attribute.part(&path.name),
        _ => None,
    };
    found.ok_or_else(|| ScimError::filter(format!("{} has no part {path}.", attribute.name)))
}

fn check_expression(attribute: &'static Attribute, expression: &AttrExp) -> Outcome<()> {
    let (path, Some((operator, value))) = parts_of(expression) else {
        return Ok(());
    };
    let wrong = |what: &str| Err(ScimError::filter(format!("{path} {what}.")));
    let is_null = matches!(value, CompValue::Null);
    if is_null && !matches!(operator, CompareOp::Eq | CompareOp::Ne) {
        return wrong("can only be eq or ne null");
    }
    let compared = compared(attribute);
    match (compared.map(|attribute| attribute.kind), value) {
        (None, CompValue::Null) | (Some(_), CompValue::Null) => Ok(()),
        (None, _) => wrong("has parts: name the one that is to be compared, or ask for pr"),
        (Some(Kind::Boolean), CompValue::True | CompValue::False) => match operator {
            CompareOp::Eq | CompareOp::Ne => Ok(()),
            _ => wrong("is true or false: only eq and ne compare it"),
        },
        (Some(Kind::Boolean), _) => wrong("is compared with true or false"),
        (Some(Kind::Moment), CompValue::Str(text)) if Timestamp::parse(text).is_ok() => match operator {
            CompareOp::Co | CompareOp::Sw | CompareOp::Ew => {
                wrong("is a moment: co, sw and ew do not compare it")
            }
            _ => Ok(()),
        },
        (Some(Kind::Moment), _) => wrong("is compared with a moment like \"2026-09-23T10:06:45.423Z\""),
        (Some(_), CompValue::Str(_)) => Ok(()),
        (Some(_), _) => wrong("is compared with a text in quotes"),
    }
}

/// The attribute itself, or the `value` of a complex one.
fn compared(attribute: &'static Attribute) -> Option<&'static Attribute> {
    match attribute.kind {
        Kind::Complex(_) => attribute.part("value"),
        _ => Some(attribute),
    }
}

/// Whether a resource meets a filter that [`parse`] has checked.
pub(crate) fn matches(kind: &ResourceType, filter: &Filter, tree: &Tree) -> bool {
    match filter {
        Filter::Attr(expression) => {
            let (path, _) = parts_of(expression);
            let Some(place) = kind.find(path.uri.as_deref(), &path.name) else {
                return false;
            };
            let found = values(place, tree);
            match &path.sub_attr {
                None => holds(place.attribute, expression, &found),
                Some(part) => {
                    let Some(part) = place.attribute.part(part) else {
                        return false;
                    };
                    let found: Vec<&Value> = found
                        .into_iter()
                        .filter_map(|value| value.get(part.name))
                        .flat_map(each)
                        .collect();
                    holds(part, expression, &found)
                }
            }
        }
        Filter::ValuePath(value_path) => {
            let Some(place) = kind.find(value_path.attr.uri.as_deref(), &value_path.attr.name) else {
                return false;
            };
            values(place, tree)
                .into_iter()
                .any(|value| matches_inner(place.attribute, &value_path.filter, value))
        }
        Filter::Not(inner) => !matches(kind, inner, tree),
        Filter::And(operands) => operands.iter().all(|operand| matches(kind, operand, tree)),
        Filter::Or(operands) => operands.iter().any(|operand| matches(kind, operand, tree)),
    }
}

/// Whether one value of an attribute meets the filter in brackets.
pub(crate) fn matches_inner(attribute: &'static Attribute, filter: &ValFilter, value: &Value) -> bool {
    match filter {
        ValFilter::Attr(expression) => {
            let (path, _) = parts_of(expression);
            let Some(part) = attribute.part(&path.name) else {
                return false;
            };
            let found: Vec<&Value> = value.get(part.name).into_iter().flat_map(each).collect();
            holds(part, expression, &found)
        }
        ValFilter::Not(inner) => !matches_inner(attribute, inner, value),
        ValFilter::And(operands) => operands
            .iter()
            .all(|operand| matches_inner(attribute, operand, value)),
        ValFilter::Or(operands) => operands
            .iter()
            .any(|operand| matches_inner(attribute, operand, value)),
    }
}

fn values(place: Place, tree: &Tree) -> Vec<&Value> {
    let holder = match place.extension {
        None => Some(tree),
        Some(id) => tree.get(id).and_then(Value::as_object),
    };
    let found = holder.and_then(|holder| holder.get(place.attribute.name));
    found.into_iter().flat_map(each).collect()
}

fn each(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Array(values) => values.iter(),
        single => std::slice::from_ref(single).iter(),
    }
}

/// `ne` is what `eq` is not, also where there is no value at all.
fn holds(attribute: &'static Attribute, expression: &AttrExp, found: &[&Value]) -> bool {
    match expression {
        AttrExp::Present(_) | AttrExp::Comparison(_, CompareOp::Ne, CompValue::Null) => !found.is_empty(),
        AttrExp::Comparison(_, CompareOp::Eq, CompValue::Null) => found.is_empty(),
        AttrExp::Comparison(_, CompareOp::Ne, wanted) => !any(attribute, &CompareOp::Eq, wanted, found),
        AttrExp::Comparison(_, operator, wanted) => any(attribute, operator, wanted, found),
    }
}

fn any(attribute: &'static Attribute, operator: &CompareOp, wanted: &CompValue, found: &[&Value]) -> bool {
    let Some(compared) = compared(attribute) else {
        return false;
    };
    let is_complex = matches!(attribute.kind, Kind::Complex(_));
    found.iter().any(|value| {
        let value = if is_complex {
            value.get(compared.name)
        } else {
            Some(*value)
        };
        value.is_some_and(|value| compares(compared, operator, wanted, value))
    })
}

fn compares(attribute: &Attribute, operator: &CompareOp, wanted: &CompValue, value: &Value) -> bool {
    match (value, wanted) {
        (Value::Bool(value), CompValue::True) => *value,
        (Value::Bool(value), CompValue::False) => !*value,
        (Value::String(value), CompValue::Str(wanted)) => match attribute.kind {
            Kind::Moment => match (Timestamp::parse(value), Timestamp::parse(wanted)) {
                (Ok(value), Ok(wanted)) => ordered(operator, value.cmp(&wanted)),
                _ => false,
            },
            _ if attribute.case_exact => text_compares(operator, value, wanted),
            _ => text_compares(operator, &value.to_lowercase(), &wanted.to_lowercase()),
        },
        _ => false,
    }
}

fn text_compares(operator: &CompareOp, value: &str, wanted: &str) -> bool {
    match operator {
        CompareOp::Co => value.contains(wanted),
        CompareOp::Sw => value.starts_with(wanted),
        CompareOp::Ew => value.ends_with(wanted),
        _ => ordered(operator, value.cmp(wanted)),
    }
}

fn ordered(operator: &CompareOp, ordering: Ordering) -> bool {
    match operator {
        CompareOp::Eq => ordering == Ordering::Equal,
        CompareOp::Ne => ordering != Ordering::Equal,
        CompareOp::Gt => ordering == Ordering::Greater,
        CompareOp::Ge => ordering != Ordering::Less,
        CompareOp::Lt => ordering == Ordering::Less,
        CompareOp::Le => ordering != Ordering::Greater,
        CompareOp::Co | CompareOp::Sw | CompareOp::Ew => false,
    }
}

/// Whether the filter speaks of this attribute anywhere.
pub(crate) fn mentions(filter: &Filter, name: &str) -> bool {
    match filter {
        Filter::Attr(expression) => parts_of(expression).0.name.eq_ignore_ascii_case(name),
        Filter::ValuePath(value_path) => value_path.attr.name.eq_ignore_ascii_case(name),
        Filter::Not(inner) => mentions(inner, name),
        Filter::And(operands) | Filter::Or(operands) => {
            operands.iter().any(|operand| mentions(operand, name))
        }
    }
}
