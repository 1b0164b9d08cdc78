//! Messages as staff see them.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        communications::{Communication, CommunicationRow, CommunicationState},
    },
    ids::{CommunicationId, CustomerId},
    time::Timestamp,
};
use latchkey_store::{Access, communications as store, customers, entity::communication};

use crate::{
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// One page of the list.
pub async fn list(app: &AppState, access: Access, query: &ListQuery) -> AppResult<List<CommunicationRow>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), access, &predicate, query).await?;
    Ok(List { items: rows(app, page.rows).await?, meta: page.meta })
}

/// Rows with the customers' names.
pub async fn rows(app: &AppState, rows: Vec<communication::Model>) -> AppResult<Vec<CommunicationRow>> {
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.customer_id).collect();
    let names = customers::names(app.store.read(), &ids).await?;
    let described = rows.into_iter().map(|row| {
        let customer_name = row.customer_id.and_then(|id| names.get(&id).cloned());
        describe(&row, customer_name)
    });
    Ok(described.collect())
}

/// One message with its body.
pub async fn show(app: &AppState, access: Access, id: CommunicationId) -> AppResult<Communication> {
    let row =
        store::find(app.store.read(), access, id).await?.ok_or_else(|| AppError::not_found("message"))?;
    let name = match row.customer_id {
        Some(id) => customers::names(app.store.read(), &[id]).await?.remove(&id),
        None => None,
    };
    Ok(Communication {
        row: describe(&row, name),
        text: row.text,
        html: row.html,
        attempts: row.attempts,
        error: row.error,
    })
}

fn describe(row: &communication::Model, customer_name: Option<String>) -> CommunicationRow {
    CommunicationRow {
        id: CommunicationId(row.id),
        customer: row.customer_id.map(CustomerId),
        customer_name,
        to: row.recipient.clone(),
        subject: row.subject.clone(),
        kind: row.kind.clone(),
        state: match row.state.as_str() {
            "sent" => CommunicationState::Sent,
            "kept" => CommunicationState::Kept,
            "failed" => CommunicationState::Failed,
            _ => CommunicationState::Queued,
        },
        created: Timestamp::from_millis(row.created_at),
        sent: row.sent_at.map(Timestamp::from_millis),
    }
}
