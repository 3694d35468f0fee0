use std::collections::VecDeque;

use kit::Timestamp;
use serde::Serialize;

/// How many requests are remembered; older ones are forgotten.
const REMEMBERED: usize = 1_000;

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenRequest {
    /// Counts from 1; what was forgotten leaves a gap at the beginning.
    pub number: u64,
    /// When, by the simulated clock.
    pub at: Timestamp,
    /// Method and route: `GET /v1/people/{person_id}`.
    pub operation: String,
    /// The path that was asked for.
    pub path: String,
    /// The integration that asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// At the token endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<String>,
    /// The status of the answer, also of one that was dropped.
    pub status: u16,
    /// What was made to go wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Ties it to the log of the Hub.
    pub tracking_id: String,
}

/// The last requests, the oldest first.
#[derive(Default)]
pub(crate) struct RequestLog {
    last_number: u64,
    seen: VecDeque<SeenRequest>,
}

impl RequestLog {
    pub(crate) fn add(&mut self, mut request: SeenRequest) {
        self.last_number += 1;
        request.number = self.last_number;
        if self.seen.len() == REMEMBERED {
            self.seen.pop_front();
        }
        self.seen.push_back(request);
    }

    /// Those after this number, the oldest first.
    pub(crate) fn after(&self, number: u64) -> Vec<SeenRequest> {
        self.seen
            .iter()
            .filter(|request| request.number > number)
            .cloned()
            .collect()
    }

    /// The last ones, the newest first.
    pub(crate) fn latest(&self, count: usize) -> Vec<SeenRequest> {
        self.seen.iter().rev().take(count).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_bounded_and_keeps_the_newest() {
        let mut log = RequestLog::default();
        for _ in 0..REMEMBERED + 5 {
            log.add(SeenRequest {
                number: 0,
                at: Timestamp::from_millis(0),
                operation: "GET /v1/people".to_owned(),
                path: "/v1/people".to_owned(),
                client_id: None,
                grant_type: None,
                status: 200,
                fault: None,
                tracking_id: String::new(),
            });
        }
        let all = log.after(0);
        assert_eq!((all.len(), all[0].number), (REMEMBERED, 6));
        assert_eq!(log.after(1_003).len(), 2);
        assert_eq!(log.latest(2)[0].number, 1_005);
    }
}
