use kit_sql::Migration;

pub(crate) const STEPS: &[Migration] = &[FIRST, SPECIFIC_USERS];

const FIRST: Migration = Migration {
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
};

const SPECIFIC_USERS: Migration = Migration {
    number: 2,
    name: "specific users, resets that can be undone, approvals that end, reviewers",
    text: "
        -- Counts an organization's decisions, so that undoing one knows which came later.
        ALTER TABLE governance_default ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE governance_default ADD COLUMN decided_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE governance_default ADD COLUMN name TEXT NOT NULL DEFAULT '';
        ALTER TABLE governance_exception ADD COLUMN listed BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE governance_exception ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE governance_exception ADD COLUMN name TEXT NOT NULL DEFAULT '';
        -- The people to whom an exception's rule is limited; there are some exactly where listed is true.
        CREATE TABLE governance_exception_person (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            PRIMARY KEY (organization_id, client_id, person_id)
        );
        CREATE INDEX governance_exception_person_person ON governance_exception_person (person_id);
        -- What counts for one person in place of governance_bound.
        CREATE TABLE governance_bound_person (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            dead_until BIGINT NOT NULL,
            spared_until BIGINT NOT NULL,
            PRIMARY KEY (organization_id, client_id, person_id)
        );
        CREATE INDEX governance_bound_person_person ON governance_bound_person (person_id);
        -- The number of the last decision about one integration in particular.
        CREATE TABLE governance_decided (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            revision BIGINT NOT NULL,
            PRIMARY KEY (organization_id, client_id)
        );
        -- Approvals that end by themselves; an empty person_id means everybody.
        CREATE TABLE governance_expiry (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            expires_at BIGINT NOT NULL,
            given_by TEXT NOT NULL,
            -- Who may use the integration afterwards, where it was approved for everybody.
            rule_afterwards TEXT NOT NULL,
            people_afterwards TEXT NOT NULL,
            PRIMARY KEY (organization_id, client_id, person_id)
        );
        CREATE INDEX governance_expiry_due ON governance_expiry (expires_at);
        CREATE INDEX governance_expiry_person ON governance_expiry (person_id);
        CREATE TABLE governance_reset (
            id TEXT PRIMARY KEY,
            organization_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            actor_name TEXT NOT NULL,
            rule TEXT NOT NULL,
            revision BIGINT NOT NULL,
            undone_at BIGINT,
            undone_by TEXT
        );
        CREATE INDEX governance_reset_organization ON governance_reset (organization_id, at);
        -- What a reset deleted; people holds the ids of a list, separated by blanks.
        CREATE TABLE governance_reset_exception (
            reset_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            rule TEXT NOT NULL,
            people TEXT NOT NULL,
            PRIMARY KEY (reset_id, client_id)
        );
        CREATE TABLE governance_reviewer (
            organization_id TEXT NOT NULL,
            person_id TEXT NOT NULL,
            named_by TEXT NOT NULL,
            named_at BIGINT NOT NULL,
            PRIMARY KEY (organization_id, person_id)
        );
        CREATE INDEX governance_reviewer_person ON governance_reviewer (person_id);
        -- Integrations about which nobody can ask any more.
        CREATE TABLE governance_request_stop (
            organization_id TEXT NOT NULL,
            client_id TEXT NOT NULL,
            justification TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (organization_id, client_id)
        );
        ALTER TABLE governance_access_request ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE governance_access_request ADD COLUMN justification TEXT NOT NULL DEFAULT '';
        ALTER TABLE governance_access_request ADD COLUMN decided_by_name TEXT NOT NULL DEFAULT '';
        -- The authorization that waits: looking at its page again is no further attempt.
        ALTER TABLE governance_access_request ADD COLUMN last_attempt TEXT NOT NULL DEFAULT '';
        -- How often it was opened: after a denial it can be opened again.
        ALTER TABLE governance_access_request ADD COLUMN openings BIGINT NOT NULL DEFAULT 1;
        ALTER TABLE governance_access_request ADD COLUMN opened_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE governance_access_request ADD COLUMN told_at BIGINT;
        ALTER TABLE governance_access_request ADD COLUMN reminded_at BIGINT;
        UPDATE governance_access_request SET opened_at = first_at;
        CREATE INDEX governance_access_request_told ON governance_access_request (organization_id, told_at);
    ",
};
