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
}

impl RouteSpec {
    /// An operation of the public API: a bearer token with one of these scopes.
    pub const fn api(
        method: &'static Method,
        path: &'static str,
        scopes: &'static [&'static str],
        summary: &'static str,
    ) -> Self {
        Self {
            method,
            path,
            needs: Needs::Scopes(scopes),
            summary,
        }
    }

    /// A page for somebody who is signed in.
    pub const fn page(method: &'static Method, path: &'static str, summary: &'static str) -> Self {
        Self {
            method,
            path,
            needs: Needs::Session,
            summary,
        }
    }

    /// Something that anybody may ask.
    pub const fn open(method: &'static Method, path: &'static str, summary: &'static str) -> Self {
        Self {
            method,
            path,
            needs: Needs::Nothing,
            summary,
        }
    }
}
