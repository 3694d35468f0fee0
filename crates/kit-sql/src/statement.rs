use std::borrow::Cow;

use kit::{Error, Result};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use crate::arguments::Argument;
use crate::database::{Dialect, Handle};
use crate::row::Row;

/// An SQL text with its arguments. Text that comes from outside goes into [`Statement::bind`], never into the text.
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it runs"]
pub struct Statement {
    text: Cow<'static, str>,
    arguments: Vec<Argument>,
}

/// Starts a statement with this text.
pub fn sql(text: &'static str) -> Statement {
    Statement {
        text: Cow::Borrowed(text),
        arguments: Vec::new(),
    }
}

impl Statement {
    /// Binds the next `$n`.
    pub fn bind(mut self, argument: impl Into<Argument>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Appends fixed text.
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends the next `$n` and binds it.
    pub fn push_bind(mut self, argument: impl Into<Argument>) -> Self {
        self.arguments.push(argument.into());
        let placeholder = format!("${}", self.arguments.len());
        self.text.to_mut().push_str(&placeholder);
        self
    }

    /// Appends `($n, $n+1, …)`, as `IN` wants it; an empty list becomes `(NULL)`, which nothing equals.
    pub fn push_list<T: Into<Argument>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self = self.push("(");
        let mut first = true;
        for argument in arguments {
            if !first {
                self = self.push(", ");
            }
            first = false;
            self = self.push_bind(argument);
        }
        if first {
            self = self.push("NULL");
        }
        self.push(")")
    }

    /// The same statement, asked for its plan: the rows describe it in a text column that SQLite calls `detail` and
    /// PostgreSQL `QUERY PLAN`. For tests that show that an index is used.
    pub fn explained(mut self, dialect: Dialect) -> Self {
        let explain = match dialect {
            Dialect::Sqlite => "EXPLAIN QUERY PLAN ",
            Dialect::Postgres => "EXPLAIN ",
        };
        self.text.to_mut().insert_str(0, explain);
        self
    }

    /// Runs it; says how many rows were touched.
    pub async fn run<'h>(self, on: impl Into<Handle<'h>>) -> Result<u64> {
        on.into().run(self).await
    }

    /// Every row of the answer.
    pub async fn all<'h>(self, on: impl Into<Handle<'h>>) -> Result<Vec<Row>> {
        on.into().all(self).await
    }

    /// The first row of the answer, if there is one.
    pub async fn optional<'h>(self, on: impl Into<Handle<'h>>) -> Result<Option<Row>> {
        Ok(on.into().all(self).await?.into_iter().next())
    }

    /// The first row of an answer that always has one (a count, an insert with `RETURNING`).
    pub async fn one<'h>(self, on: impl Into<Handle<'h>>) -> Result<Row> {
        let text = self.text.clone();
        self.optional(on)
            .await?
            .ok_or_else(|| Error::internal(format!("no row from: {text}")))
    }

    pub(crate) fn into_parts(self) -> (SqlStr, Vec<Argument>) {
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            // Built from `&'static str` pieces and placeholders only: see the functions above.
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        };
        (text, self.arguments)
    }
}

/// Inserts many rows with few statements: `INSERT INTO t (a, b)` + `VALUES (…), (…)` + `ON CONFLICT …`.
///
/// Every row has `columns` arguments. Nothing happens for no rows.
pub async fn insert_rows<'h>(
    on: impl Into<Handle<'h>>,
    insert_into: &'static str,
    columns: usize,
    rows: Vec<Vec<Argument>>,
    conflict: &'static str,
) -> Result<u64> {
    // SQLite takes 32,766 arguments at the most, PostgreSQL 65,535; small statements are cached better.
    const MOST_ARGUMENTS: usize = 6_000;
    let mut on = on.into();
    let rows_a_statement = (MOST_ARGUMENTS / columns.max(1)).clamp(1, 500);
    let mut touched = 0;
    let mut rows = rows.into_iter().peekable();
    // All statements but the last have one text.
    let mut text = String::new();
    let mut rows_of_text = 0;
    while rows.peek().is_some() {
        let mut arguments = Vec::with_capacity(rows_a_statement.min(rows.len()) * columns);
        let mut count = 0;
        for row in rows.by_ref().take(rows_a_statement) {
            debug_assert_eq!(row.len(), columns, "every row fills every column");
            arguments.extend(row);
            count += 1;
        }
        if count != rows_of_text {
            text = insert_text(on.dialect(), insert_into, columns, count, conflict);
            rows_of_text = count;
        }
        touched += Statement {
            text: Cow::Owned(text.clone()),
            arguments,
        }
        .run(on.reborrow())
        .await?;
    }
    Ok(touched)
}

/// SQLite looks up the name of each `$n` in a list, so that the time grows with the square of their number; `?` has
/// no name.
fn insert_text(
    dialect: Dialect,
    insert_into: &'static str,
    columns: usize,
    rows: usize,
    conflict: &'static str,
) -> String {
    let mut text = String::with_capacity(insert_into.len() + conflict.len() + rows * (columns * 7 + 4) + 16);
    text.push_str(insert_into);
    text.push_str(" VALUES ");
    let mut number = 0;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..columns {
            number += 1;
            text.push_str(if column == 0 { "" } else { ", " });
            match dialect {
                Dialect::Sqlite => text.push('?'),
                Dialect::Postgres => {
                    text.push('$');
                    text.push_str(&number.to_string());
                }
            }
        }
    }
    text.push_str(") ");
    text.push_str(conflict);
    text
}

/// A `LIKE` pattern (with `ESCAPE '\'`) that finds `part` anywhere.
pub fn like_anywhere(part: &str) -> String {
    format!("%{}%", escape_like(part))
}

/// A `LIKE` pattern (with `ESCAPE '\'`) that finds what begins with `part`.
pub fn like_prefix(part: &str) -> String {
    format!("{}%", escape_like(part))
}

fn escape_like(part: &str) -> String {
    part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
