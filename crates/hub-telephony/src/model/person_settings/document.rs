use serde_json::{Map, Value};

/// The document after a change (RFC 7396): members of the change replace those of the document, `null` takes one away, and what the
/// change does not speak of stays.
pub(crate) fn merged(document: Value, change: Value) -> Value {
    match (document, change) {
        (Value::Object(mut document), Value::Object(change)) => {
            for (name, change) in change {
                if change.is_null() {
                    document.remove(&name);
                } else {
                    let before = document.remove(&name).unwrap_or_default();
                    document.insert(name, merged(before, change));
                }
            }
            Value::Object(document)
        }
        (_, Value::Object(change)) => merged(Value::Object(Map::new()), Value::Object(change)),
        (_, change) => change,
    }
}

/// The change that makes `after` out of `before`; `None` where they are alike.
pub(crate) fn difference(before: &Value, after: &Value) -> Option<Value> {
    if before == after {
        return None;
    }
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return Some(after.clone());
    };
    let mut change = Map::new();
    for (name, value) in after {
        let differs = before
            .get(name)
            .map_or_else(|| Some(value.clone()), |known| difference(known, value));
        if let Some(value) = differs {
            change.insert(name.clone(), value);
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        change.insert(name.clone(), Value::Null);
    }
    Some(Value::Object(change))
}

/// The first member of a change that is of another type than the document's, as a sentence.
pub(crate) fn mistyped(document: &Value, change: &Value) -> Option<String> {
    let change = change.as_object()?;
    change.iter().find_map(|(name, value)| {
        let known = document.get(name).filter(|_| !value.is_null())?;
        if std::mem::discriminant(known) != std::mem::discriminant(value) {
            return Some(format!("{name} must be {}.", noun(known)));
        }
        mistyped(known, value).map(|rest| format!("{name}.{rest}"))
    })
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::String(_) | Value::Null => "a text",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let default = json!({ "enabled": false, "busy": { "enabled": false, "rings": 3 } });
        let after = json!({ "enabled": false, "busy": { "enabled": true, "rings": 3, "to": "1001" } });
        let change = difference(&default, &after).unwrap();
        assert_eq!(change, json!({ "busy": { "enabled": true, "to": "1001" } }));
        assert_eq!(merged(default.clone(), change), after);
        assert_eq!(difference(&default, &default), None);
    }

    #[test]
    fn what_is_of_another_type_is_named() {
        let document = json!({ "enabled": false, "busy": { "rings": 3, "greeting": "DEFAULT" } });
        let said = |change: Value| mistyped(&document, &change).unwrap_or_default();
        assert_eq!(
            said(json!({ "enabled": "yes" })),
            "enabled must be true or false."
        );
        assert_eq!(
            said(json!({ "busy": { "rings": "many" } })),
            "busy.rings must be a number."
        );
        assert_eq!(said(json!({ "busy": true })), "busy must be an object.");
        assert_eq!(
            said(json!({ "busy": { "rings": 4, "greeting": null }, "unknown": [] })),
            ""
        );
    }

    /// Documents: objects down to some depth, and no `null` within.
    fn document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            "[a-c]{0,2}".prop_map(Value::from)
        ];
        let inner = leaf.prop_recursive(3, 16, 4, |inner| {
            prop::collection::hash_map("[a-d]", inner, 0..4).prop_map(|members| json!(members))
        });
        prop::collection::hash_map("[a-d]", inner, 0..4).prop_map(|members| json!(members))
    }

    proptest! {
        #[test]
        fn a_difference_leads_from_one_document_to_the_other(before in document(), after in document()) {
            let reached = match difference(&before, &after) {
                Some(change) => merged(before, change),
                None => before,
            };
            prop_assert_eq!(reached, after);
        }
    }
}
