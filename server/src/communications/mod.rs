//! Messages to people: written into the outbox with the change that needs them, delivered by a job.

pub mod letters;
pub mod mailer;
pub mod notices;
mod originals;
pub mod reminder_rules;
pub mod reminders;
pub mod templates;
pub mod values;
pub mod view;

use latchkey_shared::{
    api::communications::{Communication, SendMessage},
    ids::{CommunicationId, CustomerId},
    message_template::{Placeholder, TemplateKind},
};
use latchkey_store::{
    Access, customers,
    entity::{communication, customer},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    jobs::{self, NewJob},
    random,
    state::AppState,
};

use letters::Letter;
use values::Values;

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
    let message = write(app, connection, customer, to, letter).await?;
    enqueue(connection, app.clock.now(), message.id).await?;
    Ok(message.id)
}

/// A customer, and where they are written to: the own address, or that of whoever signs in for them. Nothing where
/// nobody has one.
pub async fn addressee<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
) -> AppResult<Option<(customer::Model, String)>> {
    let Some(row) = customers::find(connection, Access::All, customer).await? else { return Ok(None) };
    if !row.email.is_empty() {
        let address = row.email.clone();
        return Ok(Some((row, address)));
    }
    let user = customers::users(connection, customer.0).await?.into_iter().next();
    Ok(user.map(|(user, _)| (row, user.email)))
}

/// The same for a message to a customer that is not to go out before `at`.
pub async fn send_at<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    (customer, to): (CustomerId, &str),
    letter: Letter,
    at: i64,
) -> AppResult<()> {
    let message = write(app, connection, Some(customer), to, letter).await?;
    jobs::enqueue_for(connection, app.clock.now(), at, job(message.id)).await
}

/// The message with the digits that prove an address; where the address is taken, one that says so instead.
pub async fn proof<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    taken: bool,
    digits: &str,
) -> AppResult<Letter> {
    if taken {
        let values = Values::default().with(Placeholder::Link, app.config.url("/Portal/SignIn"));
        return templates::letter(connection, TemplateKind::AlreadyRegistered, values).await;
    }
    let values = Values::default().with(Placeholder::Code, digits);
    templates::letter(connection, TemplateKind::EmailProof, values).await
}

/// Writes a message down; who calls this delivers it.
pub async fn write<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    customer: Option<CustomerId>,
    to: &str,
    letter: Letter,
) -> AppResult<communication::Model> {
    let message_id = format!("<{}@{}>", hex::encode(random::bytes::<16>()), app.config.host());
    let row = communication::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.map(|id| id.0)),
        kind: Set(letter.kind.to_owned()),
        recipient: Set(to.to_owned()),
        subject: Set(letter.subject),
        text: Set(letter.text),
        html: Set(letter.html),
        message_id: Set(message_id),
        state: Set("queued".to_owned()),
        attempts: Set(0),
        error: Set(None),
        created_at: Set(app.clock.now()),
        sent_at: Set(None),
    };
    Ok(communication::Entity::insert(row).exec_with_returning(connection).await?)
}

async fn enqueue<C: ConnectionTrait>(connection: &C, now: i64, message: i64) -> AppResult<()> {
    jobs::enqueue(connection, now, job(message)).await
}

fn job(message: i64) -> NewJob {
    NewJob {
        kind: MAIL_JOB,
        dedup_key: Some(format!("mail:{message}")),
        payload: json!({"communication": message}),
    }
}

/// A message that staff write to a customer.
pub async fn by_staff(
    app: &AppState,
    origin: &Origin,
    row: &customer::Model,
    form: SendMessage,
) -> AppResult<Communication> {
    if row.email.is_empty() {
        return Err(AppError::conflict("no_address", "This customer has no e-mail address. Add one first."));
    }
    let transaction = app.store.begin().await?;
    let letter = letters::by_staff(form.subject.trim(), &form.text);
    let id = send(app, &transaction, Some(CustomerId(row.id)), &row.email, letter).await?;
    let entry = Entry {
        action: "message_sent",
        subject_kind: "customer",
        subject_id: row.id,
        customer_id: Some(row.id),
        text: format!("A message was sent: {}", form.subject.trim()),
        ..Entry::default()
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    view::show(app, Access::All, CommunicationId(id)).await
}

/// Puts a message back into the outbox, under the same Message-ID.
pub async fn resend(app: &AppState, origin: &Origin, id: CommunicationId) -> AppResult<Communication> {
    let now = app.clock.now();
    let message = view::show(app, Access::All, id).await?;
    let transaction = app.store.begin().await?;
    communication::Entity::update_many()
        .col_expr(communication::Column::State, Expr::value("queued"))
        .col_expr(communication::Column::Error, Expr::value(Option::<String>::None))
        .filter(communication::Column::Id.eq(id.0))
        .exec(&transaction)
        .await?;
    enqueue(&transaction, now, id.0).await?;
    let entry = Entry {
        action: "message_sent_again",
        subject_kind: "communication",
        subject_id: id.0,
        customer_id: message.row.customer.map(|customer| customer.0),
        text: format!("A message was sent again: {}", message.row.subject),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    view::show(app, Access::All, id).await
}
