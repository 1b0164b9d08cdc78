//! Delivery over SMTP.

use latchkey_store::entity::communication;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    error::{AppError, AppResult},
    failpoint::{self, Point},
    state::AppState,
    vendor,
};

/// The name under which the mail server's address, with its password, is sealed.
pub const SMTP_SECRET: &str = "smtp/url";

/// The mail server in force: the flag's, else the one set on the screen.
pub async fn smtp_url(app: &AppState) -> AppResult<Option<String>> {
    match &app.config.smtp_url {
        Some(url) => Ok(Some(url.clone())),
        None => app.sealer.get(app.store.read(), SMTP_SECRET).await,
    }
}

/// Whether messages leave the house.
pub async fn is_configured(app: &AppState) -> AppResult<bool> {
    Ok(smtp_url(app).await?.is_some())
}

/// Whether addresses can be proved: by mail, or in the demo, whose mailbox is on the screen.
pub async fn can_prove_addresses(app: &AppState) -> AppResult<bool> {
    Ok(app.config.demo || is_configured(app).await?)
}

/// Delivers one message: `sent`, or `kept` where there is no mail server. An error means: try again.
pub async fn deliver(app: &AppState, id: i64) -> AppResult<()> {
    let Some(message) = communication::Entity::find_by_id(id).one(app.store.read()).await? else {
        return Ok(());
    };
    if message.state != "queued" {
        return Ok(());
    }
    let Some(url) = smtp_url(app).await? else {
        let transaction = app.store.begin().await?;
        set_state(&transaction, id, "kept", None).await?;
        transaction.commit().await?;
        return Ok(());
    };
    let from = sender(app).await?;
    let mail = compose(&from, &message)?;
    transport(&url)?
        .send(mail)
        .await
        .map_err(|error| AppError::internal(format!("the mail server refused: {error}")))?;
    failpoint::at(Point::MailTaken);
    let transaction = app.store.begin().await?;
    set_state(&transaction, id, "sent", Some(app.clock.now())).await?;
    transaction.commit().await?;
    Ok(())
}

/// Marks a message whose last try failed.
pub async fn give_up<C: ConnectionTrait>(connection: &C, id: i64, error: &str) -> AppResult<()> {
    set_state(connection, id, "failed", None).await?;
    communication::Entity::update_many()
        .col_expr(communication::Column::Error, Expr::value(error))
        .filter(communication::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

async fn set_state<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    state: &str,
    sent: Option<i64>,
) -> AppResult<()> {
    communication::Entity::update_many()
        .col_expr(communication::Column::State, Expr::value(state))
        .col_expr(communication::Column::SentAt, Expr::value(sent))
        .col_expr(communication::Column::Attempts, Expr::col(communication::Column::Attempts).into_add_one())
        .filter(communication::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Adds one to a column.
trait AddOne {
    fn into_add_one(self) -> sea_orm::sea_query::SimpleExpr;
}

impl AddOne for Expr {
    fn into_add_one(self) -> sea_orm::sea_query::SimpleExpr {
        sea_orm::ExprTrait::add(self, 1)
    }
}

/// The sender: the flag's, the vendor's setting, or an address made of the public host.
pub async fn sender(app: &AppState) -> AppResult<Mailbox> {
    let vendor = vendor::load(app.store.read()).await?;
    let address = match &app.config.mail_from {
        Some(from) => from.clone(),
        None if !vendor.mail_from.is_empty() => vendor.mail_from.clone(),
        None if !vendor.support_email.is_empty() => vendor.support_email.clone(),
        None => "portal@localhost".to_owned(),
    };
    let address =
        address.parse().map_err(|_| AppError::internal(format!("{address:?} is no sender address")))?;
    Ok(Mailbox::new(Some(vendor.name).filter(|name| !name.is_empty()), address))
}

fn compose(from: &Mailbox, message: &communication::Model) -> AppResult<Message> {
    let to: Mailbox = message
        .recipient
        .parse()
        .map_err(|_| AppError::internal(format!("communication {} has no valid recipient", message.id)))?;
    let builder = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&message.subject)
        .message_id(Some(message.message_id.clone()));
    let mail = match &message.html {
        Some(html) => {
            builder.multipart(MultiPart::alternative_plain_html(message.text.clone(), html.clone()))
        }
        None => builder.body(message.text.clone()),
    };
    mail.map_err(AppError::internal)
}

/// A transport for `smtp://…` (STARTTLS where a password is sent) or `smtps://…`.
pub fn transport(url: &str) -> AppResult<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map_err(|error| AppError::field("url", format!("This is no mail server's address: {error}.")))?;
    Ok(builder.timeout(Some(std::time::Duration::from_secs(20))).build())
}
