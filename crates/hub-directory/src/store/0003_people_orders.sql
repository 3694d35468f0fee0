-- The orders in which a provisioning client walks through an organization, each an index that holds all it needs.
CREATE INDEX person_by_address ON person (organization_id, email, id);
CREATE INDEX person_by_change ON person (organization_id, last_modified_at, id);
