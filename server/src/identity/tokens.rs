//! Access tokens: the one kind there is, for the licence Web API and, as `Authorization: Bearer`, for
//! `/api/v1`.
//!
//! Wire form: base64 of the JSON array `["id","secret"]`, the secret being 30 random bytes in base64. A token
//! whose key lock is [`ANY_KEY`] is exchanged, call by call, for one that works for a single key: its id is
//! `id/key`, its secret is computed from the first token's, so nothing is stored of it and revoking the first
//! revokes it too.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::{
    ids::{KeyGlobalId, ProductId},
    permission::{Permission, Role},
};
use latchkey_store::{Access, Lock, entity::api_token, tokens as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
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
/// The key lock of a token that is only good for being exchanged for one of a single key.
pub const ANY_KEY: i64 = -1;

/// A change to a token is honoured by every process within this time.
const CACHED_FOR: Duration = Duration::from_millis(800);
/// Longer wire forms are not looked at.
const LONGEST: usize = 400;

/// A token that is in force.
#[derive(Clone, Debug, Default)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scopes: Vec<String>,
    pub lock: Lock,
    /// Works only for being exchanged for a token of a single key.
    pub any_key: bool,
    /// Hides fields of answers, limits days of trial keys and steps of counters.
    pub feature_lock: Option<i64>,
}

impl Token {
    /// Whether it holds that scope of the licence Web API.
    pub fn holds(&self, scope: &str) -> bool {
        self.scopes.iter().any(|held| held == EVERY_SCOPE || held.eq_ignore_ascii_case(scope))
    }

    /// Which licence keys it sees.
    pub fn access(&self) -> Access {
        if self.lock == Lock::default() { Access::All } else { Access::Locked(self.lock) }
    }

    /// What the token may do under `/api/v1`: with every scope what an admin may, otherwise the
    /// permissions that its scopes name. A locked one may nothing there, where locks are not known.
    pub fn permissions(&self) -> Vec<Permission> {
        if self.any_key || self.lock != Lock::default() {
            return Vec::new();
        }
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

/// Token rows that were read a moment ago.
#[derive(Default)]
pub struct Cache(Mutex<HashMap<i64, (Instant, Arc<api_token::Model>)>>);

impl Cache {
    async fn find(&self, app: &AppState, id: i64) -> AppResult<Option<Arc<api_token::Model>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some((read_at, row)) = known
            && read_at.elapsed() < CACHED_FOR
        {
            return Ok(Some(row));
        }
        let Some(row) = store::find(app.store.read(), id).await?.map(Arc::new) else { return Ok(None) };
        let entry = (Instant::now(), Arc::clone(&row));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, entry);
        Ok(Some(row))
    }

    /// After a change in this process.
    pub fn forget(&self, id: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// What a new token is to be.
#[derive(Clone, Debug, Default)]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<String>,
    pub product_lock: Option<i64>,
    /// A key's global id, or [`ANY_KEY`].
    pub key_lock: Option<i64>,
    pub feature_lock: Option<i64>,
    pub expires_at: Option<i64>,
}

/// Makes a token and answers its row and its wire form, which is never shown again.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    new: NewToken,
) -> AppResult<(api_token::Model, String)> {
    let secret = STANDARD.encode(random::bytes::<30>());
    let row = api_token::ActiveModel {
        id: NotSet,
        name: Set(new.name),
        secret_hash: Set(random::hash(&secret)),
        scopes: Set(json!(new.scopes)),
        product_lock: Set(new.product_lock),
        key_lock: Set(new.key_lock),
        feature_lock: Set(new.feature_lock),
        expires_at: Set(new.expires_at),
        last_used_at: Set(None),
        revoked_at: Set(None),
        created_at: Set(now),
    };
    let row = store::insert(connection, row).await?;
    let wire = wire(&row.id.to_string(), &secret);
    Ok((row, wire))
}

/// Makes a token that is locked to nothing and answers its wire form.
pub async fn create<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    name: &str,
    scopes: &[&str],
) -> AppResult<String> {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let new = NewToken { name: name.to_owned(), scopes, ..NewToken::default() };
    Ok(insert(connection, now, new).await?.1)
}

