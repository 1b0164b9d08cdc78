//! Selling through Stripe: a whole server with a Stripe stand-in beside it, both listening on loopback and
//! living in one time.

mod catalogue;
mod changing;
mod ending;
mod healing;
mod letters;
mod metering;
mod money;
mod ownership;
mod publishing;
mod purchase;
mod reconciling;
mod refund_policy;
mod reissue;
mod reminders;
mod reports;
mod staff_decide;
mod storage;
mod two_accounts;
mod webhooks;
mod webshops;
mod wild;
mod world;

pub use world::Shop;

/// Runs a test with a shop on SQLite and, where `TEST_POSTGRES_URL` is set, on PostgreSQL.
macro_rules! in_both_shops {
    ($($(#[$meta:meta])* async fn $name:ident($($shop:ident)+: $kind:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($($shop)+: $kind) $body

            #[tokio::test]
            async fn sqlite() {
                story($kind::open(false).await.unwrap()).await;
            }

            #[tokio::test]
            async fn postgres() {
                match $kind::open(true).await {
                    Some(shop) => story(shop).await,
                    None => eprintln!("left out: TEST_POSTGRES_URL is not set"),
                }
            }
        }
    )*};
}

pub(crate) use in_both_shops;
