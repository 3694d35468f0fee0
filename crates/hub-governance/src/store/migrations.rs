use kit_sql::Migration;

pub(crate) const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "policies, access requests, adoption, history",
    text: "
        -- One row an organization once anything was decided; it is also the lock of the organization's policies.
        CREATE TABLE governance_default (
            organization_id TEXT PRIMARY KEY,
            rule TEXT NOT NULL
        );
        -- What differs from the default, and nothing else.
        CREATE TABLE governance_exception (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            rule TEXT NOT NULL,
            PRIMARY KEY (organization_id, client_id)
        );
        -- Authorizations given until dead_until stay dead, also when the integration is enabled again; those given
        -- until spared_until live on while it is disabled.
        CREATE TABLE governance_bound (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            dead_until BIGINT NOT NULL,
            spared_until BIGINT NOT NULL,
            PRIMARY KEY (organization_id, client_id)
        );
        CREATE TABLE governance_access_request (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            person_name TEXT NOT NULL,
            person_email TEXT NOT NULL,
            scopes TEXT NOT NULL,
            attempts BIGINT NOT NULL,
            first_at BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            decided_at BIGINT,
            decided_by TEXT,
            UNIQUE (organization_id, client_id, person_id)
        );
        CREATE INDEX governance_access_request_state ON governance_access_request (organization_id, state, last_at);
        CREATE INDEX governance_access_request_person ON governance_access_request (person_id);
        CREATE TABLE governance_adoption (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            people BIGINT NOT NULL,
            PRIMARY KEY (organization_id, client_id)
        );
        CREATE TABLE governance_adoption_refresh (
            organization_id TEXT PRIMARY KEY,
            refreshed_at BIGINT NOT NULL
        );
        CREATE TABLE governance_history (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            client_id TEXT,
            deed TEXT NOT NULL,
            note TEXT NOT NULL,
            actor_id TEXT,
            actor_name TEXT NOT NULL,
            at BIGINT NOT NULL
        );
        CREATE INDEX governance_history_client ON governance_history (organization_id, client_id, at);
        CREATE INDEX governance_history_organization ON governance_history (organization_id, at);
    ",
}];
