use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "clients, pending authorizations, codes, grants, access tokens, signing key",
        text: "
CREATE TABLE oauth_client (
    client_id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    vendor TEXT NOT NULL,
    contact TEXT NOT NULL,
    privacy_url TEXT NOT NULL,
    support_url TEXT NOT NULL,
    scopes TEXT NOT NULL,
    legacy BOOLEAN NOT NULL,
    access_seconds BIGINT NOT NULL,
    refresh_seconds BIGINT NOT NULL,
    refresh_slides BOOLEAN NOT NULL,
    initiate_login_uri TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    built_in BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE oauth_redirect_uri (
    client_id TEXT NOT NULL REFERENCES oauth_client (client_id) ON DELETE CASCADE,
    uri TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (client_id, uri)
);
CREATE TABLE oauth_pending_authorization (
    id TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES oauth_client (client_id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    redirect_uri_was_sent BOOLEAN NOT NULL,
    scopes TEXT NOT NULL,
    state TEXT,
    nonce TEXT,
    challenge TEXT,
    challenge_method TEXT,
    prompt TEXT NOT NULL,
    max_age_seconds BIGINT,
    login_hint TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_at BIGINT
);
CREATE INDEX oauth_pending_by_age ON oauth_pending_authorization (expires_at);
CREATE TABLE oauth_grant (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES oauth_client (client_id),
    person_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    scopes TEXT NOT NULL,
    administrative BOOLEAN NOT NULL,
    epoch_everything BIGINT NOT NULL,
    epoch_administrative BIGINT NOT NULL,
    granted_at BIGINT NOT NULL,
    refresh_hash TEXT UNIQUE,
    refresh_expires_at BIGINT,
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_because TEXT,
    last_used_at BIGINT
);
CREATE INDEX oauth_grant_of_person ON oauth_grant (person_id, client_id);
CREATE INDEX oauth_grant_of_organization ON oauth_grant (organization_id, client_id);
CREATE INDEX oauth_grant_by_age ON oauth_grant (ends_at);
CREATE TABLE oauth_access_token (
    token_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    grant_id TEXT NOT NULL REFERENCES oauth_grant (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX oauth_access_token_of_grant ON oauth_access_token (grant_id);
CREATE INDEX oauth_access_token_by_age ON oauth_access_token (expires_at);
CREATE TABLE oauth_code (
    code_hash TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES oauth_client (client_id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    redirect_uri_was_sent BOOLEAN NOT NULL,
    scopes TEXT NOT NULL,
    nonce TEXT,
    challenge TEXT,
    challenge_method TEXT,
    signed_in_at BIGINT NOT NULL,
    epoch_everything BIGINT NOT NULL,
    epoch_administrative BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    redeemed_as TEXT,
    revoked_at BIGINT
);
CREATE INDEX oauth_code_of_person ON oauth_code (person_id, client_id);
CREATE INDEX oauth_code_of_organization ON oauth_code (organization_id, client_id);
CREATE INDEX oauth_code_by_age ON oauth_code (created_at);
CREATE TABLE oauth_account (
    person_id TEXT PRIMARY KEY,
    minted BIGINT NOT NULL
);
CREATE TABLE oauth_signing_key (
    slot BIGINT PRIMARY KEY,
    kid TEXT NOT NULL,
    pkcs8 BYTES NOT NULL,
    created_at BIGINT NOT NULL
);
",
    },
    Migration {
        number: 2,
        name: "the implicit flow of legacy clients",
        text: "ALTER TABLE oauth_pending_authorization ADD COLUMN response_type TEXT NOT NULL DEFAULT 'code';",
    },
    Migration {
        number: 3,
        name: "Service Apps beside integrations",
        text: "ALTER TABLE oauth_client ADD COLUMN kind TEXT NOT NULL DEFAULT 'integration';",
    },
    Migration {
        number: 4,
        name: "public clients, overlapping secrets, deleted clients, rotating refresh tokens, room for tokens",
        text: "
ALTER TABLE oauth_client ADD COLUMN is_public BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE oauth_client ADD COLUMN rotates_refresh BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE oauth_client ADD COLUMN previous_secret_hash TEXT;
ALTER TABLE oauth_client ADD COLUMN previous_secret_until BIGINT;
ALTER TABLE oauth_client ADD COLUMN nothing_before BIGINT;
ALTER TABLE oauth_client ADD COLUMN deleted_at BIGINT;
ALTER TABLE oauth_grant ADD COLUMN previous_refresh_hash TEXT;
ALTER TABLE oauth_grant ADD COLUMN expiry_announced_at BIGINT;
CREATE UNIQUE INDEX oauth_grant_by_previous_refresh ON oauth_grant (previous_refresh_hash);
CREATE INDEX oauth_grant_by_refresh_end ON oauth_grant (refresh_expires_at);
CREATE INDEX oauth_grant_of_client ON oauth_grant (client_id, organization_id);
CREATE TABLE oauth_retired_refresh (
    token_hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oauth_grant (id) ON DELETE CASCADE,
    retired_at BIGINT NOT NULL
);
CREATE INDEX oauth_retired_refresh_of_grant ON oauth_retired_refresh (grant_id);
ALTER TABLE oauth_account ADD COLUMN room BIGINT NOT NULL DEFAULT 0;
ALTER TABLE oauth_account ADD COLUMN ceiling_announced_at BIGINT;
CREATE TABLE oauth_key (
    name TEXT PRIMARY KEY,
    value BYTES NOT NULL,
    created_at BIGINT NOT NULL
);
",
    },
    Migration {
        number: 5,
        name: "devices that wait for somebody to type their code",
        text: "
CREATE TABLE oauth_device (
    device_hash TEXT PRIMARY KEY,
    user_code_hash TEXT NOT NULL UNIQUE,
    link_hash TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL REFERENCES oauth_client (client_id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    interval_seconds BIGINT NOT NULL,
    last_polled_at BIGINT,
    state TEXT NOT NULL DEFAULT 'waits',
    code_hash TEXT
);
CREATE INDEX oauth_device_by_age ON oauth_device (expires_at);
",
    },
];
