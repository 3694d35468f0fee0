CREATE TABLE organization (
    id TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    domain TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE location (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    address1 TEXT NOT NULL,
    address2 TEXT,
    city TEXT NOT NULL,
    state TEXT,
    postal_code TEXT,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    preferred_language TEXT NOT NULL,
    latitude TEXT,
    longitude TEXT,
    notes TEXT,
    -- Everything below is the calling side; it means something where calling_enabled is true.
    calling_enabled BOOLEAN NOT NULL,
    announcement_language TEXT,
    main_number TEXT,
    calling_line_name TEXT,
    external_caller_id_name TEXT,
    routing_prefix TEXT,
    outside_dial_digit TEXT,
    enforce_outside_dial_digit BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX location_name ON location (organization_id, name_key);
CREATE UNIQUE INDEX location_page ON location (organization_id, id);
CREATE UNIQUE INDEX location_main_number ON location (main_number);
CREATE UNIQUE INDEX location_routing_prefix ON location (organization_id, routing_prefix);

CREATE TABLE license (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- The order in which an organization lists its licences.
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- What the public id wraps.
    value TEXT NOT NULL,
    name TEXT NOT NULL,
    total_units BIGINT NOT NULL,
    -- Kept by the transaction that gives or takes a licence, so that reading it counts nothing.
    consumed_units BIGINT NOT NULL,
    subscription_id TEXT,
    site_url TEXT,
    site_type TEXT
);
CREATE UNIQUE INDEX license_value ON license (value);
CREATE UNIQUE INDEX license_order ON license (organization_id, position);

CREATE TABLE person (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- Lower case; the address by which the person signs in.
    email TEXT NOT NULL,
    display_name TEXT NOT NULL,
    display_key TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    nick_name TEXT,
    avatar TEXT,
    department TEXT,
    title TEXT,
    manager_id TEXT,
    -- The manager's display name (kept when they are renamed), or what was typed where there is no id.
    manager_name TEXT,
    -- Only of somebody with calling.
    location_id TEXT REFERENCES location (id),
    extension TEXT,
    -- JSON as on the wire; null for none.
    addresses TEXT,
    time_zone TEXT,
    preferred_language TEXT,
    login_enabled BOOLEAN NOT NULL,
    invite_pending BOOLEAN NOT NULL,
    shares_presence BOOLEAN NOT NULL,
    presence TEXT NOT NULL,
    last_activity_at BIGINT,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL,
    -- Name, address, numbers, title and department in the form that searches compare.
    search_text TEXT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX person_id ON person (id);
CREATE UNIQUE INDEX person_email ON person (email);
-- With the text that searches compare: a search for any part of it walks along this index alone.
CREATE INDEX person_name ON person (organization_id, display_key, id, search_text);
CREATE INDEX person_location ON person (organization_id, location_id, id);
CREATE INDEX person_manager ON person (manager_id);
CREATE UNIQUE INDEX person_extension ON person (location_id, extension);

-- The side tables are read by the same range of ids as the people of a page: organization first, person second.
CREATE TABLE person_role (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (organization_id, person_id, role),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX person_role_holders ON person_role (organization_id, role, person_id);

CREATE TABLE person_license (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    license_id TEXT NOT NULL REFERENCES license (id),
    PRIMARY KEY (organization_id, person_id, license_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX person_license_holders ON person_license (license_id, person_id);

CREATE TABLE person_number (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, person_id, position),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id) ON DELETE CASCADE
);
-- Numbers that ring through the platform belong to one person; mobiles and the like are only remarks.
CREATE UNIQUE INDEX person_number_rings ON person_number (number) WHERE kind IN ('work', 'alternate1', 'alternate2');
CREATE INDEX person_number_value ON person_number (number);
