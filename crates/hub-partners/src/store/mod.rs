pub(crate) mod partnerships;

use kit_sql::Migration;

pub(crate) const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "partners, their customers and their administrators",
    text: "
        -- Which organization looks after which.
        CREATE TABLE partner_customer (
            partner_id TEXT NOT NULL,
            customer_id TEXT NOT NULL,
            since BIGINT NOT NULL,
            PRIMARY KEY (partner_id, customer_id)
        );
        CREATE INDEX partner_of_customer ON partner_customer (customer_id);
        CREATE TABLE partner_administrator (
            person_id TEXT PRIMARY KEY,
            partner_id TEXT NOT NULL,
            role TEXT NOT NULL
        );
        CREATE INDEX partner_administrator_of ON partner_administrator (partner_id);
        -- Which customers somebody administers to whom they are assigned one by one.
        CREATE TABLE partner_assignment (
            person_id TEXT NOT NULL REFERENCES partner_administrator (person_id) ON DELETE CASCADE,
            customer_id TEXT NOT NULL,
            PRIMARY KEY (person_id, customer_id)
        );
        CREATE INDEX partner_assignment_of ON partner_assignment (customer_id);
    ",
}];
