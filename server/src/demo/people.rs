//! The made-up people who sign in. Everybody may know their passwords: the demo listens on loopback only.

use latchkey_shared::permission::Role;

use crate::{
    audit::Origin,
    error::AppResult,
    identity::{
        staff::{self, NewMember},
        tokens,
    },
    state::AppState,
};

const STAFF_PASSWORD: &str = "northern lights at noon";
pub const CUSTOMER_PASSWORD: &str = "four strings and a bow";

/// The name under which the demo's access token is sealed.
const TOKEN_SECRET: &str = "demo/token";

pub struct Member {
    pub email: &'static str,
    name: &'static str,
    pub role: Role,
    pub password: &'static str,
}

/// A customer's sign-in.
pub struct Person {
    pub email: &'static str,
    pub password: &'static str,
}

/// Everybody who can sign in.
pub struct SignIns {
    pub staff: Vec<Member>,
    pub customers: Vec<Person>,
}

pub fn sign_ins() -> SignIns {
    let member = |email, name, role| Member { email, name, role, password: STAFF_PASSWORD };
    let staff = vec![
        member("olivia@northwind.example", "Olivia Brandt", Role::Owner),
        member("anton@northwind.example", "Anton Weiss", Role::Admin),
        member("sofia@northwind.example", "Sofia Lund", Role::Support),
        member("viktor@northwind.example", "Viktor Novak", Role::Viewer),
    ];
    let customers =
        super::customers::who_signs_in().map(|email| Person { email, password: CUSTOMER_PASSWORD }).collect();
    SignIns { staff, customers }
}

pub async fn make_staff(app: &AppState, origin: &Origin) -> AppResult<()> {
    // One hash for all: hashing is slow on purpose, and these passwords are no secret.
    let hash = app.passwords.hash(STAFF_PASSWORD).await?;
    let transaction = app.store.begin().await?;
    for member in sign_ins().staff {
        let Member { email, name, role, .. } = member;
        let new = NewMember { email, name, role, password_hash: Some(hash.clone()) };
        staff::add(&transaction, app.clock.now(), origin, new).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The demo's access token with every scope, made at its first start.
pub async fn token(app: &AppState) -> AppResult<String> {
    let transaction = app.store.begin().await?;
    if let Some(token) = app.sealer.get(&transaction, TOKEN_SECRET).await? {
        return Ok(token);
    }
    let now = app.clock.now();
    let token = tokens::create(&transaction, now, "Demo", &[tokens::EVERY_SCOPE]).await?;
    app.sealer.put(&transaction, TOKEN_SECRET, &token, now).await?;
    transaction.commit().await?;
    Ok(token)
}
