//! Which subscriptions are meant.

use latchkey_shared::{
    api::{
        changes::{ExtendMany, ExtendedMany},
        common::{List, ListQuery},
    },
    ids::{CustomerId, SubscriptionId},
    permission::Permission,
};
use leptos::prelude::*;

use super::dialog::ExtendButton;
use crate::{
    api::{Call, Problem, changes, customers, subscriptions},
    components::Selection,
    pages::staff::{
        bulk::{Group, Step},
        listing::{ListState, Ticking},
        show::may,
    },
};

/// What the rows of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Customers,
    Subscriptions,
}

/// The rows that are ticked, or all that match. A copyable handle.
#[derive(Clone, Copy)]
pub struct Target {
    pub of: Of,
    pub selection: Selection,
    filter: Signal<String>,
}

/// Makes the rows of a list tickable, so that they can be extended. `reload` follows when something may have changed.
pub fn ticking(state: ListState, of: Of, reload: Callback<()>) -> Ticking {
    let selection = Selection::new();
    let target = Target { of, selection, filter: Signal::derive(move || state.filter()) };
    Ticking {
        selection: may(Permission::SubscriptionsWrite).then_some(selection),
        actions: ViewFn::from(move || view! { <ExtendButton target on_done=reload /> }),
        tools: ViewFn::from(|| ()),
    }
}

impl Target {
    /// The numbers of the rows that are meant.
    pub async fn ids(self) -> Result<Vec<i64>, Problem> {
        if !untrack(|| self.selection.is_all()) {
            let parse = |keys: &std::collections::BTreeSet<String>| {
                keys.iter().filter_map(|key| key.parse().ok()).collect()
            };
            return Ok(self.selection.keys.with_untracked(parse));
        }
        let filter = self.filter.get_untracked();
        match self.of {
            Of::Customers => all(&filter, customers::list, |row| row.id.0).await,
            Of::Subscriptions => all(&filter, subscriptions::list, |row| row.id.0).await,
        }
    }

    /// Extends some of them, or says what that would do.
    pub async fn extend(self, some: &[i64], form: &ExtendMany) -> Result<Step, Problem> {
        let form = match self.of {
            Of::Customers => {
                ExtendMany { customers: some.iter().copied().map(CustomerId).collect(), ..form.clone() }
            }
            Of::Subscriptions => {
                let subscriptions = some.iter().copied().map(SubscriptionId).collect();
                ExtendMany { subscriptions, ..form.clone() }
            }
        };
        changes::extend_many(&form).send().await.map(step)
    }
}

fn step(answer: ExtendedMany) -> Step {
    let group = |left: latchkey_shared::api::changes::LeftOut| Group {
        why: left.why,
        names: vec![["#", &left.subscription.to_string()].concat()],
    };
    Step { changed: answer.extended, skipped: answer.left_out.into_iter().map(group).collect() }
}

/// The numbers of all rows that match, a page after the other.
async fn all<T: serde::de::DeserializeOwned + 'static>(
    filter: &str,
    list: impl Fn(&ListQuery) -> Call<List<T>>,
    id: impl Fn(&T) -> i64,
) -> Result<Vec<i64>, Problem> {
    let mut query =
        ListQuery { filter: filter.to_owned(), sort: "id".to_owned(), limit: 100, ..ListQuery::default() };
    let mut found = Vec::new();
    loop {
        let page = list(&query).send().await?;
        found.extend(page.items.iter().map(&id));
        match page.meta.next {
            Some(next) => query.cursor = next,
            None => return Ok(found),
        }
    }
}
