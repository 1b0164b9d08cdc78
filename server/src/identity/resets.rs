//! Setting a forgotten password by e-mail; the same for staff and portal users.

use latchkey_shared::{
    api::auth::ResetConfirm,
    message_template::{Placeholder, TemplateKind},
};
use latchkey_store::entity::job;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    communications::{self, templates, values::Values},
    error::{AppError, AppResult},
    identity::{
        codes::{self, Purpose},
        passwords,
        sessions::{self, Kind},
        staff, users,
    },
    jobs::{self, NewJob},
    state::AppState,
    vendor,
};

/// The job that writes the message.
pub const JOB: &str = "password_reset";

/// Asks for a message to `email`. Whether anybody has that address is looked up by the job: what happens here,
/// and the time it takes, are the same for all.
pub async fn request(app: &AppState, kind: Kind, email: &str) -> AppResult<()> {
    let job = NewJob {
        kind: JOB,
        dedup_key: Some(format!("{JOB}:{}:{email}", kind.as_str())),
        payload: json!({"kind": kind.as_str(), "email": email}),
    };
    let transaction = app.store.begin().await?;
    jobs::enqueue(&transaction, app.clock.now(), job).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Writes the message, if anybody has the address.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let kind = job.payload["kind"].as_str().and_then(Kind::parse);
    let (Some(kind), Some(email)) = (kind, job.payload["email"].as_str()) else {
        return Err(AppError::internal("a reset job names nobody"));
    };
    let transaction = app.store.begin().await?;
    let Some(id) = subject(&transaction, kind, email).await? else { return Ok(()) };
    let now = app.clock.now();
    let code = codes::issue_link(&transaction, now, purpose(kind), Some(id), json!({})).await?;
    let page = match kind {
        Kind::Staff => "Staff",
        Kind::Portal => "Portal",
    };
    let url = app.config.url(&format!("/{page}/Reset#{code}"));
    let values = Values::default().with(Placeholder::Link, url);
    let letter = match kind {
        // The vendor's words are meant for customers.
        Kind::Staff => templates::original(&transaction, TemplateKind::PasswordReset, values).await?,
        Kind::Portal => templates::letter(&transaction, TemplateKind::PasswordReset, values).await?,
    };
    communications::send(app, &transaction, None, email, letter).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Sets a new password with the code of a message; all sessions end.
pub async fn confirm(app: &AppState, kind: Kind, form: &ResetConfirm, ip: String) -> AppResult<()> {
    let now = app.clock.now();
    let found = codes::look(app.store.read(), now, purpose(kind), &form.code).await?;
    let id = found.and_then(|code| code.subject_id).ok_or_else(AppError::link_unusable)?;
    let email = address(app, kind, id).await?.ok_or_else(AppError::link_unusable)?;
    passwords::check(&form.password, &email, &vendor::load(app.store.read()).await?.name)?;
    let hash = app.passwords.hash(&form.password).await?;
    let transaction = app.store.begin().await?;
    if codes::redeem(&transaction, now, purpose(kind), &form.code).await?.is_none() {
        return Err(AppError::link_unusable());
    }
    let subject_kind = match kind {
        Kind::Staff => {
            staff::set_password(&transaction, id, hash).await?;
            "staff"
        }
        Kind::Portal => {
            users::set_password(&transaction, id, hash).await?;
            "user"
        }
    };
    sessions::end_others(&transaction, kind, id, None).await?;
    let origin = Origin { source: kind.as_str(), id: Some(id), name: None, ip };
    let entry = Entry {
        action: "password_reset",
        subject_kind,
        subject_id: id,
        text: "The password was set anew by e-mail.".to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, &origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

const fn purpose(kind: Kind) -> Purpose {
    match kind {
        Kind::Staff => Purpose::StaffReset,
        Kind::Portal => Purpose::PortalReset,
    }
}

/// Who has that address and may sign in.
async fn subject<C: ConnectionTrait>(connection: &C, kind: Kind, email: &str) -> AppResult<Option<i64>> {
    Ok(match kind {
        Kind::Staff => {
            let member = staff::by_email(connection, email).await?.filter(|member| !member.disabled);
            member.map(|member| member.id)
        }
        Kind::Portal => users::by_email(connection, email).await?.map(|user| user.id),
    })
}

async fn address(app: &AppState, kind: Kind, id: i64) -> AppResult<Option<String>> {
    Ok(match kind {
        Kind::Staff => staff::find(app.store.read(), id).await?.map(|member| member.email),
        Kind::Portal => users::find(app, id).await?.map(|user| user.email),
    })
}
