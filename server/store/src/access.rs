//! Whose rows a query may see.

use latchkey_shared::ids::CustomerId;
use sea_orm::{ColumnTrait, Condition, QueryFilter};

/// What the caller may see. Every read of rows that belong to a customer takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Staff with the permission, and Latchkey itself.
    All,
    /// One customer: the portal.
    Customer(CustomerId),
}

impl Access {
    /// Limits `query` to the rows whose `customer` column the caller may see.
    pub fn restrict<Q: QueryFilter>(self, query: Q, customer: impl ColumnTrait) -> Q {
        match self {
            Self::All => query,
            Self::Customer(id) => query.filter(Condition::all().add(customer.eq(id.0))),
        }
    }

    /// Whether a row of that customer may be seen.
    pub fn allows(self, customer: Option<i64>) -> bool {
        match self {
            Self::All => true,
            Self::Customer(id) => customer == Some(id.0),
        }
    }
}
