use std::borrow::Cow;

use kit::{Error, Result};
use sqlx::migrate::{Migrate, MigrationType, Migrator};
use sqlx::{Acquire, AssertSqlSafe, SqlSafeStr};

use crate::database::Dialect;

/// One step of a slice's tables. The text is portable SQL; an applied step never changes.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3 …
    pub number: i64,
    /// What the step brings.
    pub name: &'static str,
    /// The SQL text.
    pub text: &'static str,
}

pub(crate) async fn run<'a, A>(
    slice: &'static str,
    steps: &[Migration],
    dialect: Dialect,
    on: A,
) -> Result<()>
where
    A: Acquire<'a>,
    <A::Connection as std::ops::Deref>::Target: Migrate,
{
    let steps = steps.iter().map(|step| {
        sqlx::migrate::Migration::new(
            step.number,
            Cow::Borrowed(step.name),
            MigrationType::Simple,
            AssertSqlSafe(translate(step.text, dialect)).into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(steps.collect());
    migrator.dangerous_set_table_name(format!("{slice}_migration"));
    migrator.run(on).await.map_err(|error| {
        Error::internal(format!(
            "the tables of {slice} cannot be brought up to date: {error}"
        ))
    })
}

/// The two words whose meaning differs between the databases.
fn translate(text: &str, dialect: Dialect) -> String {
    let mut translated = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars().chain(std::iter::once('\n')) {
        if character.is_ascii_alphanumeric() || character == '_' {
            word.push(character);
            continue;
        }
        translated.push_str(match (word.as_str(), dialect) {
            ("TEXT", Dialect::Postgres) => "TEXT COLLATE \"C\"",
            ("BYTES", Dialect::Postgres) => "BYTEA",
            ("BYTES", Dialect::Sqlite) => "BLOB",
            (other, _) => other,
        });
        translated.push(character);
        word.clear();
    }
    translated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_translated() {
        let text = "CREATE TABLE t (a TEXT NOT NULL, b BYTES, context TEXT)";
        assert_eq!(
            translate(text, Dialect::Postgres).trim_end(),
            "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL, b BYTEA, context TEXT COLLATE \"C\")"
        );
        assert_eq!(
            translate(text, Dialect::Sqlite).trim_end(),
            "CREATE TABLE t (a TEXT NOT NULL, b BLOB, context TEXT)"
        );
    }
}
