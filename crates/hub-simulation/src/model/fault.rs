use std::time::Duration;

use http::{Method, StatusCode};
use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::operation::OperationPattern;

/// More are a mistake of a loop.
const MOST_FAULTS: usize = 100;
/// Longer than any client waits.
const LONGEST_LATENCY_MS: u64 = 120_000;

/// A fault as it is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFault {
    /// Which requests meet it: `POST /v1/access_token`.
    pub operation: OperationPattern,
    /// Only those of this integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Only those with this grant type (`refresh_token`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<String>,
    /// Waits before anything else happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u64>,
    /// Answers this status (429, 500, 502 …) and does nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// With 429 and 503: what `Retry-After` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// Does everything, and cuts the connection instead of answering.
    #[serde(default)]
    pub drop_answer: bool,
    /// How likely a request meets it, 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
    /// How many requests meet it; without, all of them until it is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

const fn always() -> f64 {
    1.0
}

/// A fault that waits for requests.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// By which it is removed.
    pub id: u64,
    /// What was asked for.
    #[serde(flatten)]
    pub wanted: NewFault,
    /// How many requests met it.
    pub met: u64,
}

/// What a request meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) latency: Duration,
    pub(crate) ending: Ending,
    pub(crate) words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is answered as always.
    Answered,
    /// It is answered by this and nothing is done.
    Refused(StatusCode, Option<u64>),
    /// Everything is done and the answer is lost.
    Lost,
}

/// What of a request decides whether it meets a fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) grant_type: Option<&'a str>,
}

/// Every fault, in the order in which they were made: the first that fits is met.
#[derive(Default)]
pub(crate) struct Faults {
    last_id: u64,
    all: Vec<Fault>,
}

impl NewFault {
    fn check(&self) -> Result<()> {
        if !(0.0..=1.0).contains(&self.probability) {
            return Err(Error::invalid(format!(
                "The probability {} is not between 0 and 1.",
                self.probability
            )));
        }
        if self
            .latency_ms
            .is_some_and(|latency| latency > LONGEST_LATENCY_MS)
        {
            return Err(Error::invalid("The latency is at most 120,000 ms."));
        }
        if self.status.is_some_and(|status| !(400..=599).contains(&status)) {
            return Err(Error::invalid("The status of a fault is between 400 and 599."));
        }
        if self.status.is_some() && self.drop_answer {
            return Err(Error::invalid(
                "A fault either answers a status or drops the answer; make two for both.",
            ));
        }
        if self.retry_after_seconds.is_some() && !matches!(self.status, Some(429 | 503)) {
            return Err(Error::invalid("Retry-After goes with the status 429 or 503."));
        }
        if self.latency_ms.is_none() && self.status.is_none() && !self.drop_answer {
            return Err(Error::invalid(
                "Say what goes wrong: “latency_ms”, “status” or “drop_answer”.",
            ));
        }
        Ok(())
    }

    fn fits(&self, asked: Asked<'_>) -> bool {
        let same = |wanted: &Option<String>, given: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| given == Some(wanted))
        };
        self.operation.matches(asked.method, asked.path)
            && same(&self.client_id, asked.client_id)
            && same(&self.grant_type, asked.grant_type)
    }

    fn ending(&self) -> Ending {
        match self.status.and_then(|status| StatusCode::from_u16(status).ok()) {
            Some(status) => Ending::Refused(status, self.retry_after_seconds),
            None if self.drop_answer => Ending::Lost,
            None => Ending::Answered,
        }
    }

    /// What goes wrong, in a few words.
    pub fn in_words(&self) -> String {
        let mut words = Vec::new();
        if let Some(latency) = self.latency_ms {
            words.push(format!("{latency} ms late"));
        }
        match self.ending() {
            Ending::Answered => {}
            Ending::Refused(status, Some(wait)) => {
                words.push(format!("{} with Retry-After {wait}", status.as_u16()));
            }
            Ending::Refused(status, None) => words.push(status.as_u16().to_string()),
            Ending::Lost => words.push("done, and the answer dropped".to_owned()),
        }
        words.join(", ")
    }
}

impl Fault {
    /// How many more requests meet it.
    pub fn left(&self) -> Option<u64> {
        self.wanted.count.map(|count| count.saturating_sub(self.met))
    }
}

