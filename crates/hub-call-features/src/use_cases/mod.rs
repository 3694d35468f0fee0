//! One verb a file; the authorization check comes first.

mod attendant_announcements;
pub(crate) mod attendant_create;
mod attendant_delete;
mod attendant_update;
pub(crate) mod attendants_list;
mod change_group;
mod change_queue;
mod create_group;
mod delete_group;
mod find_candidates;
mod forward_feature;
mod forwarding_rules;
mod list_groups;
mod queue_agents;
mod queue_defaults;
mod schedule_change;
mod schedule_create;
mod schedule_delete;
pub(crate) mod schedules_list;
mod show_group;

pub(crate) use create_group::owner;
pub(crate) use find_candidates::CandidateQuery;
pub(crate) use forward_feature::{FeatureRef, rule_id, rule_name};
pub(crate) use list_groups::{GroupLine, GroupQuery};
pub(crate) use queue_agents::{AgentLine, AgentQuery, AvailableQuery, QueueOfAgent};
pub(crate) use show_group::{AgentView, GroupView};
