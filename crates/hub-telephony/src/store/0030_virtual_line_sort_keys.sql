-- What other slices keep of a virtual line, once more as sort keys, so that each order of the list is a stretch of one index. `~` stands behind
-- every digit: who has no number or extension comes last.
ALTER TABLE virtual_line ADD COLUMN number_key TEXT NOT NULL DEFAULT '~';
ALTER TABLE virtual_line ADD COLUMN extension_key TEXT NOT NULL DEFAULT '~';
ALTER TABLE virtual_line ADD COLUMN place_key TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX virtual_line_by_number ON virtual_line (organization_id, number_key, display_key, id);
CREATE UNIQUE INDEX virtual_line_by_extension ON virtual_line (organization_id, extension_key, display_key, id);
CREATE UNIQUE INDEX virtual_line_by_place ON virtual_line (organization_id, place_key, display_key, id);
