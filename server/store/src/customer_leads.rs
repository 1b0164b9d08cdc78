//! What an index of SQLite leads to, before anything is looked at: the rarest of several conditions is the way to
//! the customers who meet them all.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use sea_orm::{
    Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    customer_conditions::{self, Way},
    entity::customer,
    page, trigrams,
};

/// So many conditions of one filter are compared at most.
const COMPARED: usize = 8;

/// Rows of indices that hold every customer who meets a predicate.
pub struct Leads {
    pub rows: Vec<SelectStatement>,
    /// Each of those rows is of a customer who does meet it.
    pub all_meet: bool,
}

/// `None` where no index helps.
pub fn leads(predicate: &Predicate) -> Option<Leads> {
    let one = |rows, all_meet| Some(Leads { rows: vec![rows], all_meet });
    match predicate {
        Predicate::All(parts) => parts.iter().find_map(leads).map(|leads| Leads { all_meet: false, ..leads }),
        Predicate::Any(parts) if parts.is_empty() => None,
        Predicate::Any(parts) => {
            let each: Option<Vec<Leads>> = parts.iter().map(leads).collect();
            let rows = each?.into_iter().flat_map(|leads| leads.rows).collect();
            Some(Leads { rows, all_meet: false })
        }
        // An id, a key or an id of Stripe adds next to nothing.
        Predicate::Search(SearchTerm { text, only_beginnings: true, .. }) => {
            one(rows(Condition::all().add(customer_conditions::beginning(&text.to_lowercase()))), true)
        }
        Predicate::Search(term) => one(trigrams::containing(&trigrams::word(&term.text)?), true),
        Predicate::Test { field: "name" | "email" | "company", test: FieldTest::Contains(text) } => {
            one(trigrams::containing(&trigrams::word(text)?), false)
        }
        Predicate::Test { field, test } if is_indexed(field, test) => {
            one(rows(customer_conditions::condition(predicate, Way::Index)), true)
        }
        // What must not be there cannot be looked up.
        Predicate::Not(_) | Predicate::Test { .. } | Predicate::Count { .. } => None,
    }
}

fn is_indexed(field: &str, test: &FieldTest) -> bool {
    match field {
        "id" | "created" | "webshop" => matches!(test, FieldTest::NumberIn(_) | FieldTest::Range(_)),
        "status" => matches!(test, FieldTest::ChoiceIn(_)),
        "name" | "email" | "company" => {
            matches!(test, FieldTest::TextIn(_) | FieldTest::BeginsWith(_) | FieldTest::Empty)
        }
        "country" | "external_id" | "stripe_id" | "key" => matches!(test, FieldTest::TextIn(_)),
        _ => false,
    }
}

fn rows(condition: Condition) -> SelectStatement {
    customer::Entity::find().select_only().expr_as(Expr::val(1), "one").filter(condition).into_query()
}

/// The place of the part that leads to the fewest rows; `None` where each leads to more than `most`.
pub async fn rarest<C: ConnectionTrait>(
    connection: &C,
    parts: &[&Predicate],
    most: i64,
) -> Result<Option<usize>, DbErr> {
    let (mut found, mut most) = (None, most);
    let known = parts.iter().enumerate().filter_map(|(place, part)| leads(part).map(|leads| (place, leads)));
    for (place, leads) in known.take(COMPARED) {
        let mut rows = 0;
        for lead in leads.rows {
            rows += page::count_up_to(connection, lead, most + 1).await?;
            if rows > most {
                break;
            }
        }
        if rows <= most {
            found = Some(place);
            most = rows - 1;
        }
        if most < 0 {
            break;
        }
    }
    Ok(found)
}
