//! Which request falls under which limit.

use http::Method;
use http::request::Parts;
use kit_web::Quota;

use super::RateLimits;
use crate::coverage::family_of;

/// A limit and what falls under it.
pub(super) struct Rule {
    covers: fn(&Asked<'_>) -> bool,
    part: fn(&Asked<'_>) -> &'static str,
    /// What the refusal begins with.
    pub(super) sentence: &'static str,
    /// What is counted.
    pub(super) what: &'static str,
}

/// What a request asks, as the rules look at it.
struct Asked<'a> {
    method: &'a Method,
    /// Without `/v1` and without a slash at the end.
    path: &'a str,
    query: &'a str,
}

impl Rule {
    /// The part of the API by which this request is counted; `None` where it does not fall under this limit.
    pub(super) fn part_of(&self, request: &Parts) -> Option<&'static str> {
        let asked = Asked::of(request)?;
        (self.covers)(&asked).then(|| (self.part)(&asked))
    }
}

impl<'a> Asked<'a> {
    /// `None` for what is not the public API.
    fn of(request: &'a Parts) -> Option<Self> {
        let path = request.uri.path();
        let path = match path.strip_prefix("/v1") {
            Some(rest) if rest.starts_with('/') => rest,
            _ if path.starts_with("/identity/") => path,
            _ => return None,
        };
        Some(Self {
            method: &request.method,
            path: path.trim_end_matches('/'),
            query: request.uri.query().unwrap_or_default(),
        })
    }

    fn is_read(&self) -> bool {
        matches!(*self.method, Method::GET | Method::HEAD)
    }

    /// What a parameter says, as the routes read it: the first of its name counts, and an empty one says nothing.
    fn text(&self, name: &str) -> Option<String> {
        let (_, value) = url::form_urlencoded::parse(self.query.as_bytes()).find(|(key, _)| key == name)?;
        Some(value.into_owned()).filter(|value| !value.is_empty() && value != "null")
    }

    fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.text(name).is_some())
    }

    fn excludes_presence(&self) -> bool {
        self.text("excludeStatus")
            .is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }

    /// A list that answers presence and looks for nobody in particular, from its beginning. Pages that follow a cursor
    /// belong to the list that was counted.
    fn is_list_of_people(&self) -> bool {
        self.is_read()
            && self.path == "/people"
            && !self.has(&["cursor", "id", "email", "displayName"])
            && !self.excludes_presence()
    }

    /// One person; one's own profile is how programs find out whose token they have.
    fn is_read_of_a_person(&self) -> bool {
        let id = self.path.strip_prefix("/people/");
        self.is_read() && id.is_some_and(|id| id != "me" && !id.is_empty() && !id.contains('/'))
    }

    fn is_call_records(&self) -> bool {
        self.is_read() && matches!(self.path, "/cdr_feed" | "/cdr_stream")
    }

    /// `Link` of a page of call records carries this.
    fn is_further_page(&self) -> bool {
        self.has(&["startTimeForNextFetch"])
    }

    fn feed(&self) -> &'static str {
        if self.path == "/cdr_stream" {
            "cdr_stream"
        } else {
            "cdr_feed"
        }
    }
}

const TOO_MANY: &str = "Too many requests:";

/// The limits that are on; the first that covers a request counts it.
pub(super) fn rules_of(limits: &RateLimits) -> Vec<(Rule, Quota)> {
    let RateLimits {
        people_lists,
        people_reads,
        call_records,
        call_record_pages,
        general,
    } = limits;
    let all = [
        (
            *people_lists,
            Rule {
                covers: |asked| asked.is_list_of_people(),
                part: |_| "People with presence",
                sentence: TOO_MANY,
                what: "lists",
            },
        ),
        (
            *people_reads,
            Rule {
                covers: |asked| asked.is_read_of_a_person(),
                part: |_| "People with presence",
                sentence: TOO_MANY,
                what: "reads of one person",
            },
        ),
        (
            *call_record_pages,
            Rule {
                covers: |asked| asked.is_call_records() && asked.is_further_page(),
                part: |asked| asked.feed(),
                sentence: "Request rate exceeds threshold:",
                what: "further pages",
            },
        ),
        (
            *call_records,
            Rule {
                covers: |asked| asked.is_call_records() && !asked.is_further_page(),
                part: |asked| asked.feed(),
                sentence: "Request rate exceeds threshold:",
                what: "first requests",
            },
        ),
        (
            *general,
            Rule {
                covers: |_| true,
                part: |asked| family_of(asked.path),
                sentence: TOO_MANY,
                what: "requests",
            },
        ),
    ];
    all.into_iter()
        .filter_map(|(quota, rule)| quota.map(|quota| (rule, quota)))
        .collect()
}
