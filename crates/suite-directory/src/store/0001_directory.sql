CREATE TABLE synch_run (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    number      BIGINT NOT NULL,
    started_as  TEXT NOT NULL,
    started_by  TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    stage       TEXT NOT NULL,
    finished_at BIGINT,
    reason      TEXT,
    pages       BIGINT NOT NULL,
    people      BIGINT NOT NULL,
    locations   BIGINT NOT NULL,
    known       BIGINT NOT NULL,
    added       BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    returned    BIGINT NOT NULL,
    left_count  BIGINT NOT NULL,
    unchanged   BIGINT NOT NULL,
    UNIQUE (customer_id, number)
);

CREATE TABLE synch_lease (
    customer_id TEXT PRIMARY KEY,
    fence       BIGINT NOT NULL,
    run_id      TEXT NOT NULL,
    ends_at     BIGINT NOT NULL
);

CREATE TABLE synch_change (
    run_id       TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    display_name TEXT NOT NULL,
    sort_key     TEXT NOT NULL,
    detail       TEXT NOT NULL,
    PRIMARY KEY (run_id, person_id)
);
CREATE INDEX synch_change_by_person ON synch_change (person_id);

-- Staging is written in the order in which it is read: keys that only grow cost least.
CREATE TABLE staging_person (
    run_id       TEXT NOT NULL,
    position     BIGINT NOT NULL,
    person_id    TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    display_name TEXT NOT NULL,
    sort_key     TEXT NOT NULL,
    search_key   TEXT NOT NULL,
    email        TEXT,
    department   TEXT,
    location_id  TEXT,
    fields       TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);

CREATE TABLE staging_number (
    run_id    TEXT NOT NULL,
    position  BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    tail      TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);

CREATE TABLE staging_location (
    run_id         TEXT NOT NULL,
    location_id    TEXT NOT NULL,
    name           TEXT NOT NULL,
    sort_key       TEXT NOT NULL,
    city           TEXT,
    country        TEXT,
    time_zone      TEXT,
    routing_prefix TEXT,
    main_number    TEXT,
    PRIMARY KEY (run_id, location_id)
);

CREATE TABLE directory_person (
    customer_id   TEXT NOT NULL,
    person_id     TEXT NOT NULL,
    fingerprint   TEXT NOT NULL,
    display_name  TEXT NOT NULL,
    sort_key      TEXT NOT NULL,
    search_key    TEXT NOT NULL,
    email         TEXT,
    department    TEXT,
    location_id   TEXT,
    fields        TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    changed_run   BIGINT NOT NULL,
    left_at       BIGINT,
    PRIMARY KEY (customer_id, person_id)
);
-- Holds what a search looks at, so that it reads the index and only the rows that it finds.
CREATE INDEX directory_person_in_order ON directory_person (customer_id, sort_key, person_id, left_at, search_key);
CREATE INDEX directory_person_by_department ON directory_person (customer_id, department);

CREATE TABLE directory_number (
    customer_id TEXT NOT NULL,
    tail        TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    PRIMARY KEY (customer_id, tail, person_id)
);

CREATE TABLE directory_location (
    customer_id    TEXT NOT NULL,
    location_id    TEXT NOT NULL,
    name           TEXT NOT NULL,
    sort_key       TEXT NOT NULL,
    city           TEXT,
    country        TEXT,
    time_zone      TEXT,
    routing_prefix TEXT,
    main_number    TEXT,
    left_at        BIGINT,
    PRIMARY KEY (customer_id, location_id)
);
