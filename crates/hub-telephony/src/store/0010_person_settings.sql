-- What differs from the defaults, as text of a JSON object. A person without rows has the defaults.
CREATE TABLE person_setting (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, name)
);

CREATE TABLE person_monitored (
    organization_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    target_kind TEXT,
    target_id TEXT,
    phone_number TEXT,
    label TEXT,
    PRIMARY KEY (person_id, position)
);
-- Whoever goes is looked for here.
CREATE INDEX person_monitored_target ON person_monitored (target_id);
