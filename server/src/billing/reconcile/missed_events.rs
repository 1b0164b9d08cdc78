//! Events that Stripe could not deliver: after a pause, or while the endpoint was wrong.

use latchkey_stripe::{Event, ListQuery};

use crate::{
    billing::{endpoints, inbox},
    clock::DAY,
    error::AppResult,
    state::AppState,
};

/// Stripe keeps events for thirty days.
const SPAN: i64 = 30 * DAY;
/// Stripe takes at most so many types per call.
const TYPES: usize = 20;

/// Puts undelivered events into the inbox. Answers how many were new.
pub async fn sweep(app: &AppState) -> AppResult<usize> {
    let mut found = 0;
    for connected in super::connected(app).await? {
        // What was received before Latchkey knew the account is of no interest; sweeps compare the state itself.
        let since = Ord::max(app.clock.now() - SPAN, connected.account.created_at) / 1_000;
        for types in endpoints::EVENTS.chunks(TYPES) {
            let query = ListQuery::new().filter("delivery_success", false).created_from(since).limit(100);
            let query = types.iter().fold(query, |query, name| query.event_type(name));
            let mut pages = connected.client.pages::<Event>(query);
            while let Some(page) = pages.next().await? {
                for event in page {
                    let payload = serde_json::to_vec(&event.raw).unwrap_or_default();
                    let account = &connected.account;
                    found += usize::from(inbox::keep(app, account.id, account.live, &event, &payload).await?);
                }
            }
        }
    }
    Ok(found)
}
