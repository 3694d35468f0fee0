-- Since when somebody is deactivated: thirty days later they are deleted. The row goes when they are let in again.
CREATE TABLE person_deactivation (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    deactivated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, person_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX person_deactivation_due ON person_deactivation (deactivated_at, person_id);
CREATE INDEX person_deactivated ON person (organization_id, id) WHERE NOT login_enabled;
