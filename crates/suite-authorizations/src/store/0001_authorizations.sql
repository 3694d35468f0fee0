CREATE TABLE authorization_grant (
    customer_id TEXT NOT NULL,
    integration TEXT NOT NULL,
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    person_email TEXT NOT NULL,
    authorized_at BIGINT NOT NULL,
    authorized_via TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    access_token BYTES NOT NULL,
    access_expires_at BIGINT NOT NULL,
    refresh_token BYTES,
    refresh_expires_at BIGINT,
    refreshed_at BIGINT NOT NULL,
    refresh_due_at BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    stage TEXT NOT NULL,
    stage_reason TEXT NOT NULL,
    stage_since BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,
    lease_number BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (customer_id, integration)
);
CREATE UNIQUE INDEX authorization_grant_id ON authorization_grant (id);
CREATE INDEX authorization_grant_due ON authorization_grant (refresh_due_at);

CREATE TABLE authorization_invitation (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    recipient TEXT NOT NULL,
    integrations TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    max_uses BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX authorization_invitation_customer ON authorization_invitation (customer_id, created_at);

CREATE TABLE authorization_attempt (
    id TEXT PRIMARY KEY,
    state_hash TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    integration TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    invitation_id TEXT REFERENCES authorization_invitation (id),
    begun_by TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    nonce_hash TEXT NOT NULL,
    verifier BYTES NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    stage TEXT NOT NULL,
    stage_reason TEXT NOT NULL,
    stage_since BIGINT NOT NULL,
    organization_id TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    unconfirmed BYTES
);
CREATE UNIQUE INDEX authorization_attempt_state ON authorization_attempt (state_hash);
CREATE INDEX authorization_attempt_customer ON authorization_attempt (customer_id, integration, begun_at);
CREATE INDEX authorization_attempt_expiry ON authorization_attempt (expires_at);

CREATE TABLE authorization_check (
    customer_id TEXT NOT NULL,
    integration TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    checked_by TEXT NOT NULL,
    findings TEXT NOT NULL,
    PRIMARY KEY (customer_id, integration)
);
