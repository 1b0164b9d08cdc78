//! Changing, renewing, extending, pausing and ending subscriptions, by staff and by customers.
//!
//! | module | what |
//! | --- | --- |
//! | [`preview`], [`quotes`], [`view`] | what it would do, and the quote that the commit must match |
//! | [`commit`] → [`apply`], [`stripe`] | doing it, here or at Stripe |
//! | [`facts`], [`wish`] | from rows and requests to what `engine::change` knows |
//! | [`history`] | entries in the customer's history |
//! | [`options`] | what can be chosen |
//! | [`undo`] | taking back what is planned |
//! | [`end_at_once`] | the end of what was paid back |
//! | [`due`] | what was planned, done on its day |
//! | [`renewals`] | renewed from the balance, by itself |
//! | [`many`] | time for many at once |
//! | [`mine`] | a customer ends or keeps theirs |

mod apply;
mod commit;
pub mod due;
mod end_at_once;
mod facts;
pub mod history;
mod many;
mod mine;
mod options;
mod preview;
mod quotes;
pub mod renewals;
mod rows;
mod sold_here;
mod stripe;
mod undo;
mod view;
mod wish;
mod words;

pub use apply::{balance_moved, settle};
pub use commit::commit;
pub use end_at_once::end_at_once;
pub use facts::{Case, currency, duration, load, name, zone};
pub use many::extend_many;
pub use mine::{cancel_mine, keep_mine};
pub use options::options;
pub use preview::preview;
pub use quotes::digest;
pub use rows::{Sold, items as item_rows, paid as paid_json};
pub use undo::undo;
pub use view::preview as shown;
pub use wish::{items as wanted_items, refused};

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangeWhen},
    change::{Direction, Refund},
    ids::SubscriptionId,
};
use latchkey_store::{
    Access,
    entity::{subscription, vendor},
    subscriptions as store,
};
use sea_orm::ConnectionTrait;

use crate::{
    audit::Origin,
    error::{AppError, AppResult},
};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    pub origin: &'a Origin,
    pub access: Access,
    pub may: May,
}

/// What they may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Everything; what gives money away only with that permission.
    Staff { money: bool },
    /// What the vendor's rules allow.
    Customer,
}

impl Caller<'_> {
    /// Refuses what this caller may not ask for.
    fn check(&self, ask: &AskChange, direction: Option<Direction>, rules: &vendor::Model) -> AppResult<()> {
        match self.may {
            May::Staff { money } => {
                let gives =
                    ask.waive || ask.refund == Refund::ToBalance && ask.action == ChangeAction::Cancel;
                if gives && !money { Err(AppError::forbidden()) } else { Ok(()) }
            }
            May::Customer => {
                let by_period_end = ask.when == ChangeWhen::PeriodEnd;
                let allowed = match (ask.action, direction) {
                    (ChangeAction::Cancel, _) => rules.customers_cancel && by_period_end,
                    (ChangeAction::Change, Some(Direction::Upgrade)) => rules.customers_upgrade,
                    (ChangeAction::Change, Some(_)) => rules.customers_downgrade && by_period_end,
                    (ChangeAction::Change, None) => rules.customers_upgrade || rules.customers_downgrade,
                    _ => false,
                };
                let plain = !ask.waive && ask.refund == Refund::Nothing;
                if allowed && plain { Ok(()) } else { Err(not_by_customers()) }
            }
        }
    }
}

fn not_by_customers() -> AppError {
    AppError::conflict(
        "not_by_customers",
        "This cannot be changed here. Write to us, and we will do it for you.",
    )
}

/// A subscription that the caller may see; 404 for none.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: SubscriptionId,
) -> AppResult<subscription::Model> {
    store::find(connection, access, id).await?.ok_or_else(|| AppError::not_found("subscription"))
}
