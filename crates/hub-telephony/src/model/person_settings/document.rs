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

    /// Documents: objects down to some depth, and no `null` within.
    fn document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<bool>().prop_map(Value::from), "[a-c]{0,2}".prop_map(Value::from)];
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
