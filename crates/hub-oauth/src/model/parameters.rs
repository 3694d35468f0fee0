use std::collections::BTreeMap;
use std::fmt;

/// Names and values of a query or a form. RFC 6749, section 3.1: none may come twice, and an empty value counts as
/// absent.
#[derive(Default)]
pub(crate) struct Parameters {
    values: BTreeMap<String, String>,
    repeated: Option<String>,
}

/// Names only: the values are secrets, codes and tokens.
impl fmt::Debug for Parameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.values.keys()).finish()
    }
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

#[cfg(test)]
mod tests {
    use super::Parameters;

    #[test]
    fn what_is_printed_of_a_token_request_holds_no_secret() {
        let parameters = Parameters::of_form(b"client_id=C1&client_secret=s3cret&code=c0de");
        assert_eq!(
            format!("{parameters:?}"),
            "[\"client_id\", \"client_secret\", \"code\"]"
        );
    }
}
