use kit::Result;
use kit_sql::sql;

use crate::model::rights;
use crate::{Caller, Directory};

/// How many people and places an organization has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DirectoryFigures {
    /// Everybody.
    pub people: i64,
    /// Were invited and never signed in.
    pub invite_pending: i64,
    /// Were deactivated.
    pub deactivated: i64,
    /// Hold an administrator role.
    pub administrators: i64,
    /// Locations.
    pub locations: i64,
}

impl Directory {
    /// The figures of the caller's organization, for the administrators' overview.
    pub async fn count_people(&self, caller: &Caller) -> Result<DirectoryFigures> {
        rights::require_console(caller)?;
        let id = caller.organization_id.uuid();
        let row = sql("SELECT COUNT(*) AS people, \
                 CAST(COALESCE(SUM(CASE WHEN login_enabled AND invite_pending THEN 1 ELSE 0 END), 0) AS BIGINT) AS pending, \
                 CAST(COALESCE(SUM(CASE WHEN login_enabled THEN 0 ELSE 1 END), 0) AS BIGINT) AS deactivated, \
                 (SELECT COUNT(DISTINCT person_id) FROM person_role WHERE organization_id = $1) AS administrators, \
                 (SELECT COUNT(*) FROM location WHERE organization_id = $2) AS locations FROM person WHERE organization_id = $3")
            .bind(id)
            .bind(id)
            .bind(id)
            .one(self.database())
            .await?;
        Ok(DirectoryFigures {
            people: row.integer("people")?,
            invite_pending: row.integer("pending")?,
            deactivated: row.integer("deactivated")?,
            administrators: row.integer("administrators")?,
            locations: row.integer("locations")?,
        })
    }
}
