use kit::{Error, Result, Timestamp};
use webex::{PublicId, ResourceKind};

kit::typed_id! {
    /// A customer of the Suite.
    CustomerId
}

/// A company whose integrations the Suite keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    /// The UUID of its Webex organization; unknown until it is typed or the first authorization pins it.
    pub organization_id: Option<String>,
    pub created_at: Timestamp,
}

impl Customer {
    /// The organization's id as the public API writes it.
    pub fn public_organization_id(&self) -> Option<String> {
        self.organization_id
            .as_ref()
            .map(|uuid| PublicId::new(ResourceKind::Organization, uuid).to_string())
    }
}

/// Reads an organization id as people paste it: the UUID that Control Hub shows, or the id of the public API.
pub fn organization_uuid(text: &str) -> Result<String> {
    let text = text.trim();
    let uuid = PublicId::parse_uuid(ResourceKind::Organization, text).map_err(|error| {
        Error::invalid(format!(
            "{} Control Hub shows it under Account > Info, like 3fa85f64-5717-4562-b3fc-2c963f66afa6; the long form of the API (Y2lzY29zcGFyazovL…) works as well.",
            error.public()
        ))
    })?;
    Ok(uuid.hyphenated().to_string())
}

/// A customer's name as it is kept.
pub(crate) fn customer_name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::invalid("A customer needs a name."));
    }
    if name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Error::invalid(
            "A customer's name has 120 characters at the most, and no control characters.",
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_id_is_read_in_both_spellings() {
        let uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let public = PublicId::new(ResourceKind::Organization, uuid).to_string();
        assert_eq!(
            organization_uuid(&format!("  {}\n", uuid.to_uppercase())).unwrap(),
            uuid
        );
        assert_eq!(organization_uuid(&public).unwrap(), uuid);
    }

    #[test]
    fn a_wrong_organization_id_is_refused_in_words() {
        let person = PublicId::new(ResourceKind::People, "3fa85f64-5717-4562-b3fc-2c963f66afa6").to_string();
        for wrong in ["", "Contoso", "3fa85f64-5717-4562-b3fc", person.as_str()] {
            let error = organization_uuid(wrong).unwrap_err();
            assert!(
                error.public().contains("is not the id of an organization"),
                "{}",
                error.public()
            );
            assert!(
                error.public().contains("Control Hub shows it"),
                "{}",
                error.public()
            );
        }
    }

    #[test]
    fn names_lose_what_nobody_meant_to_type() {
        assert_eq!(customer_name("  Contoso \n Ltd ").unwrap(), "Contoso Ltd");
        assert!(customer_name("   ").is_err());
        assert!(customer_name(&"x".repeat(121)).is_err());
    }
}
