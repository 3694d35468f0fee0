use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "credentials, epochs, sessions, sign-in failures",
        text: "
CREATE TABLE credential (
    person_id TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE person_epoch (
    person_id TEXT PRIMARY KEY,
    everything BIGINT NOT NULL,
    administrative BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    epoch_everything BIGINT NOT NULL,
    signed_in_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    source TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX session_of_person ON session (person_id, ended_at);
CREATE TABLE sign_in_failure (
    account_key TEXT NOT NULL,
    source TEXT NOT NULL,
    tries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    PRIMARY KEY (account_key, source)
);
CREATE INDEX sign_in_failure_by_age ON sign_in_failure (last_at);
",
    },
    Migration {
        number: 2,
        name: "password policy, history, one-time passwords and links; sign-in through other providers",
        text: include_str!("0002_policy_and_providers.sql"),
    },
];
