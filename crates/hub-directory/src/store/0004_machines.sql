CREATE TABLE machine (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (organization_id, client_id)
);
CREATE INDEX machine_of_client ON machine (client_id);
