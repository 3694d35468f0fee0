//! The tables of this slice.

use kit_sql::Migration;

/// An applied step never changes; a change is a further step. Numbers 1 to 9: workspaces and virtual lines; 10 to 19: a
/// person's call settings; 20 on: orders.
pub(crate) const STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "workspaces and virtual lines",
        text: include_str!("0001_workspaces.sql"),
    },
    Migration {
        number: 10,
        name: "a person's call settings",
        text: include_str!("0010_person_settings.sql"),
    },
    Migration {
        number: 20,
        name: "orders of virtual lines",
        text: include_str!("0020_virtual_line_orders.sql"),
    },
    Migration {
        number: 30,
        name: "sort keys of virtual lines",
        text: include_str!("0030_virtual_line_sort_keys.sql"),
    },
];
