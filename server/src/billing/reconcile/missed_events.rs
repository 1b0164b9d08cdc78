//! Events that Stripe could not deliver: after a pause, or while the endpoint was wrong.

use latchkey_stripe::{Event, ListQuery};

use super::{counted, per_account::PerAccount, run::Run};
use crate::{
    billing::{accounts::Connected, endpoints, inbox},
    clock::DAY,
    error::AppResult,
};

/// Stripe keeps events for thirty days.
const SPAN: i64 = 30 * DAY;
/// Stripe takes at most so many types per call.
const TYPES: usize = 20;

/// Puts undelivered events into the inbox.
pub async fn sweep(run: &mut Run) -> AppResult<String> {
    let (mut per_account, all) = PerAccount::begin(&run.app).await?;
    for connected in all {
        let before = run.found();
        let fetched = of_account(run, &connected).await;
        let found = usize::try_from(run.found() - before).unwrap_or_default();
        per_account.note(&connected, fetched.map(|()| words(found)))?;
    }
    Ok(per_account.words())
}

async fn of_account(run: &mut Run, connected: &Connected) -> AppResult<()> {
    let (app, account) = (run.app.clone(), &connected.account);
    // What happened before Latchkey knew the account is of no interest; sweeps compare the state itself.
    let since = Ord::max(app.clock.now() - SPAN, account.created_at) / 1_000;
    for types in endpoints::EVENTS.chunks(TYPES) {
        let query = ListQuery::new().filter("delivery_success", false).created_from(since).limit(100);
        let query = types.iter().fold(query, |query, name| query.event_type(name));
        let mut pages = connected.client.pages::<Event>(query);
        loop {
            run.breathe().await;
            let Some(page) = pages.next().await? else { break };
            let mut new = 0;
            for event in &page {
                let payload = serde_json::to_vec(&event.raw).unwrap_or_default();
                new += usize::from(inbox::keep(&app, account.id, account.live, event, &payload).await?);
            }
            run.page(page.len(), new, None).await?;
        }
    }
    Ok(())
}

fn words(found: usize) -> String {
    match found {
        0 => "No event was missed.".to_owned(),
        found => format!("Fetched {} that could not be delivered.", counted(found, "event", "events")),
    }
}
