//! How a filter on users is answered: what an index can find, and what must be looked at.

use hub_directory::PeopleCondition;
use kit::{Timestamp, Uuid, search_key};
use scim_v2::filter::{AttrExp, AttrPath, CompValue, CompareOp, Filter, ValFilter};

use super::user_schema::USER;

/// An equality that an index answers with a person or a few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Id(Uuid),
    UserName(String),
    Email(String),
    ExternalId(String),
    /// Nobody: the text cannot be an id.
    Nobody,
}

/// See [`plan`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Look at these few; the whole filter decides.
    Few(Vec<Lead>),
    /// The condition says exactly what the filter says.
    Exact(PeopleCondition),
    /// Walk through those who meet the condition; the whole filter decides.
    Walk(PeopleCondition),
}

/// Without a filter: everybody.
pub(crate) fn plan(filter: Option<&Filter>) -> Plan {
    let Some(filter) = filter else {
        return Plan::Exact(PeopleCondition::default());
    };
    if let Some(leads) = leads(filter) {
        return Plan::Few(leads);
    }
    let mut condition = PeopleCondition::default();
    let exact = match filter {
        Filter::And(operands) => {
            // Every part narrows, also behind one that says more than an index can tell.
            let narrowed: Vec<bool> = operands
                .iter()
                .map(|operand| narrow(&mut condition, operand))
                .collect();
            narrowed.into_iter().all(|exact| exact)
        }
        single => narrow(&mut condition, single),
    };
    if exact {
        Plan::Exact(condition)
    } else {
        Plan::Walk(condition)
    }
}

/// People among whom everybody is who meets the filter.
fn leads(filter: &Filter) -> Option<Vec<Lead>> {
    match filter {
        Filter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(text))) => {
            lead(path, text).map(|lead| vec![lead])
        }
        Filter::ValuePath(value_path) if is_core(&value_path.attr, "emails", None) => {
            inner_address(&value_path.filter).map(|text| vec![Lead::Email(text.to_owned())])
        }
        Filter::And(operands) => operands.iter().find_map(leads),
        Filter::Or(operands) => {
            let each: Option<Vec<Vec<Lead>>> = operands.iter().map(leads).collect();
            each.map(|each| each.concat())
        }
        _ => None,
    }
}

fn lead(path: &AttrPath, text: &str) -> Option<Lead> {
    let text = text.to_owned();
    if is_core(path, "id", None) {
        return Some(Uuid::parse_str(&text).map_or(Lead::Nobody, Lead::Id));
    }
    if is_core(path, "userName", None) {
        return Some(Lead::UserName(text));
    }
    if is_core(path, "emails", None) || is_core(path, "emails", Some("value")) {
        return Some(Lead::Email(text));
    }
    is_core(path, "externalId", None).then_some(Lead::ExternalId(text))
}

fn inner_address(filter: &ValFilter) -> Option<&str> {
    match filter {
        ValFilter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(text)))
            if path.name.eq_ignore_ascii_case("value") =>
        {
            Some(text)
        }
        ValFilter::And(operands) => operands.iter().find_map(inner_address),
        _ => None,
    }
}

fn is_core(path: &AttrPath, name: &str, part: Option<&str>) -> bool {
    let same_part = match (&path.sub_attr, part) {
        (None, None) => true,
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    same_part
        && path.name.eq_ignore_ascii_case(name)
        && path
            .uri
            .as_deref()
            .is_none_or(|uri| uri.eq_ignore_ascii_case(USER.core.id))
}

/// Adds what an index can tell of this part; answers whether the part says nothing more.
fn narrow(condition: &mut PeopleCondition, filter: &Filter) -> bool {
    let Filter::Attr(AttrExp::Comparison(path, operator, value)) = filter else {
        return false;
    };
    match (operator, value) {
        (CompareOp::Eq, CompValue::True | CompValue::False) if is_core(path, "active", None) => {
            let wanted = matches!(value, CompValue::True);
            if condition.active.is_some_and(|other| other != wanted) {
                return false;
            }
            condition.active = Some(wanted);
            true
        }
        (CompareOp::Eq | CompareOp::Sw, CompValue::Str(text)) if is_core(path, "displayName", None) => {
            // The key folds more than upper and lower case: it finds everybody, and some too many.
            let key = search_key(text);
            if condition.name_prefix.is_none() && !key.is_empty() && !text.ends_with(char::is_whitespace) {
                condition.name_prefix = Some(key);
            }
            false
        }
        (_, CompValue::Str(text)) if is_core(path, "meta", Some("lastModified")) => {
            Timestamp::parse(text).is_ok_and(|moment| narrow_moment(condition, operator, moment))
        }
        _ => false,
    }
}

fn narrow_moment(condition: &mut PeopleCondition, operator: &CompareOp, moment: Timestamp) -> bool {
    let next = Timestamp::from_millis(moment.as_millis().saturating_add(1));
    let (from, before) = match operator {
        CompareOp::Gt => (Some(next), None),
        CompareOp::Ge => (Some(moment), None),
        CompareOp::Lt => (None, Some(moment)),
        CompareOp::Le => (None, Some(next)),
        CompareOp::Eq => (Some(moment), Some(next)),
        _ => return false,
    };
    condition.modified_from = condition.modified_from.max(from);
    condition.modified_before = match (condition.modified_before, before) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    true
}
