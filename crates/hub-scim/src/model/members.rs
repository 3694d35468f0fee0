//! Changes to the members of a group, without looking at those who stay.

use std::collections::BTreeSet;

use kit::Uuid;
use scim_v2::filter::{AttrExp, CompValue, CompareOp, ValFilter};
use serde_json::Value;

use super::error::{Outcome, ScimError};
use super::patch_steps::{Step, Target, Verb};
use super::resource::value_of;
use super::schema::Attribute;

/// What becomes of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MemberChange {
    /// Whether nobody stays who is not added.
    pub(crate) cleared: bool,
    pub(crate) added: BTreeSet<Uuid>,
    pub(crate) removed: BTreeSet<Uuid>,
}

impl MemberChange {
    /// Exactly these.
    pub(crate) fn exactly(members: BTreeSet<Uuid>) -> Self {
        Self {
            cleared: true,
            added: members,
            removed: BTreeSet::new(),
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn add(&mut self, id: Uuid) {
        self.removed.remove(&id);
        self.added.insert(id);
    }

    pub(crate) fn remove(&mut self, id: Uuid) {
        self.added.remove(&id);
        if !self.cleared {
            self.removed.insert(id);
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::exactly(BTreeSet::new());
    }
}

/// The people that a list of members names. Groups are no members of groups here.
pub(crate) fn named(attribute: &'static Attribute, value: &Value) -> Outcome<BTreeSet<Uuid>> {
    let mut ids = BTreeSet::new();
    let list = match value {
        Value::String(text) if text.trim_start().starts_with('[') => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        other => other.clone(),
    };
    let Some(Value::Array(members)) = read(attribute, &list)? else {
        return Ok(ids);
    };
    for member in members {
        let reference = member.get("$ref").and_then(Value::as_str);
        let by_reference = reference.and_then(|reference| reference.rsplit('/').next());
        let id = member.get("value").and_then(Value::as_str).or(by_reference);
        let id = id.and_then(|id| Uuid::parse_str(id).ok());
        ids.insert(id.ok_or_else(|| ScimError::value("members must hold the ids of users in value."))?);
    }
    Ok(ids)
}

const MOST_MEMBERS_A_REQUEST: usize = 5_000;

/// As any other attribute, but in any number and with a sentence of its own for groups.
fn read(attribute: &'static Attribute, list: &Value) -> Outcome<Option<Value>> {
    let Value::Array(members) = list else {
        return value_of(attribute, list);
    };
    if members.len() > MOST_MEMBERS_A_REQUEST {
        return Err(ScimError::value(format!(
            "members holds more than {MOST_MEMBERS_A_REQUEST} members. Add the others by further requests."
        )));
    }
    let is_group = |member: &Value| {
        member
            .get("type")
            .and_then(Value::as_str)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("group"))
    };
    if members.iter().any(is_group) {
        return Err(ScimError::value(
            "A group cannot be a member of a group. Add its people.",
        ));
    }
    let mut read = Vec::with_capacity(members.len());
    for member in members {
        read.extend(super::resource::single(attribute, member)?);
    }
    Ok(Some(Value::Array(read)))
}

/// Applies a step of a PATCH that is about members.
pub(crate) fn apply(attribute: &'static Attribute, step: &Step, change: &mut MemberChange) -> Outcome<()> {
    match (&step.target, step.verb) {
        (Target::Attribute { part: None, .. }, Verb::Add) => {
            for id in named(attribute, &step.value)? {
                change.add(id);
            }
            Ok(())
        }
        (Target::Attribute { part: None, .. }, Verb::Replace) => {
            *change = MemberChange::exactly(named(attribute, &step.value)?);
            Ok(())
        }
        // Microsoft Entra names in the value who is to go.
        (Target::Attribute { part: None, .. }, Verb::Remove) if !step.value.is_null() => {
            for id in named(attribute, &step.value)? {
                change.remove(id);
            }
            Ok(())
        }
        (Target::Attribute { part: None, .. }, Verb::Remove) => {
            change.clear();
            Ok(())
        }
        (
            Target::Values {
                filter, part: None, ..
            },
            Verb::Remove,
        ) => {
            let mut ids = BTreeSet::new();
            if chosen(filter, &mut ids)? {
                change.clear();
            }
            for id in ids {
                change.remove(id);
            }
            Ok(())
        }
        _ => Err(ScimError::path(
            "Members are added and removed whole: a member cannot be changed.",
        )),
    }
}

/// Collects the ids that a filter names; true where it means everybody.
fn chosen(filter: &ValFilter, ids: &mut BTreeSet<Uuid>) -> Outcome<bool> {
    match filter {
        ValFilter::Attr(AttrExp::Comparison(path, CompareOp::Eq, CompValue::Str(text))) => {
            if path.name.eq_ignore_ascii_case("value") {
                ids.extend(Uuid::parse_str(text).ok());
                return Ok(false);
            }
            if path.name.eq_ignore_ascii_case("type") {
                return Ok(text.eq_ignore_ascii_case("user"));
            }
            Err(unclear())
        }
        ValFilter::Or(operands) => {
            let mut everybody = false;
            for operand in operands.iter() {
                everybody |= chosen(operand, ids)?;
            }
            Ok(everybody)
        }
        _ => Err(unclear()),
    }
}

fn unclear() -> ScimError {
    ScimError::path("Name members by their ids, like members[value eq \"…\"].")
}
