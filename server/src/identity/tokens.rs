//! Access tokens: the one kind there is, for the licence Web API and, as `Authorization: Bearer`, for
//! `/api/v1`.
//!
//! Wire form: base64 of the JSON array `["id","secret"]`, the secret being 30 random bytes in base64 (what
//! the published SDKs carry; `reference/licensing-api.md` §1.5).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::permission::{Permission, Role};
use latchkey_store::entity::api_token;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait,
};
use serde_json::json;
use subtle::ConstantTimeEq as _;

use crate::{
    error::{AppError, AppResult},
    random,
    state::AppState,
};

/// A scope that stands for all of them.
pub const EVERY_SCOPE: &str = "*";

/// A token that is in force.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scopes: Vec<String>,
}

impl Token {
    /// What the token may do under `/api/v1`: with every scope what an admin may, otherwise the
    /// permissions that its scopes name.
    pub fn permissions(&self) -> Vec<Permission> {
        if self.scopes.iter().any(|scope| scope == EVERY_SCOPE) {
            return Role::Admin.permissions().to_vec();
        }
        let named = |permission: &Permission| {
            serde_json::to_value(permission)
                .is_ok_and(|word| self.scopes.iter().any(|scope| word == scope.as_str()))
        };
        Permission::ALL
            .iter()
            .copied()
            .filter(named)
            .filter(|permission| Role::Admin.may(*permission))
            .collect()
    }
}

/// Makes a token and answers its wire form, which is never shown again.
pub async fn create<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    name: &str,
    scopes: &[&str],
) -> AppResult<String> {
    let secret = STANDARD.encode(random::bytes::<30>());
    let row = api_token::ActiveModel {
        id: NotSet,
        name: Set(name.to_owned()),
        secret_hash: Set(random::hash(&secret)),
        scopes: Set(json!(scopes)),
        product_lock: Set(None),
        key_lock: Set(None),
        feature_lock: Set(None),
        expires_at: Set(None),
        last_used_at: Set(None),
        revoked_at: Set(None),
        created_at: Set(now),
    };
    let row = api_token::Entity::insert(row).exec_with_returning(connection).await?;
    Ok(wire(row.id, &secret))
}

/// The token in force that `wire` names; 401 in every other case.
pub async fn verify(app: &AppState, wire: &str) -> AppResult<Token> {
    let (id, secret) = parse(wire).ok_or_else(AppError::unauthenticated)?;
    let row = api_token::Entity::find_by_id(id)
        .one(app.store.read())
        .await?
        .ok_or_else(AppError::unauthenticated)?;
    let right: bool = row.secret_hash.ct_eq(&random::hash(&secret)).into();
    let expired = row.expires_at.is_some_and(|at| at <= app.clock.now());
    if !right || expired || row.revoked_at.is_some() {
        return Err(AppError::unauthenticated());
    }
    let scopes = serde_json::from_value(row.scopes).map_err(AppError::internal)?;
    Ok(Token { id: row.id, name: row.name, scopes })
}

fn wire(id: i64, secret: &str) -> String {
    STANDARD.encode(json!([id.to_string(), secret]).to_string())
}

fn parse(wire: &str) -> Option<(i64, String)> {
    if wire.len() > 400 {
        return None;
    }
    let bytes = STANDARD.decode(wire.trim()).ok()?;
    let (id, secret): (String, String) = serde_json::from_slice(&bytes).ok()?;
    Some((id.parse().ok()?, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_is_what_the_sdks_carry() {
        let secret = STANDARD.encode([7; 30]);
        assert_eq!(secret.len(), 40);
        let wire = wire(465, &secret);
        assert!(wire.starts_with("WyI0NjUiLCJ"), "{wire}");
        assert_eq!(parse(&wire), Some((465, secret)));
        assert_eq!(parse("nonsense"), None);
        assert_eq!(parse(&STANDARD.encode("[1,2]")), None);
    }

    #[test]
    fn a_token_may_no_more_than_its_scopes_name() {
        let token = |scopes: &[&str]| Token {
            id: 1,
            name: String::new(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        assert!(token(&["*"]).permissions().contains(&Permission::CustomersWrite));
        assert!(!token(&["*"]).permissions().contains(&Permission::StaffManage));
        assert_eq!(token(&["customers_read", "Activate"]).permissions(), [Permission::CustomersRead]);
        assert!(token(&["staff_manage"]).permissions().is_empty());
    }
}
