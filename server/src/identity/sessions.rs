//! Opaque sessions: a random token in a cookie, its hash in the database.

use latchkey_shared::{
    api::auth::{OwnSession, OwnSessions},
    ids::SessionId,
    time::Timestamp,
};
use latchkey_store::entity::session;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use crate::{
    clock::{DAY, MINUTE},
    error::{AppError, AppResult},
    http::address::Client,
    random,
    state::AppState,
};

/// Staff and portal sessions never stand in for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Staff,
    Portal,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Portal => "portal",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Staff, Self::Portal].into_iter().find(|kind| kind.as_str() == word)
    }

    /// How long a session lives after it was last used.
    const fn lifetime(self) -> i64 {
        match self {
            Self::Staff => 14 * DAY,
            Self::Portal => 60 * DAY,
        }
    }
}

/// "Last seen" and the end of the session move on at most this often.
const TOUCH_EVERY: i64 = 5 * MINUTE;

/// Begins a session and answers the token for the cookie.
pub async fn begin<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    kind: Kind,
    subject: i64,
    customer: Option<i64>,
    client: &Client,
) -> AppResult<String> {
    let token = random::token();
    let row = session::ActiveModel {
        id: NotSet,
        token_hash: Set(random::hash(&token)),
        kind: Set(kind.as_str().to_owned()),
        subject_id: Set(subject),
        customer_id: Set(customer),
        ip: Set(client.ip.clone()),
        user_agent: Set(client.user_agent.clone()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + kind.lifetime()),
    };
    session::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(token)
}

/// The live session of that token; moves "last seen" on.
pub async fn find(app: &AppState, kind: Kind, token: &str) -> AppResult<Option<session::Model>> {
    let now = app.clock.now();
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(random::hash(token)))
        .filter(session::Column::Kind.eq(kind.as_str()))
        .filter(session::Column::ExpiresAt.gt(now))
        .one(app.store.read())
        .await?;
    if let Some(session) = &found
        && now - session.last_seen_at > TOUCH_EVERY
    {
        let transaction = app.store.begin().await?;
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(now + kind.lifetime()))
            .filter(session::Column::Id.eq(session.id))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
    }
    Ok(found)
}

/// Chooses the customer that a portal session acts for.
pub async fn choose_customer<C: ConnectionTrait>(
    connection: &C,
    session: i64,
    customer: i64,
) -> AppResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::CustomerId, Expr::value(customer))
        .filter(session::Column::Id.eq(session))
        .exec(connection)
        .await?;
    Ok(())
}

/// Where somebody is signed in, the latest first.
pub async fn list(app: &AppState, kind: Kind, subject: i64, current: i64) -> AppResult<OwnSessions> {
    let rows = session::Entity::find()
        .filter(session::Column::Kind.eq(kind.as_str()))
        .filter(session::Column::SubjectId.eq(subject))
        .filter(session::Column::ExpiresAt.gt(app.clock.now()))
        .order_by_desc(session::Column::LastSeenAt)
        .all(app.store.read())
        .await?;
    let sessions = rows
        .into_iter()
        .map(|row| OwnSession {
            id: SessionId(row.id),
            current: row.id == current,
            created: Timestamp::from_millis(row.created_at),
            last_seen: Timestamp::from_millis(row.last_seen_at),
            ip: row.ip,
            device: device_in_words(&row.user_agent),
        })
        .collect();
    Ok(OwnSessions { sessions })
}

/// Ends one session of that person; 404 where it is not theirs.
pub async fn end(app: &AppState, kind: Kind, subject: i64, session: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let ended = session::Entity::delete_many()
        .filter(session::Column::Id.eq(session))
        .filter(session::Column::Kind.eq(kind.as_str()))
        .filter(session::Column::SubjectId.eq(subject))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    if ended.rows_affected == 0 { Err(AppError::not_found("session")) } else { Ok(()) }
}

/// Ends all sessions of that person but one (after a password change, or by button).
pub async fn end_others<C: ConnectionTrait>(
    connection: &C,
    kind: Kind,
    subject: i64,
    keep: Option<i64>,
) -> AppResult<()> {
    let mut delete = session::Entity::delete_many()
        .filter(session::Column::Kind.eq(kind.as_str()))
        .filter(session::Column::SubjectId.eq(subject));
    if let Some(keep) = keep {
        delete = delete.filter(session::Column::Id.ne(keep));
    }
    delete.exec(connection).await?;
    Ok(())
}

/// Removes what has expired.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(connection).await?;
    Ok(())
}

/// "Firefox on Linux": enough to recognise one's own device.
fn device_in_words(user_agent: &str) -> String {
    let first = |known: &[(&'static str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device_in_words;

    #[test]
    fn devices_have_names() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        assert_eq!(device_in_words(agent), "Chrome on Linux");
        assert_eq!(device_in_words("curl/8"), "Unknown device");
    }
}
