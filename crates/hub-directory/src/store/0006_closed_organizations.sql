ALTER TABLE organization ADD COLUMN closed_at BIGINT;
