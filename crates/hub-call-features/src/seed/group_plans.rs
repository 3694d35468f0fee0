//! Which hunt groups and queues an invented location has.

use crate::model::group::GroupKind;
use crate::model::words::{RoutingPolicy, RoutingType};

/// A group as it is planned; its agents come from the departments, those named first before the others.
pub(super) struct GroupPlan {
    pub(super) kind: GroupKind,
    pub(super) name: &'static str,
    pub(super) departments: &'static [&'static str],
    pub(super) policy: RoutingPolicy,
    pub(super) routing_type: RoutingType,
    pub(super) most_agents: usize,
    /// Whether it has a direct number besides its extension.
    pub(super) with_number: bool,
    pub(super) queue_size: i64,
}

const fn hunt(
    name: &'static str,
    departments: &'static [&'static str],
    policy: RoutingPolicy,
    most_agents: usize,
) -> GroupPlan {
    GroupPlan {
        kind: GroupKind::HuntGroup,
        name,
        departments,
        policy,
        routing_type: RoutingType::PriorityBased,
        most_agents,
        with_number: true,
        queue_size: 0,
    }
}

const fn queue(
    name: &'static str,
    departments: &'static [&'static str],
    policy: RoutingPolicy,
    queue_size: i64,
) -> GroupPlan {
    GroupPlan {
        kind: GroupKind::CallQueue,
        name,
        departments,
        policy,
        routing_type: RoutingType::PriorityBased,
        most_agents: 8,
        with_number: true,
        queue_size,
    }
}

const DISPATCH: GroupPlan = hunt(
    "Dispatch Desk",
    &["Operations", "Supply Chain"],
    RoutingPolicy::Regular,
    5,
);
const HELP_DESK: GroupPlan = hunt(
    "IT Help Desk",
    &["Information Technology"],
    RoutingPolicy::Circular,
    6,
);
const RECEPTION: GroupPlan = hunt(
    "Reception",
    &["Facilities", "Human Resources"],
    RoutingPolicy::Simultaneous,
    3,
);
const SALES_LINE: GroupPlan = hunt("Sales Line", &["Sales", "Marketing"], RoutingPolicy::Uniform, 6);
const PAYROLL: GroupPlan = GroupPlan {
    with_number: false,
    ..hunt(
        "Payroll Questions",
        &["Finance", "Human Resources"],
        RoutingPolicy::Weighted,
        4,
    )
};
const CLAIMS: GroupPlan = queue(
    "Freight Claims",
    &["Supply Chain", "Customer Service"],
    RoutingPolicy::Uniform,
    25,
);
const SERVICE: GroupPlan = queue(
    "Customer Service",
    &["Customer Service"],
    RoutingPolicy::Circular,
    50,
);
const ORDERS: GroupPlan = queue(
    "Order Status",
    &["Customer Service", "Operations"],
    RoutingPolicy::Regular,
    15,
);
const KEY_ACCOUNTS: GroupPlan = GroupPlan {
    kind: GroupKind::CustomerAssist,
    routing_type: RoutingType::SkillBased,
    ..queue(
        "Key Accounts",
        &["Sales", "Customer Service"],
        RoutingPolicy::Circular,
        10,
    )
};

/// What the demonstration's customer has, by location.
const SMALL: &[&[GroupPlan]] = &[
    &[DISPATCH, HELP_DESK, CLAIMS, KEY_ACCOUNTS],
    &[RECEPTION, SERVICE],
    &[SALES_LINE],
    &[RECEPTION],
];

/// What the bigger ones have, over and over.
const SCALED: &[&[GroupPlan]] = &[
    &[HELP_DESK, RECEPTION, SERVICE, KEY_ACCOUNTS],
    &[SALES_LINE, SERVICE],
    &[RECEPTION, SALES_LINE, ORDERS],
    &[HELP_DESK, PAYROLL, CLAIMS, SERVICE],
    &[DISPATCH, ORDERS, KEY_ACCOUNTS],
];

/// The plans of a location.
pub(super) fn plans(position: usize, locations: usize) -> &'static [GroupPlan] {
    const FEW: usize = 8;
    let plans = if locations < FEW { SMALL } else { SCALED };
    plans.get(position % plans.len()).copied().unwrap_or_default()
}
