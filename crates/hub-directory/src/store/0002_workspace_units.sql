-- The part of consumed_units that workspaces hold; people hold the rest.
ALTER TABLE license ADD COLUMN workspace_units BIGINT NOT NULL DEFAULT 0;
