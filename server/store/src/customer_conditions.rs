//! What the fields of the customer list are in SQL, for each way to the rows.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, IdenStatic as _, QueryFilter, QuerySelect,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement, SimpleExpr},
};

use crate::{
    conditions::{self, Columns},
    customer_leads::leads,
    entity::{customer, licence_key, stripe_customer, subscription},
    keys, text_match, trigrams,
};

/// How the database gets at the rows that a condition is about.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// As it sees fit: PostgreSQL keeps statistics.
    Planned,
    /// SQLite looks up what the condition is about, as [`leads`] says.
    Index,
    /// SQLite has the row at hand, found by another condition or by reading all in an order, and looks at it.
    AtHand { sorted_by: Option<customer::Column> },
}

impl Way {
    fn is_index(self) -> bool {
        matches!(self, Self::Index)
    }
}

/// The condition that a customer meets the predicate.
pub fn condition(predicate: &Predicate, way: Way) -> Condition {
    match predicate {
        Predicate::All(parts) if way.is_index() => {
            let first = parts.iter().position(|part| leads(part).is_some());
            led(&parts.iter().collect::<Vec<_>>(), first)
        }
        Predicate::Any(parts) if way.is_index() && !parts.is_empty() => {
            parts.iter().fold(Condition::any(), |any, part| any.add(condition(part, way)))
        }
        _ => conditions::condition(predicate, &CustomerColumns { way }),
    }
}

/// The condition that a customer meets all the parts, found by the one that leads there; by none, all are read.
pub fn led(parts: &[&Predicate], leader: Option<usize>) -> Condition {
    parts.iter().enumerate().fold(Condition::all(), |all, (place, part)| {
        let way = if leader == Some(place) { Way::Index } else { Way::AtHand { sorted_by: None } };
        all.add(condition(part, way))
    })
}

/// Between which beginnings a text of one or two letters is; word for word what `ix_customer_beginning` is on.
pub fn beginning(lower: &str) -> SimpleExpr {
    Expr::cust("substr(\"customer\".\"search_text\", 1, 2)")
        .between(lower, conditions::last_beginning_with(lower))
}

struct CustomerColumns {
    way: Way,
}

impl CustomerColumns {
    fn column(&self, column: customer::Column) -> SimpleExpr {
        match self.way {
            // SQLite takes no index for a column with a plus.
            Way::AtHand { sorted_by } if sorted_by.is_none_or(|by| by.as_str() != column.as_str()) => {
                Expr::cust(format!("+\"customer\".\"{}\"", column.as_str()))
            }
            _ => Expr::col((customer::Entity, column)),
        }
    }

    /// A column whose index is sorted by creation within each value.
    fn headed(&self, column: customer::Column, test: &FieldTest) -> SimpleExpr {
        let is_one = match test {
            FieldTest::ChoiceIn(words) => words.len() == 1,
            FieldTest::TextIn(texts) => texts.len() == 1,
            _ => false,
        };
        match self.way {
            Way::AtHand { sorted_by: Some(customer::Column::CreatedAt) } if is_one => {
                Expr::col((customer::Entity, column))
            }
            _ => self.column(column),
        }
    }

    /// That the customer's texts contain a word, where SQLite looks it up.
    fn lookup(&self, text: &str) -> Option<SimpleExpr> {
        let word = trigrams::word(text).filter(|_| self.way.is_index())?;
        Some(self.column(customer::Column::Id).in_subquery(trigrams::containing(&word)))
    }

    /// One of the texts that a search looks into.
    fn searched(&self, of: customer::Column, test: &FieldTest) -> Condition {
        let condition = conditions::folded(self.column(of), test);
        match test {
            FieldTest::Contains(text) => condition.add_option(self.lookup(text)),
            _ => condition,
        }
    }

    fn text(&self, term: &SearchTerm) -> SimpleExpr {
        let searched = || self.column(customer::Column::SearchText);
        let lower = term.text.to_lowercase();
        if !term.only_beginnings {
            return self.lookup(&lower).unwrap_or_else(|| searched().like(text_match::contains(&lower)));
        }
        let begins = searched().like(text_match::begins_with(&lower));
        match self.way {
            Way::AtHand { .. } => begins,
            Way::Planned | Way::Index => beginning(&lower).and(begins),
        }
    }

    /// A test of something that a customer has any number of; "empty" means none at all.
    fn related(&self, test: &FieldTest, ids: impl Fn(&FieldTest) -> SelectStatement) -> Condition {
        let id = self.column(customer::Column::Id);
        if *test == FieldTest::Empty {
            let any = ids(&FieldTest::Contains(String::new()));
            return Condition::all().add(id.not_in_subquery(any));
        }
        Condition::all().add(id.in_subquery(ids(test)))
    }
}

impl Columns for CustomerColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use customer::Column as C;
        match field {
            "id" => conditions::number(self.column(C::Id), test),
            "created" => conditions::number(self.column(C::CreatedAt), test),
            "webshop" => conditions::number(self.column(C::WebshopId), test),
            "status" => conditions::choice(self.headed(C::Headline, test), test),
            "name" => self.searched(C::NameFolded, test),
            "email" => self.searched(C::Email, test),
            "company" => self.searched(C::CompanyFolded, test),
            "country" => conditions::code(self.headed(C::Country, test), test),
            "external_id" => conditions::filled_text(self.column(C::ExternalId), test),
            "stripe_id" => self.related(test, |test| {
                let column = Expr::col((stripe_customer::Entity, stripe_customer::Column::StripeId));
                stripe_customer::Entity::find()
                    .select_only()
                    .column(stripe_customer::Column::CustomerId)
                    .filter(conditions::exact(column, test))
                    .into_query()
            }),
            "key" => self.related(test, |test| {
                licence_key::Entity::find()
                    .select_only()
                    .column(licence_key::Column::CustomerId)
                    .filter(licence_key::Column::CustomerId.is_not_null())
                    .filter(keys::with_text(test))
                    .into_query()
            }),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let id = || self.column(customer::Column::Id);
        let mut any = Condition::any().add(self.text(term));
        if let Some(number) = term.id {
            any = any.add(id().eq(number));
        }
        if let Some(key) = &term.key {
            let owners = licence_key::Entity::find()
                .select_only()
                .column(licence_key::Column::CustomerId)
                .filter(licence_key::Column::CustomerId.is_not_null())
                .filter(licence_key::Column::KeyLookup.eq(key))
                .into_query();
            any = any.add(id().in_subquery(owners));
        }
        if term.is_stripe_id {
            let customers = stripe_customer::Entity::find()
                .select_only()
                .column(stripe_customer::Column::CustomerId)
                .filter(stripe_customer::Column::StripeId.eq(&term.text))
                .into_query();
            let contracts = subscription::Entity::find()
                .select_only()
                .column(subscription::Column::CustomerId)
                .filter(subscription::Column::StripeId.eq(&term.text))
                .into_query();
            any = any.add(id().in_subquery(customers));
            any = any.add(id().in_subquery(contracts));
        }
        any
    }
}
