-- Jobs on many numbers. They are done by the time that they are answered; what is kept is what became of them.
CREATE TABLE number_job (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    -- 1, 2, 3 … in each organization.
    instance BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    tracking_id TEXT NOT NULL,
    -- MOVE, DELETE or NUMBER_USAGE_CHANGE.
    operation TEXT NOT NULL,
    source_location_id TEXT,
    target_location_id TEXT,
    created_at BIGINT NOT NULL,
    total BIGINT NOT NULL,
    failed BIGINT NOT NULL
);
CREATE UNIQUE INDEX number_job_list ON number_job (organization_id, instance);

CREATE TABLE number_job_error (
    job_id TEXT NOT NULL REFERENCES number_job (id),
    position BIGINT NOT NULL,
    number TEXT NOT NULL,
    status BIGINT NOT NULL,
    sentence TEXT NOT NULL,
    location_id TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
);
