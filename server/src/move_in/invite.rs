//! Customers who were moved in have no passwords here: each gets a message with the personal link, by which they
//! choose one.
//!
//! Messages go out evenly, so that a mail server does not take thousands at once for an attack. Whoever was sent a
//! link is not sent another, however often this runs.

use latchkey_shared::{
    api::move_in::{Invitations, Invite, Invited},
    ids::CustomerId,
    message_template::{Placeholder, TemplateKind},
    validation::is_email,
};
use latchkey_store::{
    customers as customer_store,
    entity::{customer, vendor as vendor_row},
    invitations as store,
};
use sea_orm::ConnectionTrait;

use crate::{
    audit::{self, Entry, Origin},
    clock::SECOND,
    communications::{self, mailer, templates, values::Values},
    error::{AppError, AppResult},
    links::association,
    state::AppState,
    vendor,
};

/// The time between two messages.
const EVERY: i64 = SECOND / 2;
/// Who is invited in one call, and in one transaction.
const AT_ONCE: usize = 300;
const IN_ONE: usize = 100;

/// Who is waiting, and who is not.
pub async fn show(app: &AppState) -> AppResult<Invitations> {
    let connection = app.store.read();
    let all = store::waiting(connection).await?;
    let waiting = all.iter().filter(|(_, email)| is_email(email)).count();
    Ok(Invitations {
        waiting: count(waiting),
        without_address: count(all.len() - waiting),
        invited: store::invited(connection).await?,
        can_send: mailer::can_prove_addresses(app).await?,
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Invites some of those who are waiting, the oldest first; 409 where they are not as many as `form` says.
pub async fn send(app: &AppState, origin: &Origin, form: &Invite) -> AppResult<Invited> {
    if !mailer::can_prove_addresses(app).await? {
        return Err(AppError::conflict("no_mail_server", "Set up a mail server first, under Settings."));
    }
    let waiting = store::waiting(app.store.read()).await?;
    let waiting: Vec<i64> =
        waiting.into_iter().filter(|(_, email)| is_email(email)).map(|(id, _)| id).collect();
    if count(waiting.len()) != form.count {
        let words = format!("{} customers are waiting now. Look again and confirm.", waiting.len());
        return Err(AppError::conflict("changed_meanwhile", words));
    }
    let now_due = &waiting[..Ord::min(AT_ONCE, waiting.len())];
    let vendor = vendor::load(app.store.read()).await?;
    let mut sent = 0;
    for ids in now_due.chunks(IN_ONE) {
        let transaction = app.store.begin().await?;
        let last = store::last_sent(&transaction).await?;
        let mut at = Ord::max(app.clock.now(), last.map_or(0, |last| last + EVERY));
        for row in store::hold(&transaction, ids).await? {
            // Somebody else may have been quicker.
            if row.association_sent_at.is_none() && !row.association_revoked {
                invite(app, &transaction, origin, &vendor, row, at).await?;
                at += EVERY;
                sent += 1;
            }
        }
        transaction.commit().await?;
        app.jobs_bell.notify_waiters();
    }
    Ok(Invited { sent, left: count(waiting.len() - now_due.len()) })
}

/// Makes the link and puts the message into the outbox, due at `at`.
async fn invite<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    origin: &Origin,
    vendor: &vendor_row::Model,
    mut row: customer::Model,
    at: i64,
) -> AppResult<()> {
    let now = app.clock.now();
    row.association_enabled = true;
    row.association_created_at.get_or_insert(now);
    row.association_sent_at = Some(at);
    let id = CustomerId(row.id);
    let row = customer_store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    customer_store::refresh_headline(connection, id.0).await?;
    let values = Values::default()
        .with(Placeholder::Customer, &row.name)
        .with(Placeholder::Link, association::address(app, vendor, &row));
    let letter = templates::letter(connection, TemplateKind::MovedIn, values).await?;
    communications::send_at(app, connection, (id, &row.email), letter, at).await?;
    let entry = Entry {
        action: "association_sent",
        subject_kind: "customer",
        subject_id: id.0,
        customer_id: Some(id.0),
        text: "A message with the association link was written after moving in.".to_owned(),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
