use hub_directory::OrganizationId;
use kit::{Error, Result, Timestamp};
use url::Url;

kit::typed_id!(
    /// Another `OpenID` provider at which people of one domain sign in.
    ProviderId
);

/// Where the people of a domain sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its id.
    pub id: ProviderId,
    /// Whose.
    pub organization_id: OrganizationId,
    /// Lower case; whoever has an address of this domain signs in there.
    pub domain: String,
    /// The issuer, exactly as its discovery document says it.
    pub issuer: String,
    /// As which client the Hub is registered there.
    pub client_id: String,
    /// Whether people are sent there.
    pub enabled: bool,
    /// When somebody last came back from there with this configuration.
    pub proven_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The domain of an address, lower case.
pub(crate) fn domain_of(email: &str) -> Option<String> {
    let (name, domain) = email.trim().rsplit_once('@')?;
    (!name.is_empty() && !domain.is_empty()).then(|| domain.to_lowercase())
}

/// A domain as a Full Admin types it.
pub(crate) fn read_domain(text: &str) -> Result<String> {
    let domain = text
        .trim()
        .trim_start_matches('@')
        .trim_end_matches('.')
        .to_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let good = labels.len() >= 2
        && domain.len() <= 253
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    if good {
        return Ok(domain);
    }
    Err(Error::invalid(format!(
        "“{}” is not a domain; write it like company.example.",
        text.trim().chars().take(80).collect::<String>()
    )))
}

/// Whether a domain is the organization's own, or lies under it.
pub(crate) fn belongs_to(domain: &str, organization_domain: &str) -> bool {
    let own = organization_domain.to_lowercase();
    domain == own || domain.strip_suffix(&own).is_some_and(|rest| rest.ends_with('.'))
}

/// An issuer as a Full Admin types it (OpenID Connect Discovery 1.0, section 2): no query, no fragment.
pub(crate) fn read_issuer(text: &str) -> Result<String> {
    let issuer = text.trim();
    let url = Url::parse(issuer).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.host_str().is_some()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    });
    match url {
        Some(_) if issuer.len() <= 500 => Ok(issuer.to_owned()),
        _ => Err(Error::invalid(
            "The issuer is the address of the provider, as its discovery document names it: https://login.company.example, without query and fragment.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_domain_and_what_lies_under_it_belongs_to_an_organization() {
        assert!(belongs_to("kestrel.example", "kestrel.example"));
        assert!(belongs_to("mail.kestrel.example", "Kestrel.example"));
        assert!(!belongs_to("evilkestrel.example", "kestrel.example"));
        assert!(!belongs_to("example", "kestrel.example"));
        assert!(!belongs_to("kestrel.example.evil.example", "kestrel.example"));
    }

    #[test]
    fn domains_and_issuers_are_read_as_people_type_them() {
        assert_eq!(read_domain(" @Kestrel.Example. ").unwrap(), "kestrel.example");
        for bad in ["", "example", "a b.example", "x..example", "https://a.example"] {
            assert!(read_domain(bad).is_err(), "{bad}");
        }
        assert_eq!(
            read_issuer(" https://login.example/a ").unwrap(),
            "https://login.example/a"
        );
        for bad in [
            "",
            "login.example",
            "ftp://login.example",
            "https://a.example?x=1",
            "https://u:p@a.example",
        ] {
            assert!(read_issuer(bad).is_err(), "{bad}");
        }
        assert_eq!(
            domain_of("Ada@Kestrel.Example").as_deref(),
            Some("kestrel.example")
        );
        assert_eq!(domain_of("ada"), None);
    }
}
