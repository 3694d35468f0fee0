//! Which attributes an answer shows.

use serde_json::Value;

use super::resource::Tree;
use super::schema::{Attribute, COMMON, Place, ResourceType};

/// What `attributes` or `excludedAttributes` name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Projection {
    only: Option<Vec<Named>>,
    without: Vec<Named>,
    /// Whether the client speaks SCIM's own media type. Webex answers everything to everybody; the standard keeps back
    /// what is returned on request.
    standard: bool,
}

#[derive(Clone, Debug)]
enum Named {
    Extension(&'static str),
    Attribute(Option<&'static str>, &'static str, Option<String>),
}

impl Projection {
    /// Names that no schema has show nothing and hide nothing.
    pub(crate) fn new(
        kind: &ResourceType,
        only: Option<&[String]>,
        without: &[String],
        standard: bool,
    ) -> Self {
        Self {
            only: only.map(|names| read(kind, names)),
            without: read(kind, without),
            standard,
        }
    }

    /// Whether an attribute that is only shown on request is wanted.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        let is_it = |named: &Named| matches!(named, Named::Attribute(None, known, _) if *known == name);
        self.only.as_ref().is_some_and(|only| only.iter().any(is_it))
    }

    /// Whether a default attribute is shown at all: what is not need not be read.
    pub(crate) fn shows(&self, name: &str) -> bool {
        let hides = |named: &Named| matches!(named, Named::Attribute(None, known, None) if *known == name);
        match &self.only {
            Some(_) => self.asks_for(name),
            None => !self.without.iter().any(hides),
        }
    }

    /// The tree with what is to be shown.
    pub(crate) fn apply(&self, kind: &ResourceType, tree: Tree) -> Tree {
        let mut tree = match &self.only {
            None => tree,
            Some(only) => keep(kind, &tree, only),
        };
        for named in &self.without {
            hide(&mut tree, named);
        }
        if self.standard {
            keep_back(kind, &mut tree, self.only.is_some());
        }
        tree
    }
}

fn read(kind: &ResourceType, names: &[String]) -> Vec<Named> {
    names.iter().filter_map(|name| one(kind, name.trim())).collect()
}

fn one(kind: &ResourceType, name: &str) -> Option<Named> {
    if let Some(schema) = kind.extension(name) {
        return Some(Named::Extension(schema.id));
    }
    // A schema's id holds dots: the path is what stands behind its last colon.
    let (schema, path) = match name.rsplit_once(':') {
        Some((schema, path)) => (Some(schema), path),
        None => (None, name),
    };
    let (attribute, part) = match path.split_once('.') {
        Some((attribute, part)) => (attribute, Some(part)),
        None => (path, None),
    };
    let Place { extension, attribute } = kind.find(schema, attribute)?;
    let part = match part {
        Some(part) => Some(attribute.part(part)?.name.to_owned()),
        None => None,
    };
    Some(Named::Attribute(extension, attribute.name, part))
}

fn keep(kind: &ResourceType, tree: &Tree, only: &[Named]) -> Tree {
    let mut kept = Tree::new();
    let always = kind.core.attributes.iter().chain(COMMON);
    for attribute in always.filter(|attribute| attribute.always) {
        if let Some(value) = tree.get(attribute.name) {
            kept.insert(attribute.name.to_owned(), value.clone());
        }
    }
    for named in only {
        match named {
            Named::Extension(id) => {
                if let Some(value) = tree.get(*id) {
                    kept.insert((*id).to_owned(), value.clone());
                }
            }
            Named::Attribute(extension, name, part) => {
                let source = match extension {
                    None => Some(tree),
                    Some(id) => tree.get(*id).and_then(Value::as_object),
                };
                let Some(value) = source.and_then(|source| source.get(*name)) else {
                    continue;
                };
                let Some(value) = shown_part(value, part.as_deref()) else {
                    continue;
                };
                let target = match extension {
                    None => &mut kept,
                    Some(id) => match kept
                        .entry((*id).to_owned())
                        .or_insert_with(|| Value::Object(Tree::new()))
                    {
                        Value::Object(below) => below,
                        _ => continue,
                    },
                };
                merge(target, name, value);
            }
        }
    }
    kept
}

