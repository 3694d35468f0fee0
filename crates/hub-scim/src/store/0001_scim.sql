-- What SCIM keeps of a person that the directory does not. No row where there is nothing.
CREATE TABLE scim_user_extra (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    -- Only where it is not the e-mail address.
    user_name TEXT,
    user_name_key TEXT,
    external_id TEXT,
    -- JSON, by the names of the schemas.
    kept TEXT NOT NULL,
    PRIMARY KEY (organization_id, person_id)
);
CREATE UNIQUE INDEX scim_user_name ON scim_user_extra (user_name_key);
CREATE INDEX scim_user_external_id ON scim_user_extra (organization_id, external_id);

-- Addresses besides the one to sign in by, for looking them up.
CREATE TABLE scim_user_address (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (organization_id, address, person_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES scim_user_extra (organization_id, person_id) ON DELETE CASCADE
);
CREATE INDEX scim_user_address_of ON scim_user_address (organization_id, person_id);

CREATE TABLE scim_group (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- Lower case: two names that differ in nothing else are one.
    name_key TEXT NOT NULL,
    -- In the form that searches compare.
    search_key TEXT NOT NULL,
    external_id TEXT,
    description TEXT,
    -- JSON, by the names of the schemas.
    kept TEXT NOT NULL,
    -- Kept by the transaction that adds or removes members, so that reading it counts nothing.
    member_count BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX scim_group_name ON scim_group (organization_id, name_key);
CREATE UNIQUE INDEX scim_group_order ON scim_group (organization_id, id);
CREATE INDEX scim_group_change ON scim_group (organization_id, last_modified_at, id);
CREATE INDEX scim_group_external_id ON scim_group (organization_id, external_id);

CREATE TABLE scim_group_member (
    group_id TEXT NOT NULL REFERENCES scim_group (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX scim_group_member_of ON scim_group_member (person_id, group_id);

-- What the identity service keeps of an organization besides its name.
CREATE TABLE scim_organization (
    organization_id TEXT PRIMARY KEY,
    preferred_language TEXT,
    last_modified_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
