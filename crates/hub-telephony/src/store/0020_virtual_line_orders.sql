-- Lists of virtual lines by first and by last name.
CREATE UNIQUE INDEX virtual_line_by_first ON virtual_line (organization_id, first_key, display_key, id);
CREATE UNIQUE INDEX virtual_line_by_last ON virtual_line (organization_id, last_key, display_key, id);
