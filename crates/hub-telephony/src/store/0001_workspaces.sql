CREATE TABLE workspace (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    location_id TEXT,
    display_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    capacity BIGINT,
    kind TEXT NOT NULL,
    sip_address TEXT NOT NULL,
    calling TEXT NOT NULL,
    -- Of a workspace with Webex Calling; numbers and extension are not kept here.
    license_id TEXT,
    calendar TEXT NOT NULL,
    calendar_email TEXT,
    resource_group_id TEXT,
    notes TEXT,
    hotdesking BOOLEAN NOT NULL,
    supported_devices TEXT NOT NULL,
    device_hosted_meetings BOOLEAN NOT NULL,
    meetings_site_url TEXT,
    device_platform TEXT,
    indoor_navigation_url TEXT,
    distinctive_ring BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
-- A page of the list walks along this index.
CREATE UNIQUE INDEX workspace_page ON workspace (organization_id, name_key, id);
CREATE INDEX workspace_location ON workspace (organization_id, location_id, name_key, id);
CREATE UNIQUE INDEX workspace_id ON workspace (id);

CREATE TABLE virtual_line (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    location_id TEXT NOT NULL,
    first_name TEXT NOT NULL,
    first_key TEXT NOT NULL,
    last_name TEXT NOT NULL,
    last_key TEXT NOT NULL,
    display_name TEXT NOT NULL,
    display_key TEXT NOT NULL,
    caller_id_first_name TEXT NOT NULL,
    caller_id_last_name TEXT NOT NULL,
    caller_id_number TEXT,
    announcement_language TEXT,
    time_zone TEXT NOT NULL,
    directory_search BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX virtual_line_page ON virtual_line (organization_id, display_key, id);
CREATE INDEX virtual_line_location ON virtual_line (organization_id, location_id, display_key, id);
CREATE UNIQUE INDEX virtual_line_id ON virtual_line (id);
