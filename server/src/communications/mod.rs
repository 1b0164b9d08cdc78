//! Messages to people: written into the outbox with the change that needs them, delivered by a job.

pub mod letters;
pub mod mailer;

use latchkey_shared::ids::CustomerId;
use latchkey_store::entity::communication;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait,
};
use serde_json::json;

use crate::{
    error::AppResult,
    jobs::{self, NewJob},
    random,
    state::AppState,
};

use letters::Letter;

/// The job that delivers one message.
pub const MAIL_JOB: &str = "mail";

/// Puts a message into the outbox of the caller's transaction and answers its id. Ring
/// [`crate::state::App::jobs_bell`] after the commit.
pub async fn send<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    customer: Option<CustomerId>,
    to: &str,
    letter: Letter,
) -> AppResult<i64> {
    let now = app.clock.now();
    let host = app
        .config
        .public_url
        .rsplit('/')
        .next()
        .unwrap_or("latchkey")
        .split(':')
        .next()
        .unwrap_or("latchkey");
    let row = communication::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.map(|id| id.0)),
        kind: Set(letter.kind.to_owned()),
        recipient: Set(to.to_owned()),
        subject: Set(letter.subject),
        text: Set(letter.text),
        html: Set(letter.html),
        message_id: Set(format!("<{}@{host}>", hex::encode(random::bytes::<16>()))),
        state: Set("queued".to_owned()),
        attempts: Set(0),
        error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
    };
    let message = communication::Entity::insert(row).exec_with_returning(connection).await?;
    let job = NewJob {
        kind: MAIL_JOB,
        dedup_key: Some(format!("mail:{}", message.id)),
        payload: json!({"communication": message.id}),
    };
    jobs::enqueue(connection, now, job).await?;
    Ok(message.id)
}
