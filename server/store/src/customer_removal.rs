//! Removing a customer, and what forbids it.

use latchkey_shared::{ids::CustomerId, transaction::TransactionKind};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _, QueryFilter, sea_query::Expr,
};

use crate::entity::{
    balance_entry, checkout, communication, customer, customer_user, licence_key, stripe_customer,
    subscription, terms_acceptance, transaction_entry, user_account,
};

/// Entries of a history that belong to the books.
const KEPT: [&str; 4] = [
    TransactionKind::Payment.as_str(),
    TransactionKind::Refund.as_str(),
    TransactionKind::Dispute.as_str(),
    TransactionKind::Balance.as_str(),
];

/// Whether there are contracts, purchases, movements of money, a Stripe customer or acceptances of the terms.
pub async fn must_be_kept<C: ConnectionTrait>(connection: &C, id: CustomerId) -> Result<bool, DbErr> {
    macro_rules! any {
        ($($table:ident),*) => {
            $(
                let rows = $table::Entity::find().filter($table::Column::CustomerId.eq(id.0));
                if rows.count(connection).await? > 0 { return Ok(true); }
            )*
        };
    }
    any!(subscription, balance_entry, checkout, stripe_customer, terms_acceptance);
    let money = transaction_entry::Entity::find()
        .filter(transaction_entry::Column::CustomerId.eq(id.0))
        .filter(transaction_entry::Column::Kind.is_in(KEPT));
    Ok(money.count(connection).await? > 0)
}

/// Removes the row and what only concerns it. Keys, user accounts and messages stay, as nobody's.
pub async fn remove<C: ConnectionTrait>(connection: &C, id: CustomerId) -> Result<(), DbErr> {
    macro_rules! let_go {
        ($($table:ident),*) => { $(
            $table::Entity::update_many()
                .col_expr($table::Column::CustomerId, Expr::value(Option::<i64>::None))
                .filter($table::Column::CustomerId.eq(id.0))
                .exec(connection)
                .await?;
        )* };
    }
    let_go!(licence_key, user_account, communication);
    customer_user::Entity::delete_many()
        .filter(customer_user::Column::CustomerId.eq(id.0))
        .exec(connection)
        .await?;
    transaction_entry::Entity::delete_many()
        .filter(transaction_entry::Column::CustomerId.eq(id.0))
        .exec(connection)
        .await?;
    customer::Entity::delete_by_id(id.0).exec(connection).await?;
    Ok(())
}
