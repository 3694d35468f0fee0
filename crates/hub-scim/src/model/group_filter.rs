//! What an index can tell of a filter on groups.

use kit::Uuid;
use scim_v2::filter::{AttrExp, AttrPath, CompValue, CompareOp, Filter, ValFilter};

use super::error::{Outcome, ScimError};
use crate::store::groups::GroupCondition;

/// A condition that everything meets which meets the filter. `ids` is set, and empty, where the filter asks for the
/// groups of certain members.
pub(crate) fn condition(filter: &Filter) -> GroupCondition {
    let mut condition = GroupCondition::default();
    match filter {
        Filter::And(operands) => operands
            .iter()
            .for_each(|operand| narrow(&mut condition, operand)),
        single => narrow(&mut condition, single),
    }
    condition
}

fn narrow(condition: &mut GroupCondition, filter: &Filter) {
    if is_about_certain_members(filter) {
        condition.ids = Some(Vec::new());
    }
    let Filter::Attr(AttrExp::Comparison(path, operator, CompValue::Str(text))) = filter else {
        return;
    };
    if !path.name.eq_ignore_ascii_case("displayName") || path.sub_attr.is_some() {
        return;
    }
    match operator {
        CompareOp::Eq => condition.name = Some(text.to_lowercase()),
        CompareOp::Sw => condition.name_prefix = Some(text.to_lowercase()),
        _ => {}
    }
}

fn is_about_certain_members(filter: &Filter) -> bool {
    match filter {
        Filter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(_))) => is_member(path),
        Filter::ValuePath(value_path) => {
            let inner = matches!(
                &*value_path.filter,
                ValFilter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(_)))
                    if path.name.eq_ignore_ascii_case("value")
            );
            inner && value_path.attr.name.eq_ignore_ascii_case("members")
        }
        _ => false,
    }
}

fn is_member(path: &AttrPath) -> bool {
    path.name.eq_ignore_ascii_case("members")
        && path
            .sub_attr
            .as_deref()
            .is_none_or(|part| part.eq_ignore_ascii_case("value"))
}

/// The people whose membership the filter asks about; `None` where it asks about nobody's. Members are compared by
/// their ids alone: a group may have a hundred thousand.
pub(crate) fn named_members(filter: &Filter) -> Outcome<Option<Vec<Uuid>>> {
    let mut ids = Vec::new();
    let mut asks = false;
    collect(filter, &mut ids, &mut asks)?;
    Ok(asks.then_some(ids))
}

fn collect(filter: &Filter, ids: &mut Vec<Uuid>, asks: &mut bool) -> Outcome<()> {
    match filter {
        Filter::Attr(expression) => collect_expression(expression, is_about_members(expression), ids, asks),
        Filter::ValuePath(value_path) if value_path.attr.name.eq_ignore_ascii_case("members") => {
            *asks = true;
            collect_inner(&value_path.filter, ids)
        }
        Filter::ValuePath(_) => Ok(()),
        Filter::Not(inner) => collect(inner, ids, asks),
        Filter::And(operands) | Filter::Or(operands) => operands
            .iter()
            .try_for_each(|operand| collect(operand, ids, asks)),
    }
}

fn is_about_members(expression: &AttrExp) -> bool {
    let (AttrExp::Present(path) | AttrExp::Comparison(path, ..)) = expression;
    path.name.eq_ignore_ascii_case("members")
}

fn collect_expression(
    expression: &AttrExp,
    about_members: bool,
    ids: &mut Vec<Uuid>,
    asks: &mut bool,
) -> Outcome<()> {
    if !about_members {
        return Ok(());
    }
    *asks = true;
    match expression {
        AttrExp::Present(path) if path.sub_attr.is_none() => Ok(()),
        AttrExp::Comparison(path, CompareOp::Eq | CompareOp::Ne, CompValue::Str(text)) if is_member(path) => {
            ids.extend(Uuid::parse_str(text).ok());
            Ok(())
        }
        _ => Err(by_id_only()),
    }
}

fn collect_inner(filter: &ValFilter, ids: &mut Vec<Uuid>) -> Outcome<()> {
    match filter {
        ValFilter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(text)))
            if path.name.eq_ignore_ascii_case("value") =>
        {
            ids.extend(Uuid::parse_str(text).ok());
            Ok(())
        }
        ValFilter::And(operands) | ValFilter::Or(operands) => operands
            .iter()
            .try_for_each(|operand| collect_inner(operand, ids)),
        _ => Err(by_id_only()),
    }
}

fn by_id_only() -> ScimError {
    ScimError::filter("Members are compared by their ids alone, like members.value eq \"…\".")
}
