use kit::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};

/// How one question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Fine,
    /// It works, and something is not as it should be, or cannot be known.
    Doubtful,
    /// The integration cannot do its work.
    Wrong,
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was asked: `GET /people/me`, in words.
    pub asked: String,
    /// What was answered, in words.
    pub answered: String,
    pub verdict: Verdict,
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    Passed,
    Doubtful,
    Failed,
}

/// The last check of an authorization: what was asked, what was answered, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    pub checked_at: Timestamp,
    pub checked_by: String,
    pub findings: Vec<Finding>,
}

impl Finding {
    pub fn new(asked: &str, verdict: Verdict, answered: impl Into<String>) -> Self {
        Self {
            asked: asked.to_owned(),
            answered: answered.into(),
            verdict,
        }
    }
}

impl CheckReport {
    /// The worst verdict counts.
    pub fn outcome(&self) -> CheckOutcome {
        match self.findings.iter().map(|finding| finding.verdict).max() {
            Some(Verdict::Fine) => CheckOutcome::Passed,
            Some(Verdict::Doubtful) => CheckOutcome::Doubtful,
            Some(Verdict::Wrong) | None => CheckOutcome::Failed,
        }
    }

    /// The answer that matters most.
    pub fn worst(&self) -> Option<&Finding> {
        let mut worst: Option<&Finding> = None;
        for finding in &self.findings {
            if worst.is_none_or(|known| finding.verdict > known.verdict) {
                worst = Some(finding);
            }
        }
        worst
    }

    pub(crate) fn findings_text(&self) -> Result<String> {
        serde_json::to_string(&self.findings).map_err(Error::internal)
    }

    pub(crate) fn findings_from(text: &str) -> Result<Vec<Finding>> {
        serde_json::from_str(text).map_err(Error::internal)
    }
}
