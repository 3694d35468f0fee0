use http::Method;

/// What a route wants of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody may ask.
    Nothing,
    /// A valid bearer token with one of these scopes (an empty list: any valid token).
    Scopes(&'static [&'static str]),
    /// A signed-in person at a browser.
    Session,
}

/// One line of the route table. The table builds the documentation and drives the authorization tests, so a
/// route that is not in it is a defect that a test finds.
#[derive(Clone, Copy, Debug)]
pub struct RouteSpec {
    /// `GET`, `POST` …
    pub method: &'static Method,
    /// The path as the router writes it: `/v1/people/{person_id}`.
    pub path: &'static str,
    /// What it wants.
    pub needs: Needs,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What of the published operation is left out; `None` where it is served whole.
    pub left_out: Option<&'static str>,
}

impl RouteSpec {
    /// A line of the table.
    pub const fn new(
        method: &'static Method,
        path: &'static str,
        needs: Needs,
        summary: &'static str,
    ) -> Self {
        Self {
            method,
            path,
            needs,
            summary,
            left_out: None,
        }
    }

    /// Says what of the published operation this route leaves out. The coverage page then shows it as served in part,
    /// with these words.
    #[must_use]
    pub const fn in_part(mut self, left_out: &'static str) -> Self {
        self.left_out = Some(left_out);
        self
    }

    /// An operation of the public API: a bearer token with one of these scopes.
    pub const fn api(
        method: &'static Method,
        path: &'static str,
        scopes: &'static [&'static str],
        summary: &'static str,
    ) -> Self {
        Self::new(method, path, Needs::Scopes(scopes), summary)
    }

    /// A page for somebody who is signed in.
    pub const fn page(method: &'static Method, path: &'static str, summary: &'static str) -> Self {
        Self::new(method, path, Needs::Session, summary)
    }

    /// Something that anybody may ask.
    pub const fn open(method: &'static Method, path: &'static str, summary: &'static str) -> Self {
        Self::new(method, path, Needs::Nothing, summary)
    }
}