impl Faults {
    pub(crate) fn add(&mut self, wanted: NewFault) -> Result<Fault> {
        wanted.check()?;
        if self.all.len() >= MOST_FAULTS {
            return Err(Error::conflict(format!(
                "There are {MOST_FAULTS} faults already; remove some first."
            )));
        }
        self.last_id += 1;
        let fault = Fault {
            id: self.last_id,
            wanted,
            met: 0,
        };
        self.all.push(fault.clone());
        Ok(fault)
    }

    pub(crate) fn all(&self) -> &[Fault] {
        &self.all
    }

    pub(crate) fn remove(&mut self, id: u64) -> Result<()> {
        let before = self.all.len();
        self.all.retain(|fault| fault.id != id);
        if self.all.len() == before {
            return Err(Error::not_found(format!("There is no fault {id}.")));
        }
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.all.clear();
    }

    /// What this request meets; `chance` gives a number from 0 up to 1.
    pub(crate) fn meet(&mut self, asked: Asked<'_>, mut chance: impl FnMut() -> f64) -> Option<Meeting> {
        let fault = self.all.iter_mut().find(|fault| {
            fault.left() != Some(0) && fault.wanted.fits(asked) && {
                let probability = fault.wanted.probability;
                probability >= 1.0 || chance() < probability
            }
        })?;
        fault.met += 1;
        Some(Meeting {
            latency: Duration::from_millis(fault.wanted.latency_ms.unwrap_or_default()),
            ending: fault.wanted.ending(),
            words: fault.wanted.in_words(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: serde_json::Value) -> Result<NewFault> {
        let fault: NewFault = serde_json::from_value(json).unwrap();
        fault.check().map(|()| fault)
    }

    fn refresh(client: &str) -> Asked<'_> {
        Asked {
            method: &Method::POST,
            path: "/v1/access_token",
            client_id: Some(client),
            grant_type: Some("refresh_token"),
        }
    }

    #[test]
    fn a_fault_is_met_as_often_as_it_says_by_those_it_names() {
        let mut faults = Faults::default();
        let wanted = fault(serde_json::json!({
            "operation": "POST /v1/access_token", "client_id": "C1", "grant_type": "refresh_token",
            "status": 429, "retry_after_seconds": 3, "count": 2,
        }));
        let id = faults.add(wanted.unwrap()).unwrap().id;
        assert_eq!(faults.meet(refresh("C2"), || 0.0), None, "another integration");
        let other_grant = Asked {
            grant_type: Some("authorization_code"),
            ..refresh("C1")
        };
        assert_eq!(faults.meet(other_grant, || 0.0), None);
        for _ in 0..2 {
            let met = faults.meet(refresh("C1"), || 0.0).unwrap();
            assert_eq!(
                met.ending,
                Ending::Refused(StatusCode::TOO_MANY_REQUESTS, Some(3))
            );
        }
        assert_eq!(faults.meet(refresh("C1"), || 0.0), None, "used up");
        assert_eq!((faults.all()[0].met, faults.all()[0].left()), (2, Some(0)));
        faults.remove(id).unwrap();
        assert!(faults.remove(id).unwrap_err().to_string().contains("no fault 1"));
    }

    #[test]
    fn chance_decides_where_it_is_asked() {
        let mut faults = Faults::default();
        let wanted =
            fault(serde_json::json!({ "operation": "* /v1/**", "drop_answer": true, "probability": 0.25 }));
        faults.add(wanted.unwrap()).unwrap();
        assert!(faults.meet(refresh("C1"), || 0.25).is_none());
        assert_eq!(faults.meet(refresh("C1"), || 0.24).unwrap().ending, Ending::Lost);
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        for (json, said) in [
            (
                serde_json::json!({ "operation": "GET /v1/people" }),
                "Say what goes wrong",
            ),
            (
                serde_json::json!({ "operation": "GET /v1/people", "status": 200 }),
                "between 400 and 599",
            ),
            (
                serde_json::json!({ "operation": "GET /v1/people", "status": 500, "drop_answer": true }),
                "either",
            ),
            (
                serde_json::json!({ "operation": "GET /v1/people", "status": 500, "retry_after_seconds": 1 }),
                "429 or 503",
            ),
            (
                serde_json::json!({ "operation": "GET /v1/people", "status": 500, "probability": 1.5 }),
                "between 0 and 1",
            ),
            (
                serde_json::json!({ "operation": "GET /v1/people", "latency_ms": 500_000 }),
                "at most",
            ),
        ] {
            let error = fault(json).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
