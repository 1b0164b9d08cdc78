//! Finding customers by a part of their texts.
//!
//! SQLite has the index `customer_trigram` for it, kept by triggers; PostgreSQL one of `pg_trgm` that its planner
//! uses by itself for `LIKE`.

use sea_orm::sea_query::{Expr, Query, SelectStatement};

/// Below this many letters there is nothing to look up.
const LETTERS: usize = 3;

/// A text as SQLite's index knows it; `None` where it is too short.
pub fn word(text: &str) -> Option<String> {
    Some(text.to_lowercase()).filter(|word| word.chars().count() >= LETTERS)
}

/// The ids of the customers whose texts contain the word. Quoted, it means nothing but itself to the index.
pub fn containing(word: &str) -> SelectStatement {
    let phrase = format!("\"{}\"", word.replace('"', "\"\""));
    Query::select()
        .column("rowid")
        .from("customer_trigram")
        .and_where(Expr::cust_with_values("customer_trigram MATCH ?", [phrase]))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn what_is_looked_up() {
        assert_eq!(word("Müller").as_deref(), Some("müller"));
        assert_eq!(word("ab"), None);
    }
}
