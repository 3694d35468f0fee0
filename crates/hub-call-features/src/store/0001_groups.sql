-- Hunt groups and call queues: whoever calls one reaches its agents. Numbers and extensions are kept by the stock of
-- numbers, never here.
CREATE TABLE call_group (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    location_id TEXT NOT NULL,
    -- hunt_group, call_queue or customer_assist.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    -- The deep settings as JSON; nothing is searched in them.
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_modified_at BIGINT NOT NULL
);
-- The list is read in this order.
CREATE UNIQUE INDEX call_group_page ON call_group (organization_id, kind, name_key, id);
-- At one location a name stands for one thing of its kind.
CREATE UNIQUE INDEX call_group_location ON call_group (organization_id, location_id, kind, name_key);

CREATE TABLE call_group_agent (
    group_id TEXT NOT NULL REFERENCES call_group (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    -- The order in which calls go around.
    position BIGINT NOT NULL,
    -- people, place or virtual_line.
    member_kind TEXT NOT NULL,
    member_id TEXT NOT NULL,
    weight BIGINT NOT NULL,
    skill_level BIGINT,
    -- Whether the agent takes calls of this queue; hunt groups have no such switch.
    joined BOOLEAN NOT NULL,
    PRIMARY KEY (group_id, position)
);
CREATE UNIQUE INDEX call_group_agent_member ON call_group_agent (member_id, group_id);
CREATE INDEX call_group_agent_organization ON call_group_agent (organization_id, member_id);

-- How calls to a feature are forwarded; a feature without a row forwards nothing. The feature is a hunt group, a queue
-- or an auto attendant, so there is no foreign key: whoever deletes a feature deletes its row.
CREATE TABLE feature_forwarding (
    feature_id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    settings TEXT NOT NULL
);

CREATE TABLE feature_forwarding_rule (
    feature_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    -- The rule's id is made of its name, as on the platform.
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (feature_id, name)
);

-- What holds for all queues of an organization.
CREATE TABLE queue_defaults (
    organization_id TEXT PRIMARY KEY,
    settings TEXT NOT NULL
);
