//! One-time codes: what is mailed to somebody to prove that they can read it.

use latchkey_shared::{api::auth::ProofStarted, time::Timestamp};
use latchkey_store::entity::code;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde_json::Value;

use crate::{
    clock::{DAY, HOUR, MINUTE},
    error::{AppError, AppResult},
    random,
};

/// What a code is for; a code of one kind never works as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    OwnerSetup,
    StaffInvitation,
    StaffReset,
    PortalReset,
    /// Six digits.
    SignUp,
    /// Six digits.
    EmailChange,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::OwnerSetup => "owner_setup",
            Self::StaffInvitation => "staff_invitation",
            Self::StaffReset => "staff_reset",
            Self::PortalReset => "portal_reset",
            Self::SignUp => "sign_up",
            Self::EmailChange => "email_change",
        }
    }

    const fn lifetime(self) -> i64 {
        match self {
            Self::OwnerSetup | Self::StaffInvitation => 7 * DAY,
            Self::StaffReset | Self::PortalReset => HOUR,
            Self::SignUp | Self::EmailChange => 20 * MINUTE,
        }
    }
}

/// Wrong digits before a proof is void.
const MAX_WRONG_DIGITS: i64 = 5;

/// Makes a code for a link and answers it; earlier ones of the same purpose and subject stop working.
pub async fn issue_link<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    subject: Option<i64>,
    payload: Value,
) -> AppResult<String> {
    withdraw(connection, purpose, subject).await?;
    let code = random::token();
    insert(connection, now, purpose, random::hash(&code), None, subject, payload).await?;
    Ok(code)
}

/// Looks at a link's code without using it.
pub async fn look<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    code: &str,
) -> AppResult<Option<code::Model>> {
    Ok(code::Entity::find()
        .filter(code::Column::CodeHash.eq(random::hash(code)))
        .filter(code::Column::Kind.eq(purpose.as_str()))
        .filter(code::Column::UsedAt.is_null())
        .filter(code::Column::ExpiresAt.gt(now))
        .one(connection)
        .await?)
}

/// Uses a link's code: of two at the same time one wins.
pub async fn redeem<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    code: &str,
) -> AppResult<Option<code::Model>> {
    let Some(found) = look(connection, now, purpose, code).await? else { return Ok(None) };
    Ok(mark_used(connection, now, found.id).await?.then_some(found))
}

/// Begins a proof by six digits: answers the handle for the browser and the digits for the message.
pub async fn begin_proof<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    subject: Option<i64>,
    email: &str,
    payload: Value,
) -> AppResult<(ProofStarted, String)> {
    let handle = random::token();
    let digits = random::six_digits();
    let code_hash = random::hash(&format!("{handle}{digits}"));
    insert(connection, now, purpose, code_hash, Some(random::hash(&handle)), subject, payload).await?;
    let expires = Timestamp::from_millis(now + purpose.lifetime());
    Ok((ProofStarted { id: handle, email: email.to_owned(), expires }, digits))
}

/// Checks six digits. A wrong try is counted; after five the proof is void. Commit even where this fails.
pub async fn finish_proof<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    handle: &str,
    digits: &str,
) -> AppResult<Result<code::Model, AppError>> {
    let wrong = || {
        AppError::field(
            "code",
            "These digits are wrong or too old. Check the newest message, or ask for new ones.",
        )
    };
    let found = code::Entity::find()
        .filter(code::Column::HandleHash.eq(random::hash(handle)))
        .filter(code::Column::Kind.eq(purpose.as_str()))
        .filter(code::Column::UsedAt.is_null())
        .filter(code::Column::ExpiresAt.gt(now))
        .filter(code::Column::Attempts.lt(MAX_WRONG_DIGITS))
        .one(connection)
        .await?;
    let Some(found) = found else { return Ok(Err(wrong())) };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    if found.code_hash != random::hash(&format!("{handle}{digits}")) {
        code::Entity::update_many()
            .col_expr(code::Column::Attempts, Expr::value(found.attempts + 1))
            .filter(code::Column::Id.eq(found.id))
            .exec(connection)
            .await?;
        return Ok(Err(wrong()));
    }
    if mark_used(connection, now, found.id).await? { Ok(Ok(found)) } else { Ok(Err(wrong())) }
}

/// Makes earlier codes of that purpose and subject useless.
pub async fn withdraw<C: ConnectionTrait>(
    connection: &C,
    purpose: Purpose,
    subject: Option<i64>,
) -> AppResult<()> {
    let delete = code::Entity::delete_many()
        .filter(code::Column::Kind.eq(purpose.as_str()))
        .filter(code::Column::UsedAt.is_null());
    let delete = match subject {
        Some(id) => delete.filter(code::Column::SubjectId.eq(id)),
        None => delete.filter(code::Column::SubjectId.is_null()),
    };
    delete.exec(connection).await?;
    Ok(())
}

/// Removes what has expired.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    code::Entity::delete_many().filter(code::Column::ExpiresAt.lte(now - DAY)).exec(connection).await?;
    Ok(())
}

async fn mark_used<C: ConnectionTrait>(connection: &C, now: i64, id: i64) -> AppResult<bool> {
    let used = code::Entity::update_many()
        .col_expr(code::Column::UsedAt, Expr::value(now))
        .filter(code::Column::Id.eq(id))
        .filter(code::Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(used.rows_affected == 1)
}

async fn insert<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    purpose: Purpose,
    code_hash: Vec<u8>,
    handle_hash: Option<Vec<u8>>,
    subject: Option<i64>,
    payload: Value,
) -> AppResult<()> {
    let row = code::ActiveModel {
        id: NotSet,
        kind: Set(purpose.as_str().to_owned()),
        code_hash: Set(code_hash),
        handle_hash: Set(handle_hash),
        subject_id: Set(subject),
        payload: Set(payload),
        attempts: Set(0),
        created_at: Set(now),
        expires_at: Set(now + purpose.lifetime()),
        used_at: Set(None),
    };
    code::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// The address that a user is about to change to, until the digits expire.
pub async fn pending_email<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    user: i64,
) -> AppResult<Option<String>> {
    let found = code::Entity::find()
        .filter(code::Column::Kind.eq(Purpose::EmailChange.as_str()))
        .filter(code::Column::SubjectId.eq(user))
        .filter(code::Column::UsedAt.is_null())
        .filter(code::Column::ExpiresAt.gt(now))
        .order_by_desc(code::Column::Id)
        .one(connection)
        .await?;
    Ok(found.and_then(|row| row.payload["email"].as_str().map(str::to_owned)))
}
