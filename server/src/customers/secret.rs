//! The secret by which programs fetch a customer's licences without asking for a key. Only its hash is kept.

use std::fmt::Write as _;

use latchkey_engine::key_text;
use latchkey_store::{customer_search, customers as store, data, entity::customer};
use sea_orm::ConnectionTrait;

use crate::{
    error::{AppError, AppResult},
    random,
};

/// The vendor's data object that says what new secrets look like.
const LOOKS: &str = "cryptolens_customer_secret";
/// Its value by which they look like licence keys.
const LIKE_A_KEY: i64 = 2;

/// Gives a customer a new secret and answers it; the one before stops working.
pub async fn renew<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    mut row: customer::Model,
) -> AppResult<(customer::Model, String)> {
    let looks = data::vendor_object(connection, LOOKS).await?;
    let secret = if looks.is_some_and(|object| object.int_value == LIKE_A_KEY) {
        key_text::generate(getrandom::fill).map_err(AppError::internal)?.to_string()
    } else {
        grouped()
    };
    row.secret_hash = Some(random::hash(&secret));
    let row = store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    Ok((row, secret))
}

/// The customer with this secret.
pub async fn find<C: ConnectionTrait>(connection: &C, secret: &str) -> AppResult<Option<customer::Model>> {
    Ok(customer_search::by_secret_hash(connection, random::hash(secret)).await?)
}

/// 128 random bits as `6dffda95-0d2e-…`.
fn grouped() -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in random::bytes::<16>().iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_look_like_guids() {
        let secret = grouped();
        let lengths: Vec<usize> = secret.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_ne!(secret, grouped());
    }
}