/// The token in force that `wire` names; 401 in every other case.
pub async fn verify(app: &AppState, wire: &str) -> AppResult<Token> {
    let given = parse(wire).ok_or_else(AppError::unauthenticated)?;
    let row = app.tokens.find(app, given.id).await?.ok_or_else(AppError::unauthenticated)?;
    let right = match given.key {
        Some(key) if row.key_lock == Some(ANY_KEY) => {
            given.secret.as_bytes().ct_eq(exchanged_secret(app, &row, key).as_bytes()).into()
        }
        Some(_) => false,
        None => row.secret_hash.ct_eq(&random::hash(&given.secret)).into(),
    };
    let expired = row.expires_at.is_some_and(|at| at <= app.clock.now());
    if !right || expired || row.revoked_at.is_some() {
        return Err(AppError::unauthenticated());
    }
    app.notes.token_used(row.id, app.clock.now());
    let key = given.key.or(row.key_lock.filter(|key| *key != ANY_KEY));
    Ok(Token {
        id: row.id,
        name: row.name.clone(),
        scopes: serde_json::from_value(row.scopes.clone()).map_err(AppError::internal)?,
        lock: Lock { product: row.product_lock.map(ProductId), key: key.map(KeyGlobalId) },
        any_key: row.key_lock == Some(ANY_KEY) && given.key.is_none(),
        feature_lock: row.feature_lock,
    })
}

/// The wire form of the token of a single key that a token for any key is exchanged for.
pub async fn exchange(app: &AppState, token: &Token, key: KeyGlobalId) -> AppResult<String> {
    let row = app.tokens.find(app, token.id).await?.ok_or_else(AppError::unauthenticated)?;
    Ok(wire(&format!("{}/{key}", row.id), &exchanged_secret(app, &row, key.0)))
}

fn exchanged_secret(app: &AppState, row: &api_token::Model, key: i64) -> String {
    let message = format!("{}/{key}:{}", row.id, hex::encode(&row.secret_hash));
    STANDARD.encode(&app.sealer.keyed_hash("token_of_a_key", &message)[..30])
}

fn wire(id: &str, secret: &str) -> String {
    STANDARD.encode(json!([id, secret]).to_string())
}

/// What a wire form says.
struct Given {
    id: i64,
    key: Option<i64>,
    secret: String,
}

fn parse(wire: &str) -> Option<Given> {
    if wire.len() > LONGEST {
        return None;
    }
    // A form that was not encoded carries `+` as a space.
    let bytes = STANDARD.decode(wire.trim().replace(' ', "+")).ok()?;
    let (id, secret): (String, String) = serde_json::from_slice(&bytes).ok()?;
    let (id, key) = match id.split_once('/') {
        Some((id, key)) => (id, Some(key.parse().ok()?)),
        None => (id.as_str(), None),
    };
    Some(Given { id: id.parse().ok()?, key, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(scopes: &[&str]) -> Token {
        Token { id: 1, scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(), ..Token::default() }
    }

    #[test]
    fn the_wire_form_is_what_the_sdks_carry() {
        let secret = STANDARD.encode([7; 30]);
        assert_eq!(secret.len(), 40);
        let wire = wire("465", &secret);
        assert!(wire.starts_with("WyI0NjUiLCJ"), "{wire}");
        let given = parse(&wire).unwrap();
        assert_eq!((given.id, given.key, given.secret), (465, None, secret));
        for nonsense in ["nonsense", "", &STANDARD.encode("[1,2]"), &STANDARD.encode(r#"["1/x","s"]"#)] {
            assert!(parse(nonsense).is_none(), "{nonsense}");
        }
        let of_a_key = parse(&STANDARD.encode(r#"["465/12","s"]"#)).unwrap();
        assert_eq!((of_a_key.id, of_a_key.key), (465, Some(12)));
    }

    #[test]
    fn a_plus_that_became_a_space_is_still_a_plus() {
        let wire = ["465", "466", "467", "468"]
            .iter()
            .map(|id| wire(id, &STANDARD.encode([251; 30])))
            .find(|wire| wire.contains('+'))
            .unwrap_or_else(|| wire("465", "~~~?>>>"));
        assert_eq!(parse(&wire.replace('+', " ")).map(|it| it.secret), parse(&wire).map(|it| it.secret));
    }

    #[test]
    fn a_token_may_no_more_than_its_scopes_name() {
        assert!(token(&["*"]).permissions().contains(&Permission::CustomersWrite));
        assert!(!token(&["*"]).permissions().contains(&Permission::StaffManage));
        assert_eq!(token(&["customers_read", "Activate"]).permissions(), [Permission::CustomersRead]);
        assert!(token(&["staff_manage"]).permissions().is_empty());
        assert!(token(&["activate"]).holds("Activate") && !token(&["activate"]).holds("Deactivate"));
        let locked = Token { lock: Lock { product: Some(ProductId(1)), key: None }, ..token(&["*"]) };
        assert!(locked.permissions().is_empty(), "locks mean nothing under /api/v1");
    }
}
