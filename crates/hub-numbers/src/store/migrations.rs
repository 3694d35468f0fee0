//! The tables of this slice.

use kit_sql::Migration;

/// An applied step never changes; a change is a further step.
pub(crate) const STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "numbers",
        text: include_str!("0001_numbers.sql"),
    },
    Migration {
        number: 2,
        name: "jobs",
        text: include_str!("0002_jobs.sql"),
    },
    Migration {
        number: 3,
        name: "orders of what is no person",
        text: include_str!("0003_feature_orders.sql"),
    },
];
