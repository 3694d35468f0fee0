//! Hunt groups and call queues.

mod agents;
mod delete;
mod detail;
mod edit;
mod form;
mod list;
mod words;

use axum::Router;
use axum::extract::OriginalUri;
use axum::routing::get;
use http::Method;
use hub_directory::Caller;
use kit::{Error, Result, Uuid};
use kit_web::RouteSpec;

use super::common::missing;
use crate::CallFeatures;
use crate::model::group::{Group, GroupKind};
use crate::use_cases::GroupView;

const HUNT_GROUPS: &str = "/calling/features";
const QUEUES: &str = "/calling/features/call-queues";

macro_rules! pages_of {
    ($list:literal, $each:literal, $many:literal, $one:literal) => {
        &[
            RouteSpec::page(&Method::GET, $list, concat!("Find ", $many)),
            RouteSpec::page(
                &Method::GET,
                concat!($each, "/new"),
                concat!("Form for a new ", $one),
            ),
            RouteSpec::page(&Method::POST, concat!($each, "/new"), concat!("Create a ", $one)),
            RouteSpec::page(&Method::GET, concat!($each, "/{group_id}"), concat!("One ", $one)),
            RouteSpec::page(
                &Method::GET,
                concat!($each, "/{group_id}/edit"),
                concat!("Form for a ", $one),
            ),
            RouteSpec::page(
                &Method::POST,
                concat!($each, "/{group_id}/edit"),
                concat!("Change a ", $one),
            ),
            RouteSpec::page(
                &Method::GET,
                concat!($each, "/{group_id}/agents"),
                concat!("Who takes the calls of a ", $one),
            ),
            RouteSpec::page(
                &Method::POST,
                concat!($each, "/{group_id}/agents"),
                concat!("Change who takes the calls of a ", $one),
            ),
            RouteSpec::page(
                &Method::GET,
                concat!($each, "/{group_id}/delete"),
                concat!("Ask before a ", $one, " is deleted"),
            ),
            RouteSpec::page(
                &Method::POST,
                concat!($each, "/{group_id}/delete"),
                concat!("Delete a ", $one),
            ),
        ]
    };
}

pub(super) const HUNT_GROUP_PAGES: &[RouteSpec] = pages_of!(
    "/calling/features",
    "/calling/features/hunt-groups",
    "hunt groups",
    "hunt group"
);
pub(super) const QUEUE_PAGES: &[RouteSpec] = pages_of!(
    "/calling/features/call-queues",
    "/calling/features/call-queues",
    "call queues",
    "call queue"
);

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(HUNT_GROUPS, get(list::list))
        .route(QUEUES, get(list::list))
        .merge(router_of(Part::HuntGroups))
        .merge(router_of(Part::Queues))
}

fn router_of(part: Part) -> Router<CallFeatures> {
    let each = part.each();
    Router::new()
        .route(&format!("{each}/new"), get(edit::new_form).post(edit::create))
        .route(&format!("{each}/{{group_id}}"), get(detail::show))
        .route(
            &format!("{each}/{{group_id}}/edit"),
            get(edit::edit_form).post(edit::save),
        )
        .route(
            &format!("{each}/{{group_id}}/agents"),
            get(agents::list).post(agents::change),
        )
        .route(
            &format!("{each}/{{group_id}}/delete"),
            get(delete::ask).post(delete::delete),
        )
}

/// Hunt groups and queues have the same pages, each below a path of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    HuntGroups,
    Queues,
}

impl Part {
    /// The part that an address belongs to.
    fn of(OriginalUri(uri): &OriginalUri) -> Self {
        if uri.path().starts_with(QUEUES) {
            Self::Queues
        } else {
            Self::HuntGroups
        }
    }

    const fn kinds(self) -> &'static [GroupKind] {
        match self {
            Self::HuntGroups => &[GroupKind::HuntGroup],
            Self::Queues => GroupKind::QUEUES,
        }
    }

    /// The page of the list.
    const fn list(self) -> &'static str {
        match self {
            Self::HuntGroups => HUNT_GROUPS,
            Self::Queues => QUEUES,
        }
    }

    /// What stands before the id of one.
    const fn each(self) -> &'static str {
        match self {
            Self::HuntGroups => "/calling/features/hunt-groups",
            Self::Queues => QUEUES,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::HuntGroups => "Hunt groups",
            Self::Queues => "Call queues",
        }
    }

    const fn tab(self) -> &'static str {
        match self {
            Self::HuntGroups => "hunt-groups",
            Self::Queues => "call-queues",
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::HuntGroups => "hunt group",
            Self::Queues => "call queue",
        }
    }

    const fn is_queues(self) -> bool {
        matches!(self, Self::Queues)
    }

    fn path_of(self, group: &Group) -> String {
        format!("{}/{}", self.each(), group.id)
    }

    /// The group that a path names.
    async fn group(self, call_features: &CallFeatures, caller: &Caller, id: &str) -> Result<GroupView> {
        let none = match self {
            Self::HuntGroups => "There is no such hunt group in your organization.",
            Self::Queues => "There is no such call queue in your organization.",
        };
        let id = Uuid::parse_str(id).map_err(|_| Error::not_found(none))?;
        call_features
            .show_group(caller, None, self.kinds(), id)
            .await
            .map_err(|error| missing(error, none))
    }
}
