-- Where the directory of a customer stands. People whom a run adds are written into the directory itself while the run
-- reads, once instead of twice; nobody sees them before `applied_run` reaches that run, which is one number to write.
CREATE TABLE directory_state (
    customer_id TEXT PRIMARY KEY,
    applied_run BIGINT NOT NULL,
    -- The run that has written people whom nobody sees yet.
    adding_run  BIGINT
);
INSERT INTO directory_state (customer_id, applied_run, adding_run)
    SELECT customer_id, MAX(changed_run), NULL FROM directory_person GROUP BY customer_id;

ALTER TABLE directory_person ADD COLUMN since_run BIGINT NOT NULL DEFAULT 0;

-- What lists and searches look at, in the order of names. A table and no index of directory_person: a run fills it once,
-- sorted, when it is applied. An index would be written at a random place for everybody who is read.
CREATE TABLE directory_order (
    customer_id TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    left_at     BIGINT,
    search_key  TEXT NOT NULL,
    PRIMARY KEY (customer_id, sort_key, person_id)
);
INSERT INTO directory_order (customer_id, sort_key, person_id, left_at, search_key)
    SELECT customer_id, sort_key, person_id, left_at, search_key FROM directory_person;
DROP INDEX directory_person_in_order;
