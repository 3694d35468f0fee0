//! The tables of this slice.

use kit_sql::Migration;

/// An applied step never changes; a change is a further step.
pub(crate) const STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "the directory",
        text: include_str!("0001_directory.sql"),
    },
    Migration {
        number: 2,
        name: "licences that workspaces hold",
        text: include_str!("0002_workspace_units.sql"),
    },
    Migration {
        number: 3,
        name: "the orders in which people are walked through",
        text: include_str!("0003_people_orders.sql"),
    },
    Migration {
        number: 4,
        name: "accounts of Service Apps",
        text: include_str!("0004_machines.sql"),
    },
    Migration {
        number: 5,
        name: "since when people are deactivated",
        text: include_str!("0005_deactivations.sql"),
    },
    Migration {
        number: 6,
        name: "organizations that were closed",
        text: include_str!("0006_closed_organizations.sql"),
    },
];
