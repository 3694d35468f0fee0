-- What this slice needs to know of a location with calling; the directory tells it of every change.
CREATE TABLE number_location (
    location_id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    routing_prefix TEXT
);

-- One row for each entry of the list of numbers: a number with or without an owner, or an extension alone.
CREATE TABLE telephone_number (
    organization_id TEXT NOT NULL,
    -- What an entry is ordered by unless something else is asked for: the number, or what sorts behind every number
    -- for an extension alone. Unique, so that it also says where the next page begins.
    dial_key TEXT NOT NULL,
    location_id TEXT NOT NULL REFERENCES number_location (location_id),
    -- E.164.
    number TEXT,
    -- Without the location's prefix.
    extension TEXT,
    -- PRIMARY or ALTERNATE.
    kind TEXT NOT NULL,
    -- The order in which an owner shows several.
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    main_number BOOLEAN NOT NULL,
    toll_free BOOLEAN NOT NULL,
    service_number BOOLEAN NOT NULL,
    owner_kind TEXT,
    owner_id TEXT,
    owner_first_name TEXT,
    owner_last_name TEXT,
    owner_display_name TEXT,
    -- The display name in the form that searches compare.
    owner_key TEXT,
    -- The orders by extension and by last name; each ends with dial_key where it would not be unique.
    extension_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (organization_id, dial_key)
);
CREATE UNIQUE INDEX telephone_number_number ON telephone_number (number);
CREATE UNIQUE INDEX telephone_number_extension ON telephone_number (location_id, extension);
CREATE UNIQUE INDEX telephone_number_location ON telephone_number (organization_id, location_id, dial_key);
CREATE UNIQUE INDEX telephone_number_by_extension ON telephone_number (organization_id, extension_key);
CREATE UNIQUE INDEX telephone_number_by_name ON telephone_number (organization_id, name_key);
CREATE INDEX telephone_number_owner ON telephone_number (owner_id, organization_id) WHERE owner_id IS NOT NULL;
CREATE INDEX telephone_number_owner_name ON telephone_number (organization_id, owner_key) WHERE owner_key IS NOT NULL;
-- What is rare among many: a list of it must not walk past everything else.
CREATE UNIQUE INDEX telephone_number_free ON telephone_number (organization_id, dial_key) WHERE owner_id IS NULL;
CREATE UNIQUE INDEX telephone_number_free_at ON telephone_number (organization_id, location_id, dial_key) WHERE owner_id IS NULL;
CREATE UNIQUE INDEX telephone_number_inactive ON telephone_number (organization_id, dial_key) WHERE NOT active;
CREATE UNIQUE INDEX telephone_number_toll_free ON telephone_number (organization_id, dial_key) WHERE toll_free;
CREATE UNIQUE INDEX telephone_number_service ON telephone_number (organization_id, dial_key) WHERE service_number;
CREATE UNIQUE INDEX telephone_number_alternate ON telephone_number (organization_id, dial_key) WHERE kind = 'ALTERNATE';
CREATE UNIQUE INDEX telephone_number_features ON telephone_number (organization_id, owner_kind, dial_key) WHERE owner_kind <> 'PEOPLE';
CREATE UNIQUE INDEX telephone_number_main ON telephone_number (location_id) WHERE main_number;
