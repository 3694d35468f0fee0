-- Lists of workspaces, virtual lines or features alone, by extension and by name.
CREATE UNIQUE INDEX telephone_number_features_extension ON telephone_number (organization_id, owner_kind, extension_key) WHERE owner_kind <> 'PEOPLE';
CREATE UNIQUE INDEX telephone_number_features_name ON telephone_number (organization_id, owner_kind, name_key) WHERE owner_kind <> 'PEOPLE';
