CREATE TABLE customer (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    organization_id TEXT UNIQUE,
    created_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX customer_by_name ON customer (name_key);

CREATE TABLE principal (
    id              TEXT PRIMARY KEY,
    email           TEXT NOT NULL,
    email_key       TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    password_hash   TEXT NOT NULL,
    state           TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    last_sign_in_at BIGINT
);

CREATE TABLE role_assignment (
    id           TEXT PRIMARY KEY,
    principal_id TEXT NOT NULL REFERENCES principal (id),
    role         TEXT NOT NULL,
    customer_id  TEXT REFERENCES customer (id),
    granted_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX role_assignment_once ON role_assignment (principal_id, role, COALESCE(customer_id, ''));

CREATE TABLE session (
    id           TEXT PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    principal_id TEXT NOT NULL REFERENCES principal (id),
    signed_in_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    source       TEXT NOT NULL,
    user_agent   TEXT NOT NULL
);
CREATE INDEX session_by_principal ON session (principal_id);

CREATE TABLE sign_in_attempt (
    email_key    TEXT NOT NULL,
    source       TEXT NOT NULL,
    failures     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    PRIMARY KEY (email_key, source)
);

CREATE TABLE audit_entry (
    id          TEXT PRIMARY KEY,
    at          BIGINT NOT NULL,
    actor_id    TEXT,
    actor_name  TEXT NOT NULL,
    customer_id TEXT,
    verb        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    detail      TEXT NOT NULL,
    search_text TEXT NOT NULL
);
CREATE INDEX audit_entry_by_moment ON audit_entry (at, id);
CREATE INDEX audit_entry_by_customer ON audit_entry (customer_id, at, id);
