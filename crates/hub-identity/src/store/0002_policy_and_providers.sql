-- True for a password that somebody else has seen: it opens nothing but the page that changes it.
ALTER TABLE credential ADD COLUMN must_change BOOLEAN NOT NULL DEFAULT FALSE;

-- Passwords that people had before, so that a policy can refuse them.
CREATE TABLE password_history (
    person_id TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, changed_at, password_hash)
);

-- What differs from the default policy; an organization without a row has that.
CREATE TABLE password_policy (
    organization_id TEXT PRIMARY KEY,
    shortest BIGINT NOT NULL,
    needs_lower BOOLEAN NOT NULL,
    needs_upper BOOLEAN NOT NULL,
    needs_digit BOOLEAN NOT NULL,
    needs_special BOOLEAN NOT NULL,
    remembered BIGINT NOT NULL,
    -- Null: a password does not expire.
    days_between_changes BIGINT
);

-- The right to choose a new password once: from a link, or from a password that must be changed.
CREATE TABLE password_ticket (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX password_ticket_of_person ON password_ticket (person_id);
CREATE INDEX password_ticket_by_age ON password_ticket (expires_at);

CREATE TABLE identity_provider (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    -- Lower case; whoever has an address of this domain signs in there.
    domain TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    -- Whether people are sent there.
    enabled BOOLEAN NOT NULL,
    -- When somebody last came back from there with this configuration.
    proven_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX identity_provider_of_organization ON identity_provider (organization_id, domain);

-- Browsers that were sent to a provider and have not come back.
CREATE TABLE external_sign_in (
    state_hash TEXT PRIMARY KEY,
    provider_id TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    nonce TEXT NOT NULL,
    sealed_verifier TEXT NOT NULL,
    return_to TEXT NOT NULL,
    -- The administrator who only tries the configuration; null for a sign-in.
    tried_by TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX external_sign_in_by_age ON external_sign_in (expires_at);

-- Which account of the provider belongs to whom: an address that goes to somebody else does not take the account along.
CREATE TABLE external_identity (
    provider_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (provider_id, subject)
);
CREATE UNIQUE INDEX external_identity_of_person ON external_identity (provider_id, person_id);
CREATE INDEX external_identity_person ON external_identity (person_id);
