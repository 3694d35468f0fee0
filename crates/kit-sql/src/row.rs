use kit::{Error, Result, Timestamp};
use sqlx::{ColumnIndex, Decode, Row as _, Type};

/// One row of an answer. Every getter names the column in its error.
pub struct Row(pub(crate) Inner);

pub(crate) enum Inner {
    Sqlite(sqlx::sqlite::SqliteRow),
    Postgres(sqlx::postgres::PgRow),
}

impl Row {
    /// A text that is never null.
    pub fn text(&self, column: &str) -> Result<String> {
        self.get(column)
    }

    /// A text or null.
    pub fn optional_text(&self, column: &str) -> Result<Option<String>> {
        self.get(column)
    }

    /// An integer that is never null.
    pub fn integer(&self, column: &str) -> Result<i64> {
        self.get(column)
    }

    /// An integer or null.
    pub fn optional_integer(&self, column: &str) -> Result<Option<i64>> {
        self.get(column)
    }

    /// A boolean that is never null.
    pub fn boolean(&self, column: &str) -> Result<bool> {
        self.get(column)
    }

    /// Bytes that are never null.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        self.get(column)
    }

    /// Bytes or null.
    pub fn optional_bytes(&self, column: &str) -> Result<Option<Vec<u8>>> {
        self.get(column)
    }

    /// A moment that is never null.
    pub fn moment(&self, column: &str) -> Result<Timestamp> {
        self.integer(column).map(Timestamp::from_millis)
    }

    /// A moment or null.
    pub fn optional_moment(&self, column: &str) -> Result<Option<Timestamp>> {
        Ok(self.optional_integer(column)?.map(Timestamp::from_millis))
    }

    /// A UUID kept as text.
    pub fn uuid(&self, column: &str) -> Result<kit::Uuid> {
        let text = self.text(column)?;
        kit::Uuid::parse_str(&text).map_err(|error| Error::internal(format!("column {column}: {error}")))
    }

    /// A UUID kept as text, or null.
    pub fn optional_uuid(&self, column: &str) -> Result<Option<kit::Uuid>> {
        self.optional_text(column)?
            .map(|text| {
                kit::Uuid::parse_str(&text)
                    .map_err(|error| Error::internal(format!("column {column}: {error}")))
            })
            .transpose()
    }

    fn get<'r, T>(&'r self, column: &str) -> Result<T>
    where
        T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
        for<'c> &'c str: ColumnIndex<sqlx::sqlite::SqliteRow> + ColumnIndex<sqlx::postgres::PgRow>,
    {
        match &self.0 {
            Inner::Sqlite(row) => row.try_get(column),
            Inner::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| Error::internal(format!("column {column}: {error}")))
    }
}
