//! Which of several Stripe accounts a page is about: `?account=` in its address; the first one without that.

use latchkey_shared::{
    api::stripe::{StripeAccountRow, StripeAccounts},
    ids::StripeAccountId,
    text::stripe as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, load},
    components::{Choice, SelectField},
    hooks::{Query, use_effect, use_query_state},
};

/// The account that the page is about, and those that there are.
#[derive(Clone, Copy)]
pub struct Which {
    query: Query,
    number: Memo<Option<StripeAccountId>>,
    accounts: Load<StripeAccounts>,
}

/// The account in the address of the current page.
pub fn use_which() -> Which {
    let query = use_query_state();
    let named = query.memo("account");
    let number = Memo::new(move |_| named.get().and_then(|number| number.parse().ok()));
    Which { query, number, accounts: load(api::stripe::accounts) }
}

impl Which {
    /// The account's number, tracked; `None`: the first one.
    pub fn get(self) -> api::stripe::Which {
        self.number.get()
    }

    /// [`Self::get`] for an event handler.
    pub fn now(self) -> api::stripe::Which {
        self.number.get_untracked()
    }

    /// Whether there is more than one, tracked.
    pub fn are_several(self) -> bool {
        self.accounts.with(|known| known.is_some_and(|known| known.accounts.len() > 1))
    }

    /// Loads the accounts again, after one of them changed.
    pub fn again(self) {
        self.accounts.again();
    }

    /// Another page about the same account, tracked.
    pub fn href(self, path: &str) -> String {
        match self.get() {
            Some(number) => {
                let mark = if path.contains('?') { "&" } else { "?" };
                [path, mark, "account=", &number.to_string()].concat()
            }
            None => path.to_owned(),
        }
    }

    /// The one that is meant where none is named, tracked.
    fn first(self) -> api::stripe::Which {
        self.accounts.with(|known| Some(known?.accounts.first()?.number))
    }

    fn choose(self, value: &str) {
        let first = untrack(|| self.first()).is_some_and(|first| first.to_string() == value);
        let number = (!first).then(|| value.to_owned());
        // What is filtered and paged through is the other account's.
        self.query.set(&[("account", number), ("filter", None), ("cursor", None)]);
    }
}

/// The choice, where there is one.
pub fn switcher(which: Which) -> AnyView {
    let several = Memo::new(move |_| which.are_several());
    let choice = move || several.get().then(|| view! { <Switcher which /> });
    view! { {choice} }.into_any()
}

#[component]
fn Switcher(which: Which) -> impl IntoView {
    let current = Memo::new(move |_| {
        which.get().or_else(|| which.first()).map(|number| number.to_string()).unwrap_or_default()
    });
    let value = RwSignal::new(current.get_untracked());
    use_effect(move || value.set(current.get()));
    Effect::new(move |_| {
        let chosen = value.get();
        if !chosen.is_empty() && chosen != current.get_untracked() {
            which.choose(&chosen);
        }
    });
    let options = Signal::derive(move || choices(which.accounts));
    view! {
        <div class="account-choice">
            <SelectField name="account" label=text::WHICH_ACCOUNT value options />
        </div>
    }
    .into_any()
}

/// The accounts to choose from, by number.
pub fn choices(accounts: Load<StripeAccounts>) -> Vec<Choice> {
    let draw = |account: &StripeAccountRow| {
        let mode = if account.live { text::LIVE } else { text::SANDBOX };
        Choice::new(account.number.to_string(), text::account_choice(&account.name, &account.id, mode))
    };
    accounts.with(|known| known.map_or_else(Vec::new, |known| known.accounts.iter().map(draw).collect()))
}
