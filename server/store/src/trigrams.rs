//! Finding customers by a part of their texts.
//!
//! SQLite has the index `customer_trigram` for it, kept by triggers; PostgreSQL one of `pg_trgm` that its planner
//! uses by itself for `LIKE`. Where a word is in very many texts, reading the customers in the order wanted fills a
//! page sooner than any index.

use std::collections::HashSet;

use latchkey_engine::filter::{FieldTest, Predicate};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExprTrait,
    sea_query::{Expr, Query, SelectStatement, SimpleExpr},
};

use crate::page::{self, EXACT_TOTAL};

/// Below this many letters there is nothing to look up.
const LETTERS: usize = 3;

/// The words of a filter by whether few texts contain them, so that SQLite's index is the way there, or very many.
#[derive(Debug, Default)]
pub struct Words {
    rare: HashSet<String>,
    frequent: HashSet<String>,
}

impl Words {
    /// Looks each word of the predicate up. None on PostgreSQL, where the planner decides.
    pub async fn of<C: ConnectionTrait>(connection: &C, predicate: &Predicate) -> Result<Self, DbErr> {
        let mut found = Self::default();
        if connection.get_database_backend() == DbBackend::Sqlite {
            for word in words(predicate) {
                let kind =
                    if is_frequent(connection, &word).await? { &mut found.frequent } else { &mut found.rare };
                kind.insert(word);
            }
        }
        Ok(found)
    }

    /// Whether the predicate is met by more than are counted, as far as that is known already.
    pub fn are_many(&self, predicate: &Predicate) -> bool {
        matches!(predicate, Predicate::Search(term) if self.frequent.contains(&term.text.to_lowercase()))
    }

    /// The condition that `id` is of a customer whose texts contain the word; `None` where no index helps.
    pub fn lookup(&self, id: SimpleExpr, word: &str) -> Option<SimpleExpr> {
        let word = word.to_lowercase();
        self.rare.contains(&word).then(|| id.in_subquery(containing(&word)))
    }
}

fn words(predicate: &Predicate) -> HashSet<String> {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(words).collect(),
        Predicate::Search(term) if !term.only_beginnings => one(&term.text),
        Predicate::Test { test: FieldTest::Contains(text), .. } => one(text),
        // What must not be there cannot be looked up.
        Predicate::Not(_) | Predicate::Search(_) | Predicate::Test { .. } => HashSet::new(),
    }
}

fn one(text: &str) -> HashSet<String> {
    let word = text.to_lowercase();
    if word.chars().count() < LETTERS { HashSet::new() } else { HashSet::from([word]) }
}

/// Whether so many texts contain the word that a list shows no exact total.
async fn is_frequent<C: ConnectionTrait>(connection: &C, word: &str) -> Result<bool, DbErr> {
    Ok(page::count_rows(connection, containing(word)).await? > EXACT_TOTAL)
}

/// The ids of the customers whose texts contain the word. Quoted, it means nothing but itself to the index.
fn containing(word: &str) -> SelectStatement {
    let phrase = format!("\"{}\"", word.replace('"', "\"\""));
    Query::select()
        .column("rowid")
        .from("customer_trigram")
        .and_where(Expr::cust_with_values("customer_trigram MATCH ?", [phrase]))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use latchkey_engine::filter::SearchTerm;

    use super::*;

    #[test]
    fn what_is_looked_up() {
        let search = |text| Predicate::Search(SearchTerm::new(text));
        let contains =
            |text: &str| Predicate::Test { field: "name", test: FieldTest::Contains(text.to_owned()) };
        assert_eq!(words(&search("Müller")), HashSet::from(["müller".to_owned()]));
        assert_eq!(words(&search("ab")), HashSet::new());
        let both = Predicate::All(vec![search("acme"), contains("Bob"), contains("x")]);
        assert_eq!(words(&both), HashSet::from(["acme".to_owned(), "bob".to_owned()]));
        assert_eq!(words(&search("acme").negated()), HashSet::new());
    }
}
