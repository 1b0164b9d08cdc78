//! What is wrong with the database itself when a statement fails, rather than with the statement.

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError},
};

/// Nothing was written in any of these; all of them pass, and need no restart when they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be reached, is starting or stopping, or its disk fails.
    Away,
    /// No room for what was to be written.
    Full,
    /// It can be read and not be written.
    ReadOnly,
}

/// The trouble behind an error; `None` where it is the statement's own.
pub fn of(error: &DbErr) -> Option<Trouble> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Some(Trouble::Away),
        _ => None,
    }
}

fn of_driver(error: &sqlx::Error) -> Option<Trouble> {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Trouble::Away),
        sqlx::Error::Database(error) => of_database(error.as_ref()),
        _ => None,
    }
}

fn of_database(error: &dyn DatabaseError) -> Option<Trouble> {
    let code = error.code()?;
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        return code.parse().ok().and_then(of_sqlite);
    }
    of_postgres(&code)
}

/// SQLite's result codes (<https://www.sqlite.org/rescode.html>), the primary one in the lowest byte.
fn of_sqlite(code: i32) -> Option<Trouble> {
    match code & 0xff {
        13 => Some(Trouble::Full),
        8 => Some(Trouble::ReadOnly),
        // Input and output, and a file that cannot be opened.
        10 | 14 => Some(Trouble::Away),
        _ => None,
    }
}

/// PostgreSQL's error codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn of_postgres(code: &str) -> Option<Trouble> {
    match code {
        "53100" => Some(Trouble::Full),
        "25006" => Some(Trouble::ReadOnly),
        // Too many connections; shut down, crashed, or not up yet.
        "53300" | "57P01" | "57P02" | "57P03" => Some(Trouble::Away),
        _ if code.starts_with("08") => Some(Trouble::Away),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Trouble, of_postgres, of_sqlite};

    #[test]
    fn codes() {
        let sqlite = [
            (13, Some(Trouble::Full)),
            (8, Some(Trouble::ReadOnly)),
            (1032, Some(Trouble::ReadOnly)),
            (778, Some(Trouble::Away)),
            (14, Some(Trouble::Away)),
            (5, None),
            (2067, None),
        ];
        for (code, trouble) in sqlite {
            assert_eq!(of_sqlite(code), trouble, "{code}");
        }
        let postgres = [
            ("53100", Some(Trouble::Full)),
            ("25006", Some(Trouble::ReadOnly)),
            ("57P01", Some(Trouble::Away)),
            ("08006", Some(Trouble::Away)),
            ("23505", None),
            ("42601", None),
        ];
        for (code, trouble) in postgres {
            assert_eq!(of_postgres(code), trouble, "{code}");
        }
    }
}
