//! Limits on guessing, kept in the database so that a restart or a second process changes nothing.

use std::net::{IpAddr, Ipv6Addr};

use latchkey_store::entity::rate_limit;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    clock::{DAY, MINUTE},
    error::{AppError, AppResult},
    random,
    state::AppState,
};

/// What is limited, each for one account and for one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    SignIn,
    SignUp,
    Reset,
    /// Opening an invitation.
    Link,
    /// Entering six digits.
    Proof,
    /// Signing in to a user account through the licence Web API.
    UserAccount,
    /// A customer's secret through the licence Web API.
    CustomerSecret,
    /// Uploading a log of use. Each try has a signing key pair's private half open something.
    UsageLog,
}

struct Rule {
    name: &'static str,
    window: i64,
    per_account: i64,
    per_address: i64,
}

impl Limited {
    const fn rule(self) -> Rule {
        match self {
            Self::SignIn => Rule { name: "sign_in", window: 15 * MINUTE, per_account: 10, per_address: 100 },
            Self::SignUp => Rule { name: "sign_up", window: 60 * MINUTE, per_account: 5, per_address: 60 },
            Self::Reset => Rule { name: "reset", window: 60 * MINUTE, per_account: 5, per_address: 30 },
            Self::Link => Rule { name: "link", window: 15 * MINUTE, per_account: 60, per_address: 120 },
            Self::CustomerSecret => {
                Rule { name: "customer_secret", window: 15 * MINUTE, per_account: 60, per_address: 100 }
            }
            Self::UserAccount => {
                Rule { name: "user_account", window: 15 * MINUTE, per_account: 10, per_address: 100 }
            }
            Self::UsageLog => Rule { name: "usage_log", window: DAY, per_account: 50, per_address: 100 },
            Self::Proof => Rule { name: "proof", window: 15 * MINUTE, per_account: 10, per_address: 100 },
        }
    }
}

/// Counts one try for `account` (any text that names it) and for `ip`; 429 beyond the limit.
pub async fn count(app: &AppState, action: Limited, account: &str, ip: &str) -> AppResult<()> {
    let rule = action.rule();
    let now = app.clock.now();
    let window = now - now.rem_euclid(rule.window);
    let transaction = app.store.begin().await?;
    let by_account = add(&transaction, bucket(rule.name, "account", account), window).await?;
    let by_address = add(&transaction, bucket(rule.name, "address", &subscriber(ip)), window).await?;
    transaction.commit().await?;
    if by_account > rule.per_account || by_address > rule.per_address {
        metrics::counter!("limited_total", "action" => rule.name).increment(1);
        return Err(AppError::too_many((window + rule.window - now) / 1_000));
    }
    Ok(())
}

/// After a success: the account's tries are forgotten, so that only failures in a row count.
pub async fn forgive(app: &AppState, action: Limited, account: &str) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    rate_limit::Entity::delete_by_id(bucket(action.rule().name, "account", account))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Removes windows that are over.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    rate_limit::Entity::delete_many()
        .filter(rate_limit::Column::WindowStart.lt(now - DAY))
        .exec(connection)
        .await?;
    Ok(())
}

/// Who has that address: of IPv6, whoever has one has the other 2^64 of its network too.
fn subscriber(ip: &str) -> String {
    match ip.parse() {
        Ok(IpAddr::V6(ip)) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).to_string(),
        _ => ip.to_owned(),
    }
}

/// Accounts and addresses are hashed: the table needs no names.
fn bucket(action: &str, kind: &str, subject: &str) -> String {
    format!("{action}:{kind}:{}", hex::encode(random::hash(subject)))
}

async fn add<C: ConnectionTrait>(connection: &C, bucket: String, window: i64) -> AppResult<i64> {
    let same_window = Expr::col((rate_limit::Entity, rate_limit::Column::WindowStart)).eq(window);
    let next =
        Expr::case(same_window, Expr::col((rate_limit::Entity, rate_limit::Column::Count)).add(1)).finally(1);
    let row = rate_limit::ActiveModel { bucket: Set(bucket), window_start: Set(window), count: Set(1) };
    let stored = rate_limit::Entity::insert(row)
        .on_conflict(
            OnConflict::column(rate_limit::Column::Bucket)
                .value(rate_limit::Column::Count, next)
                .value(rate_limit::Column::WindowStart, window)
                .to_owned(),
        )
        .exec_with_returning(connection)
        .await?;
    Ok(stored.count)
}

#[cfg(test)]
mod tests {
    use super::subscriber;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(subscriber("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(subscriber("2001:db8:1:2::1"), subscriber("2001:db8:1:2:ffff::"));
        assert_ne!(subscriber("2001:db8:1:3::1"), subscriber("2001:db8:1:2::1"));
        assert_eq!(subscriber("198.51.100.7"), "198.51.100.7");
    }
}
