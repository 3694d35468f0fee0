use kit::{Error, Result};
use serde_json::Value;

/// The filter of a webhook: `personality=originator&state=alerting`. Every pair must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter(Vec<(String, String)>);

impl Filter {
    /// Reads a filter; an empty one lets everything pass.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect();
        match pairs
            .iter()
            .find(|(name, value)| name.is_empty() || value.is_empty())
        {
            None => Ok(Self(pairs)),
            Some((name, value)) => {
                let shown: String = format!("{name}={value}").chars().take(60).collect();
                Err(Error::invalid(format!(
                    "filter has “{shown}”; write name=value, and & between several."
                )))
            }
        }
    }

    /// Whether this news passes. A name is looked for in `data` and in the other party of a call.
    pub(crate) fn lets_pass(&self, data: &Value) -> bool {
        self.0.iter().all(|(name, wanted)| {
            let found = data.get(name).or_else(|| data.get("remoteParty")?.get(name));
            match found {
                Some(Value::String(text)) => text == wanted,
                Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(wanted)),
                Some(Value::Bool(truth)) => wanted.parse() == Ok(*truth),
                Some(Value::Number(number)) => wanted
                    .parse()
                    .is_ok_and(|wanted: serde_json::Number| wanted == *number),
                Some(Value::Null | Value::Object(_)) => false,
                None => false,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_pair_must_hold() {
        let data = json!({"state": "alerting", "muted": false, "remoteParty": {"callType": "external"}, "sites": ["a", "b"]});
        let passes = |text: &str| Filter::parse(text).unwrap().lets_pass(&data);
        assert!(passes(""));
        assert!(passes("state=alerting"));
        assert!(passes("state=alerting&callType=external&muted=false&sites=b"));
        assert!(!passes("state=connected"));
        assert!(!passes("unknown=1"));
        assert!(Filter::parse("state").is_err());
    }
}
