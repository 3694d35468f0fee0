//! What of the published API this Hub serves: computed from the published operations and the table of routes, so
//! that neither the page, nor the document, nor the answer to an operation that is missing can disagree with the code.

mod families;
mod gate;
mod published;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use kit_web::RouteSpec;

pub(crate) use families::family_of;
pub(crate) use gate::{Gate, say_what_is_not_served};
use published::without_names;
pub use published::{Operation, published};

/// How much of an operation is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As published.
    Served,
    /// With something left out, in the words that stand beside the route.
    InPart(&'static str),
    /// Not at all.
    NotServed,
}

/// An operation and how much of it is served.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The operation.
    pub operation: &'static Operation,
    /// How much of it is served.
    pub state: State,
}

/// How many operations are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Served as published.
    pub served: usize,
    /// Served in part.
    pub in_part: usize,
    /// Not served.
    pub not_served: usize,
}

impl Counts {
    fn add(&mut self, state: State) {
        match state {
            State::Served => self.served += 1,
            State::InPart(_) => self.in_part += 1,
            State::NotServed => self.not_served += 1,
        }
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.served + self.in_part + self.not_served
    }
}

/// The published operations beside the routes.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Every published operation.
    pub lines: Vec<Line>,
    /// Routes for programs that no source publishes: OAuth and OpenID Connect, for example.
    pub beyond: Vec<&'static RouteSpec>,
}

/// Lays the routes beside the published operations.
pub fn coverage(routes: impl Iterator<Item = &'static RouteSpec>) -> Coverage {
    let mut by_address: BTreeMap<(&str, String), &'static RouteSpec> = routes
        .filter(|route| !is_for_the_rest(route.path))
        .map(|route| ((route.method.as_str(), without_names(route.path)), route))
        .collect();
    let lines = published().iter().map(|operation| {
        let address = (operation.method.as_str(), without_names(&operation.address()));
        let state = match by_address.remove(&address) {
            None => State::NotServed,
            Some(route) => route.left_out.map_or(State::Served, State::InPart),
        };
        Line { operation, state }
    });
    let lines = lines.collect();
    let beyond = by_address
        .into_values()
        .filter(|route| is_for_programs(route.path))
        .collect();
    Coverage { lines, beyond }
}

/// A route that answers whatever no other takes is no operation.
fn is_for_the_rest(path: &str) -> bool {
    path.contains("{*")
}

fn is_for_programs(path: &str) -> bool {
    ["/v1/", "/identity/", "/idb/", "/u2c/", "/.well-known/"]
        .iter()
        .any(|beginning| path.starts_with(beginning))
}

impl Coverage {
    /// The counts of everything.
    pub fn counts(&self) -> Counts {
        counts_of(&self.lines)
    }

    /// The counts of each family, by name.
    pub fn families(&self) -> BTreeMap<&'static str, Counts> {
        let mut families: BTreeMap<&str, Counts> = BTreeMap::new();
        for line in &self.lines {
            families.entry(line.operation.family).or_default().add(line.state);
        }
        families
    }

    /// The operations that are not served, one a line, in order.
    pub fn not_served(&self) -> BTreeSet<String> {
        self.lines
            .iter()
            .filter(|line| line.state == State::NotServed)
            .map(|line| format!("{} {}", line.operation.method, line.operation.address()))
            .collect()
    }
}

fn counts_of(lines: &[Line]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        counts.add(line.state);
    }
    counts
}

#[cfg(test)]
mod tests {
    use http::Method;
    use kit_web::RouteSpec;

    use super::*;

    static ROUTES: &[RouteSpec] = &[
        RouteSpec::api(&Method::GET, "/v1/people/{any_name}", &[], "One person"),
        RouteSpec::api(&Method::GET, "/v1/people", &[], "People").in_part("Nobody is found by role."),
        RouteSpec::open(&Method::POST, "/v1/access_token", "Tokens"),
        RouteSpec::page(&Method::GET, "/users", "Find people"),
    ];

    #[test]
    fn routes_are_found_whatever_their_parameters_are_called_and_the_rest_is_missing() {
        let coverage = coverage(ROUTES.iter());
        let state = |method, path| {
            let line = coverage
                .lines
                .iter()
                .find(|line| line.operation.method == method && line.operation.path == path);
            line.expect("it is published").state
        };
        assert_eq!(state(Method::GET, "/people/{personId}"), State::Served);
        assert_eq!(
            state(Method::GET, "/people"),
            State::InPart("Nobody is found by role.")
        );
        assert_eq!(state(Method::PUT, "/people/{personId}"), State::NotServed);
        let counts = coverage.counts();
        assert_eq!((counts.served, counts.in_part), (1, 1));
        assert_eq!(counts.total(), published().len());
        assert_eq!(coverage.not_served().len(), counts.not_served);
        let beyond: Vec<&str> = coverage.beyond.iter().map(|route| route.path).collect();
        assert_eq!(beyond, ["/v1/access_token"], "pages are no operations");
        assert_eq!(coverage.families()["Messaging"].served, 0);
    }
}