/// The value with one of its parts alone.
fn shown_part(value: &Value, part: Option<&str>) -> Option<Value> {
    let Some(part) = part else {
        return Some(value.clone());
    };
    match value {
        Value::Array(values) => {
            let shown: Vec<Value> = values
                .iter()
                .map(|value| shown_part(value, Some(part)).unwrap_or_else(|| Value::Object(Tree::new())))
                .collect();
            Some(Value::Array(shown))
        }
        Value::Object(parts) => parts.get(part).map(|value| {
            let mut shown = Tree::new();
            shown.insert(part.to_owned(), value.clone());
            Value::Object(shown)
        }),
        _ => None,
    }
}

/// Two parts of one attribute come together.
fn merge(target: &mut Tree, name: &str, value: Value) {
    match (target.get_mut(name), value) {
        (Some(Value::Object(present)), Value::Object(parts)) => present.extend(parts),
        (Some(Value::Array(present)), Value::Array(values)) if present.len() == values.len() => {
            for (present, value) in present.iter_mut().zip(values) {
                if let (Value::Object(present), Value::Object(parts)) = (present, value) {
                    present.extend(parts);
                }
            }
        }
        (_, value) => {
            target.insert(name.to_owned(), value);
        }
    }
}

/// Takes away what the standard's clients did not ask for, or cannot know.
fn keep_back(kind: &ResourceType, tree: &mut Tree, were_asked_for: bool) {
    // Groups of a user come by a flag of Webex's as well; whoever sent it wants them.
    let parts_of_core = kind
        .core
        .attributes
        .iter()
        .filter(|attribute| !attribute.on_request);
    for attribute in parts_of_core {
        keep_parts_back(attribute, tree, were_asked_for);
    }
    for schema in kind.extensions {
        let Some(Value::Object(below)) = tree.get_mut(schema.id) else {
            continue;
        };
        for attribute in schema.attributes {
            if attribute.webex_only || (attribute.on_request && !were_asked_for) {
                below.remove(attribute.name);
            }
            keep_parts_back(attribute, below, were_asked_for);
        }
        if below.is_empty() {
            tree.remove(schema.id);
            if let Some(Value::Array(schemas)) = tree.get_mut("schemas") {
                schemas.retain(|id| id.as_str() != Some(schema.id));
            }
        }
    }
}

fn keep_parts_back(attribute: &Attribute, holder: &mut Tree, were_asked_for: bool) {
    let hidden = attribute
        .parts()
        .iter()
        .filter(|part| part.on_request && !were_asked_for);
    for part in hidden {
        match holder.get_mut(attribute.name) {
            Some(Value::Object(parts)) => {
                parts.remove(part.name);
            }
            Some(Value::Array(values)) => {
                for value in values.iter_mut().filter_map(Value::as_object_mut) {
                    value.remove(part.name);
                }
            }
            _ => {}
        }
    }
    // Nothing of it is left.
    if holder
        .get(attribute.name)
        .and_then(Value::as_object)
        .is_some_and(serde_json::Map::is_empty)
    {
        holder.remove(attribute.name);
    }
}

fn hide(tree: &mut Tree, named: &Named) {
    match named {
        Named::Extension(id) => {
            tree.remove(*id);
        }
        Named::Attribute(extension, name, part) => {
            let is_always = extension.is_none()
                && COMMON
                    .iter()
                    .any(|attribute| attribute.always && attribute.name == *name);
            let holder = match extension {
                None => Some(tree),
                Some(id) => tree.get_mut(*id).and_then(Value::as_object_mut),
            };
            let Some(holder) = holder.filter(|_| !is_always) else {
                return;
            };
            match part {
                None => {
                    holder.remove(*name);
                }
                Some(part) => match holder.get_mut(*name) {
                    Some(Value::Object(parts)) => {
                        parts.remove(part);
                    }
                    Some(Value::Array(values)) => {
                        for value in values.iter_mut().filter_map(Value::as_object_mut) {
                            value.remove(part);
                        }
                    }
                    _ => {}
                },
            }
        }
    }
}
