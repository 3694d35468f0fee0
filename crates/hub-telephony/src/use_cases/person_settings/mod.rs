//! A person's call settings: seeing and changing them.

mod change;
mod change_numbers;
mod choose_endpoint;
mod forget;
mod monitor;
mod monitor_one;
mod show;

pub(crate) use change::ChangesTogether;
pub(crate) use change_numbers::NumbersDraft;
pub(crate) use monitor::{CandidateQuery, Line, MonitoringDraft, MonitoringView, Target};
pub(crate) use monitor_one::OneChange;
pub(crate) use show::{CallerIdView, NumbersView};
