//! SQL of this slice; nobody else reads these tables.

pub(crate) mod applications;
pub(crate) mod authorizations;

use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "applications that people register, and who authorized Service Apps",
    text: "
CREATE TABLE developer_application (
    client_id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    form_key TEXT NOT NULL,
    description TEXT NOT NULL,
    logo BYTES,
    logo_type TEXT,
    logo_url TEXT NOT NULL,
    audience TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    secret_made_at BIGINT NOT NULL,
    previous_secret_until BIGINT,
    UNIQUE (owner_id, form_key)
);
CREATE INDEX developer_application_of_organization ON developer_application (organization_id);
CREATE INDEX developer_application_by_audience ON developer_application (audience);
CREATE TABLE developer_authorization (
    client_id TEXT NOT NULL REFERENCES developer_application (client_id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    machine_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    authorized_by TEXT NOT NULL,
    authorized_by_name TEXT NOT NULL,
    authorized_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, organization_id)
);
CREATE INDEX developer_authorization_of_organization ON developer_authorization (organization_id);
",
}];
