-- Queues of both kinds are one list in the console.
CREATE UNIQUE INDEX call_group_queues ON call_group (organization_id, name_key, id) WHERE kind <> 'hunt_group';
CREATE UNIQUE INDEX call_group_queues_at ON call_group (organization_id, location_id, name_key, id) WHERE kind <> 'hunt_group';
