//! Whose rows a query may see.

use latchkey_shared::ids::{CustomerId, KeyGlobalId, ProductId};
use sea_orm::{ColumnTrait, Condition, QueryFilter};

use crate::entity::licence_key;

/// What the caller may see. Every read of rows that belong to a customer takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Staff with the permission, and Latchkey itself.
    All,
    /// One customer: the portal.
    Customer(CustomerId),
    /// An access token that is locked to a product or a key. What belongs to no product is not locked.
    Locked(Lock),
}

/// What an access token is locked to. Nothing means: not locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    pub product: Option<ProductId>,
    pub key: Option<KeyGlobalId>,
}

impl Access {
    /// Limits `query` to the rows whose `customer` column the caller may see.
    pub fn restrict<Q: QueryFilter>(self, query: Q, customer: impl ColumnTrait) -> Q {
        match self {
            Self::All | Self::Locked(_) => query,
            Self::Customer(id) => query.filter(Condition::all().add(customer.eq(id.0))),
        }
    }

    /// Limits a query of licence keys to those the caller may see.
    pub fn restrict_keys<Q: QueryFilter>(self, query: Q) -> Q {
        let Self::Locked(lock) = self else { return self.restrict(query, licence_key::Column::CustomerId) };
        let mut locks = Condition::all();
        if let Some(product) = lock.product {
            locks = locks.add(licence_key::Column::ProductId.eq(product.0));
        }
        if let Some(key) = lock.key {
            locks = locks.add(licence_key::Column::Id.eq(key.0));
        }
        query.filter(locks)
    }

    /// Whether a row of that customer may be seen.
    pub fn allows(self, customer: Option<i64>) -> bool {
        match self {
            Self::All | Self::Locked(_) => true,
            Self::Customer(id) => customer == Some(id.0),
        }
    }

    /// Whether that licence key may be seen.
    pub fn allows_key(self, key: &licence_key::Model) -> bool {
        match self {
            Self::All => true,
            Self::Customer(id) => key.customer_id == Some(id.0),
            Self::Locked(lock) => {
                lock.product.is_none_or(|id| id.0 == key.product_id)
                    && lock.key.is_none_or(|id| id.0 == key.id)
            }
        }
    }

    /// Whether what belongs to that product, and not to one of its keys, may be seen.
    pub fn allows_product(self, product: ProductId) -> bool {
        match self {
            Self::All | Self::Customer(_) => true,
            Self::Locked(lock) => lock.key.is_none() && lock.product.is_none_or(|id| id == product),
        }
    }
}
