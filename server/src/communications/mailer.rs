//! Delivery over SMTP.

use std::{net::IpAddr, time::Duration};

use latchkey_shared::validation::is_domain;
use latchkey_store::entity::communication;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use reqwest::Url;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, sea_query::Expr};

use crate::{
    error::{AppError, AppResult},
    failpoint::{self, Point},
    state::AppState,
    vendor,
};

/// The name under which the mail server's address, with its password, is sealed.
pub const SMTP_SECRET: &str = "smtp/url";

/// No delivery takes longer: another worker may take the message up once the job's lease is over.
const LONGEST_DELIVERY: Duration = Duration::from_secs(90);

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
        set_state(&transaction, id, "kept", None, None).await?;
        transaction.commit().await?;
        return Ok(());
    };
    let from = sender(app).await?;
    let mail = compose(&from, &message)?;
    match tokio::time::timeout(LONGEST_DELIVERY, transport(&url)?.send(mail)).await {
        Ok(Ok(_)) => failpoint::at(Point::MailTaken),
        Ok(Err(error)) => {
            return Err(AppError::internal(format!("the mail server did not take it: {error}")));
        }
        Err(_) => return Err(AppError::internal("the mail server did not answer in time")),
    }
    let transaction = app.store.begin().await?;
    set_state(&transaction, id, "sent", Some(app.clock.now()), None).await?;
    transaction.commit().await?;
    Ok(())
}

/// Notes a try that failed, so that staff see why the message still waits; after the `last` one it is given up.
pub async fn note_failure<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    error: &str,
    last: bool,
) -> AppResult<()> {
    set_state(connection, id, if last { "failed" } else { "queued" }, None, Some(error)).await
}

/// Ends a try.
async fn set_state<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    state: &str,
    sent: Option<i64>,
    error: Option<&str>,
) -> AppResult<()> {
    communication::Entity::update_many()
        .col_expr(communication::Column::State, Expr::value(state))
        .col_expr(communication::Column::SentAt, Expr::value(sent))
        .col_expr(communication::Column::Attempts, Expr::col(communication::Column::Attempts).add(1))
        .col_expr(communication::Column::Error, Expr::value(error))
        .filter(communication::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// The sender: the flag's, the vendor's setting, or an address made of the public host.
pub async fn sender(app: &AppState) -> AppResult<Mailbox> {
    let vendor = vendor::load(app.store.read()).await?;
    let address = match &app.config.mail_from {
        Some(from) => from.clone(),
        None if !vendor.mail_from.is_empty() => vendor.mail_from.clone(),
        None if !vendor.support_email.is_empty() => vendor.support_email.clone(),
        None => format!(
            "portal@{}",
            Some(app.config.host()).filter(|host| is_domain(host)).unwrap_or("localhost")
        ),
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

/// A transport for `smtp://…` or `smtps://…`.
pub fn transport(url: &str) -> AppResult<AsyncSmtpTransport<Tokio1Executor>> {
    let broken =
        |error: String| AppError::field("url", format!("This is no mail server's address: {error}."));
    let url = encrypted(Url::parse(url).map_err(|error| broken(error.to_string()))?);
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
        .map_err(|error| broken(error.to_string()))?;
    Ok(builder.timeout(Some(Duration::from_secs(20))).build())
}

/// Says how `smtp://…` is encrypted where the address does not: with STARTTLS where the server offers it, and
/// never without where a password would be read on its way through a network.
fn encrypted(mut url: Url) -> Url {
    if url.scheme() != "smtp" || url.query_pairs().any(|(name, _)| name == "tls") {
        return url;
    }
    let on_this_machine = url.host_str().is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    });
    let signs_in = url.password().is_some();
    if url.port().is_none() && !signs_in {
        // Relays listen here; 587 is for those who sign in. An address with a host can carry a port.
        let _ = url.set_port(Some(25));
    }
    let tls = if signs_in && !on_this_machine { "required" } else { "opportunistic" };
    url.query_pairs_mut().append_pair("tls", tls);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_sent_encrypted_only() {
        let made = |url: &str| encrypted(Url::parse(url).unwrap()).to_string();
        assert_eq!(made("smtp://a:b@mail.test"), "smtp://a:b@mail.test?tls=required");
        assert_eq!(made("smtp://a:b@mail.test:2525"), "smtp://a:b@mail.test:2525?tls=required");
        assert_eq!(made("smtp://mail.test"), "smtp://mail.test:25?tls=opportunistic");
        assert_eq!(made("smtp://a:b@127.0.0.1:25"), "smtp://a:b@127.0.0.1:25?tls=opportunistic");
        assert_eq!(made("smtp://a:b@[::1]:25"), "smtp://a:b@[::1]:25?tls=opportunistic");
        assert_eq!(made("smtp://a:b@mail.test?tls=opportunistic"), "smtp://a:b@mail.test?tls=opportunistic");
        assert_eq!(made("smtps://a:b@mail.test"), "smtps://a:b@mail.test");
    }

    #[test]
    fn what_is_no_mail_server_is_refused_beside_its_field() {
        for url in ["mail.test", "http://mail.test", "smtp://mail.test?tls=no"] {
            assert_eq!(transport(url).unwrap_err().code(), "invalid", "{url}");
        }
        transport("smtp://a:b@mail.test:587").unwrap();
    }
}
