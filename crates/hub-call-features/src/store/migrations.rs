//! The tables of this slice.

use kit_sql::Migration;

/// An applied step never changes; a change is a further step. Hunt groups and queues have the numbers below 10.
pub(crate) const STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "hunt groups and call queues",
        text: include_str!("0001_groups.sql"),
    },
    Migration {
        number: 10,
        name: "schedules and auto attendants",
        text: include_str!("0010_attendants.sql"),
    },
    Migration {
        number: 11,
        name: "queues in one order",
        text: include_str!("0011_queue_orders.sql"),
    },
];
