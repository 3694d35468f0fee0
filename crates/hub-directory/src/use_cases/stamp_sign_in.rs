use kit::Result;
use kit_sql::sql;

use crate::{Directory, PersonId};

impl Directory {
    /// A first sign-in takes up the invitation; later ones change nothing here.
    pub async fn stamp_sign_in(&self, person_id: PersonId) -> Result<()> {
        // `pending` means that somebody never signed in, so it cannot stay.
        sql("UPDATE person SET invite_pending = FALSE, presence = CASE WHEN presence = 'pending' THEN 'unknown' ELSE presence END \
             WHERE id = $1 AND invite_pending")
            .bind(person_id.uuid())
            .run(self.database())
            .await?;
        Ok(())
    }
}
