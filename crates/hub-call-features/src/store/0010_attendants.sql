-- Hours of the week and days of the year, at one location.
CREATE TABLE schedule (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    location_id TEXT NOT NULL,
    -- businessHours or holidays.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL
);
-- The lists are read in these orders. At one location a name stands for one schedule of its kind.
CREATE UNIQUE INDEX schedule_page ON schedule (organization_id, name_key, id);
CREATE UNIQUE INDEX schedule_location ON schedule (organization_id, location_id, name_key, kind);

CREATE TABLE schedule_event (
    schedule_id TEXT NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
    -- The order in which the events were given.
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- Days as 2026-12-24.
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- Minutes of the day; null for whole days.
    begins_at BIGINT,
    ends_at BIGINT,
    -- once, weekly, yearly_by_date or yearly_by_day; what a pattern does not use is null.
    pattern TEXT NOT NULL,
    every_weeks BIGINT,
    -- Sunday is 1, Monday 2, Tuesday 4 …
    weekdays BIGINT,
    month_of_year BIGINT,
    week_of_month BIGINT,
    day_of_month BIGINT,
    -- The last day of the repetition; null for ever.
    until TEXT,
    PRIMARY KEY (schedule_id, position)
);
CREATE UNIQUE INDEX schedule_event_name ON schedule_event (schedule_id, name_key);

-- Auto attendants. Numbers and extensions are kept by the stock of numbers, never here.
CREATE TABLE auto_attendant (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    location_id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    language_code TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    business_schedule_id TEXT NOT NULL REFERENCES schedule (id),
    holiday_schedule_id TEXT REFERENCES schedule (id),
    -- ENTERPRISE or GROUP.
    extension_dialing TEXT NOT NULL,
    name_dialing TEXT NOT NULL,
    -- The menus as JSON; nothing is searched in them.
    business_hours_menu TEXT NOT NULL,
    after_hours_menu TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    -- Null: its own name is shown.
    custom_caller_id_name TEXT,
    dial_by_name TEXT,
    -- How it rings by which alternate number, as JSON.
    ring_patterns TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX auto_attendant_page ON auto_attendant (organization_id, name_key, id);
CREATE UNIQUE INDEX auto_attendant_location ON auto_attendant (organization_id, location_id, name_key);
-- Who follows a schedule.
CREATE INDEX auto_attendant_business ON auto_attendant (business_schedule_id);
CREATE INDEX auto_attendant_holidays ON auto_attendant (holiday_schedule_id);

-- The recordings that belong to one attendant. They stay when its menus play them no more.
CREATE TABLE auto_attendant_announcement (
    attendant_id TEXT NOT NULL REFERENCES auto_attendant (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    PRIMARY KEY (attendant_id, file_name)
);
