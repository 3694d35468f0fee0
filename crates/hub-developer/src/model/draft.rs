use hub_oauth::Client;
use kit::Error;
use url::Url;
use webex::{Scope, ScopeSet};

use super::{Application, ApplicationKind, known_scopes};

/// What is wrong, and with which field; an empty name stands for the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field of the form.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// Everything that is wrong with a draft, in the order of the form.
pub type Problems = Vec<Problem>;

/// What somebody says of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationDraft {
    /// As people read it.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Who makes it.
    pub vendor: String,
    /// Where to reach them.
    pub contact: String,
    /// The privacy statement, or empty.
    pub privacy_url: String,
    /// Where help is, or empty.
    pub support_url: String,
    /// Where an integration starts an authorization, or empty.
    pub initiate_login_uri: String,
    /// Where an integration takes answers.
    pub redirect_uris: Vec<String>,
    /// What it asks for.
    pub scopes: Vec<String>,
    /// The address of a logo that the API named.
    pub logo_url: String,
}

impl ApplicationDraft {
    /// An application as it is.
    pub fn of(application: &Application, client: &Client) -> Self {
        Self {
            name: client.name.clone(),
            description: application.description.clone(),
            vendor: client.vendor.clone(),
            contact: client.contact.clone(),
            privacy_url: client.privacy_url.clone(),
            support_url: client.support_url.clone(),
            initiate_login_uri: client.initiate_login_uri.clone(),
            redirect_uris: client.redirect_uris.clone(),
            scopes: client.scopes.iter().map(ToString::to_string).collect(),
            logo_url: application.logo_url.clone(),
        }
    }

    /// The same without spaces around anything and without empty lines.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let trim = |text: String| text.trim().to_owned();
        let lines = |lines: Vec<String>| -> Vec<String> {
            let mut kept: Vec<String> = Vec::new();
            for line in lines.into_iter().map(trim).filter(|line| !line.is_empty()) {
                if !kept.contains(&line) {
                    kept.push(line);
                }
            }
            kept
        };
        Self {
            name: trim(self.name),
            description: trim(self.description),
            vendor: trim(self.vendor),
            contact: trim(self.contact),
            privacy_url: trim(self.privacy_url),
            support_url: trim(self.support_url),
            initiate_login_uri: trim(self.initiate_login_uri),
            redirect_uris: lines(self.redirect_uris),
            scopes: lines(self.scopes),
            logo_url: trim(self.logo_url),
        }
    }

    /// The scopes as a set; what is no scope is left out, because [`ApplicationDraft::problems`] names it.
    pub(crate) fn scope_set(&self) -> ScopeSet {
        self.scopes
            .iter()
            .filter_map(|scope| Scope::parse(scope).ok())
            .collect()
    }

    /// Everything that is wrong, at once, so that nobody has to send a form five times.
    pub fn problems(&self, kind: ApplicationKind) -> Problems {
        let mut problems = Problems::new();
        let mut say = |field, sentence: &str| {
            problems.push(Problem {
                field,
                sentence: sentence.to_owned(),
            });
        };
        if self.name.is_empty() {
            say("name", "Give it the name that people will read.");
        }
        for (field, text, longest) in [
            ("name", &self.name, 200),
            ("description", &self.description, 2000),
            ("vendor", &self.vendor, 200),
            ("contact", &self.contact, 320),
        ] {
            if text.chars().count() > longest {
                say(field, &format!("At most {longest} characters fit here."));
            } else if text
                .chars()
                .any(|character| character.is_control() && !matches!(character, '\n' | '\r'))
                || (field != "description" && text.contains(['\n', '\r']))
            {
                say(field, "Only ordinary characters can stand here, on one line.");
            }
        }
        if !is_address(&self.contact) {
            say(
                "contact",
                "Give an e-mail address at which administrators reach you.",
            );
        }
        for (field, text) in [
            ("privacy_url", &self.privacy_url),
            ("support_url", &self.support_url),
            ("initiate_login_uri", &self.initiate_login_uri),
        ] {
            if !text.is_empty() && !is_web(text) {
                say(
                    field,
                    "Give a whole address that begins with https:// (or http:// while you develop).",
                );
            }
        }
        if kind == ApplicationKind::Integration {
            self.check_redirect_uris(&mut problems);
        } else if !self.redirect_uris.is_empty() {
            problems.push(Problem {
                field: "redirect_uris",
                sentence: "A Service App has no redirect URI: nobody is sent through a browser.".to_owned(),
            });
        }
        self.check_scopes(kind, &mut problems);
        problems
    }

    fn check_redirect_uris(&self, problems: &mut Problems) {
        let sentence = if self.redirect_uris.is_empty() {
            "Give at least one address to which the answer of an authorization may go.".to_owned()
        } else {
            match hub_oauth::check_redirect_uris(&self.redirect_uris) {
                Ok(()) => return,
                Err(error) => error.public().to_owned(),
            }
        };
        problems.push(Problem {
            field: "redirect_uris",
            sentence,
        });
    }

    fn check_scopes(&self, kind: ApplicationKind, problems: &mut Problems) {
        let known = known_scopes(kind.is_service_app());
        let unknown = self.scopes.iter().find(|scope| !known.contains(scope));
        let sentence = match unknown {
            Some(scope) => {
                let shown: String = scope.chars().filter(|c| !c.is_control()).take(60).collect();
                format!("“{shown}” is not a scope that {} can ask for here.", an(kind))
            }
            None if self.scopes.is_empty() => "Choose at least one permission.".to_owned(),
            None => return,
        };
        problems.push(Problem {
            field: "scopes",
            sentence,
        });
    }
}

