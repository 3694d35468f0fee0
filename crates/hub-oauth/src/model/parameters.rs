use std::collections::BTreeMap;

/// Names and values of a query or a form. RFC 6749, section 3.1: none may come twice, and an empty value counts as
/// absent.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    values: BTreeMap<String, String>,
    repeated: Option<String>,
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded`.
    pub(crate) fn of_form(bytes: &[u8]) -> Self {
        Self::of_pairs(
            url::form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())),
        )
    }

    pub(crate) fn of_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut parameters = Self::default();
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            if parameters.values.insert(name.clone(), value).is_some() {
                parameters.repeated = Some(name);
            }
        }
        parameters
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A name that came twice.
    pub(crate) fn repeated(&self) -> Option<&str> {
        self.repeated.as_deref()
    }
}
