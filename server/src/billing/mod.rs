//! Money: Stripe accounts, the inbox, converging subscriptions, purchases.
//!
//! | where | what |
//! | --- | --- |
//! | [`accounts`], [`connecting`], [`endpoints`], [`endpoint_list`], [`health`] | the connection to Stripe |
//! | [`inbox`] → [`signals`] → [`work`] | an event is stored, names what to fetch, and that is fetched |
//! | [`inbox_view`] | the inbox as staff see it |
//! | [`sync`] | the one function that makes a subscription and its keys agree with Stripe |
//! | [`by_hand`] | a key made by hand is taken for the missing one |
//! | [`history`] | what Stripe says about money, written into the customers' histories |
//! | [`payments`] | refunds and disputes are shown to a person |
//! | [`write_back`] | the numbers of the keys, told to Stripe through the outbox |
//! | [`checkouts`], [`stripe_customers`] | purchases |
//! | [`ending`], [`customer_page`], [`view`] | what customers and staff see and do |
//! | [`reconcile`] | the sweeps: whatever was missed is found |

pub mod accounts;
pub mod by_hand;
pub mod checkouts;
pub mod connecting;
pub mod customer_page;
pub mod dashboard_links;
pub mod ending;
pub mod endpoint_list;
pub mod endpoints;
pub mod health;
pub mod history;
pub mod inbox;
pub mod inbox_view;
pub mod metering;
pub mod payments;
pub mod reconcile;
pub mod refund_policy;
pub mod signals;
pub mod stripe_customers;
pub mod stripe_errors;
pub mod sync;
pub mod view;
pub mod work;
pub mod worker;
pub mod write_back;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{error::AppResult, jobs, state::AppState, subscriptions::changes::due};

/// Starts everything that runs beside requests.
pub fn start(app: &AppState, stop: &CancellationToken, background: &mut JoinSet<()>) {
    background.spawn(worker::hand_over_events(app.clone(), stop.clone()));
    for _ in 0..worker::FETCHERS {
        background.spawn(worker::fetch(app.clone(), stop.clone()));
    }
    background.spawn(reconcile::run(app.clone(), stop.clone()));
    background.spawn(due::run(app.clone(), stop.clone()));
}

/// Converges everything that is due now, with what follows from it: write-backs and messages. For tests and
/// commands; failures are noted and left for later, as when serving. Answers how much was done.
pub async fn run_due(app: &AppState) -> AppResult<usize> {
    let mut done = 0;
    loop {
        let mut round = worker::hand_over(app).await?;
        while work::run_next(app).await? {
            round += 1;
        }
        round += jobs::worker::run_due(app).await?;
        if round == 0 {
            return Ok(done);
        }
        done += round;
    }
}