const fn an(kind: ApplicationKind) -> &'static str {
    match kind {
        ApplicationKind::Integration => "an integration",
        ApplicationKind::ServiceApp => "a Service App",
    }
}

/// The first problem as an error, for callers that show one sentence.
pub(crate) fn as_error(problems: &Problems) -> Option<Error> {
    let Problem { field, sentence } = problems.first()?;
    Some(Error::invalid(if field.is_empty() {
        sentence.clone()
    } else {
        format!("{field}: {sentence}")
    }))
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !text.chars().any(char::is_whitespace)
}

fn is_web(text: &str) -> bool {
    text.len() <= 2000
        && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> ApplicationDraft {
        ApplicationDraft {
            name: "Roster".to_owned(),
            contact: "dev@example.com".to_owned(),
            redirect_uris: vec!["https://roster.example/callback".to_owned()],
            scopes: vec!["spark:people_read".to_owned()],
            ..ApplicationDraft::default()
        }
    }

    fn fields(draft: &ApplicationDraft, kind: ApplicationKind) -> Vec<&'static str> {
        draft.problems(kind).iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_whole_draft_is_taken_and_everything_wrong_is_said_at_once() {
        let integration = ApplicationKind::Integration;
        assert!(fields(&whole(), integration).is_empty());
        let broken = ApplicationDraft {
            contact: "nobody".to_owned(),
            privacy_url: "javascript:alert(1)".to_owned(),
            redirect_uris: vec!["https://a.example/cb#x".to_owned()],
            scopes: vec!["spark:fly".to_owned()],
            ..ApplicationDraft::default()
        };
        assert_eq!(
            fields(&broken, integration),
            ["name", "contact", "privacy_url", "redirect_uris", "scopes"]
        );
    }

    #[test]
    fn a_service_app_has_no_redirect_uri_and_asks_for_no_sign_in() {
        let kind = ApplicationKind::ServiceApp;
        assert_eq!(fields(&whole(), kind), ["redirect_uris"]);
        let mut draft = whole();
        draft.redirect_uris.clear();
        draft.scopes.push("openid".to_owned());
        assert_eq!(fields(&draft, kind), ["scopes"]);
    }

    #[test]
    fn lines_are_trimmed_and_said_once() {
        let mut draft = whole();
        draft.redirect_uris = [" https://a.example/cb ", "", "https://a.example/cb"]
            .map(ToOwned::to_owned)
            .to_vec();
        assert_eq!(draft.trimmed().redirect_uris, ["https://a.example/cb"]);
    }
}
