use std::ops::RangeInclusive;

use kit::{Error, Result};
use serde_json::{Map, Value};

use super::dialable::dialable;
use super::words::{Greeting, Word};

/// The members of a JSON object as somebody sent them. What is absent stays as it is, so that one function serves a new
/// thing (applied to the defaults) and a change (applied to what is there). Every refusal names the way to its member.
pub(crate) struct Fields<'a> {
    way: String,
    members: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The members of a whole body.
    pub(crate) fn of_body(body: &'a Value) -> Result<Self> {
        let members = body
            .as_object()
            .ok_or_else(|| Error::invalid("The body of this request must be a JSON object."))?;
        let way = String::new();
        Ok(Self { way, members })
    }

    /// How a member is called in a sentence.
    pub(crate) fn way_to(&self, key: &str) -> String {
        if self.way.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.way)
        }
    }

    /// A member that says something; `null` says nothing.
    fn present(&self, key: &str) -> Option<&'a Value> {
        self.members.get(key).filter(|value| !value.is_null())
    }

    /// Whether the member says something.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.present(key).is_some()
    }

    /// The complaint about a member that must be there.
    pub(crate) fn missing(&self, key: &str) -> Error {
        Error::invalid(format!("{} is missing.", self.way_to(key)))
    }

    pub(crate) fn flag(&self, key: &str, into: &mut bool) -> Result<()> {
        match self.present(key) {
            None => Ok(()),
            Some(Value::Bool(value)) => {
                *into = *value;
                Ok(())
            }
            Some(_) => Err(Error::invalid(format!(
                "{} must be true or false.",
                self.way_to(key)
            ))),
        }
    }

    /// A whole number; SDKs write some of them as text.
    pub(crate) fn count(&self, key: &str, range: RangeInclusive<i64>, into: &mut i64) -> Result<()> {
        let Some(value) = self.present(key) else {
            return Ok(());
        };
        let number = match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if range.contains(&number) => {
                *into = number;
                Ok(())
            }
            _ => Err(Error::invalid(format!(
                "{} must be a whole number from {} to {}.",
                self.way_to(key),
                range.start(),
                range.end()
            ))),
        }
    }

    pub(crate) fn choice<W: Word>(&self, key: &str, into: &mut W) -> Result<()> {
        let Some(value) = self.present(key) else {
            return Ok(());
        };
        match value.as_str().and_then(W::of_word) {
            Some(known) => {
                *into = known;
                Ok(())
            }
            None => {
                let words: Vec<&str> = W::ALL.iter().map(|known| known.word()).collect();
                Err(Error::invalid(format!(
                    "{} is {}, but must be one of {}.",
                    self.way_to(key),
                    shown(value),
                    words.join(", ")
                )))
            }
        }
    }

    /// One line of text. An empty one and `null` take away what was there.
    pub(crate) fn text(&self, key: &str, longest: usize, into: &mut Option<String>) -> Result<()> {
        match self.members.get(key) {
            None => Ok(()),
            Some(Value::Null) => {
                *into = None;
                Ok(())
            }
            Some(Value::String(text)) => {
                let text = text.trim();
                if text.chars().count() > longest || text.chars().any(char::is_control) {
                    return Err(Error::invalid(format!(
                        "{} must be one line of at most {longest} characters.",
                        self.way_to(key)
                    )));
                }
                *into = Some(text.to_owned()).filter(|text| !text.is_empty());
                Ok(())
            }
            Some(_) => Err(Error::invalid(format!("{} must be a text.", self.way_to(key)))),
        }
    }

    /// One line of text that must not become empty.
    pub(crate) fn name(&self, key: &str, longest: usize, into: &mut String) -> Result<()> {
        if !self.has(key) {
            return Ok(());
        }
        let mut text = None;
        self.text(key, longest, &mut text)?;
        *into = text.ok_or_else(|| Error::invalid(format!("{} must not be empty.", self.way_to(key))))?;
        Ok(())
    }

    /// Something that can be dialled.
    pub(crate) fn destination(&self, key: &str, into: &mut Option<String>) -> Result<()> {
        let mut text = None;
        if self.members.contains_key(key) {
            self.text(key, 60, &mut text)?;
            *into = text.map(|text| dialable(&self.way_to(key), &text)).transpose()?;
        }
        Ok(())
    }

    /// An object inside this one.
    pub(crate) fn object(&self, key: &str) -> Result<Option<Fields<'a>>> {
        let Some(value) = self.present(key) else {
            return Ok(None);
        };
        let way = self.way_to(key);
        match value.as_object() {
            Some(members) => Ok(Some(Fields { way, members })),
            None => Err(Error::invalid(format!("{way} must be an object."))),
        }
    }

    /// A list of objects.
    pub(crate) fn objects(&self, key: &str) -> Result<Option<Vec<Fields<'a>>>> {
        let Some(value) = self.present(key) else {
            return Ok(None);
        };
        let way = self.way_to(key);
        let items = value
            .as_array()
            .ok_or_else(|| Error::invalid(format!("{way} must be a list of objects.")))?;
        let item = |(position, value): (usize, &'a Value)| {
            let way = format!("{way}[{position}]");
            match value.as_object() {
                Some(members) => Ok(Fields { way, members }),
                None => Err(Error::invalid(format!("{way} must be an object."))),
            }
        };
        items
            .iter()
            .enumerate()
            .map(item)
            .collect::<Result<_>>()
            .map(Some)
    }

    /// A list of texts.
    pub(crate) fn texts(&self, key: &str) -> Result<Option<Vec<&'a str>>> {
        let Some(value) = self.present(key) else {
            return Ok(None);
        };
        let texts: Option<Vec<&str>> = value
            .as_array()
            .and_then(|items| items.iter().map(Value::as_str).collect());
        texts
            .map(Some)
            .ok_or_else(|| Error::invalid(format!("{} must be a list of texts.", self.way_to(key))))
    }

    /// The choice of an announcement. The Hub keeps no files, so that only the platform's own can be played.
    pub(crate) fn only_default_greeting(&self, selection: &str, files: &str) -> Result<()> {
        let mut greeting = Greeting::Default;
        self.choice(selection, &mut greeting)?;
        let named = self.objects(files)?.is_some_and(|files| !files.is_empty());
        if greeting == Greeting::Default && !named {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "{} can only be DEFAULT with an empty {files}: this organization has no announcement files.",
            self.way_to(selection)
        )))
    }
}

/// A value in a sentence, shortened.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    format!("“{}”", text.chars().take(60).collect::<String>())
}
