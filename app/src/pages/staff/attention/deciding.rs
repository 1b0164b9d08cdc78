//! The question before each decision: it names the thing and says what follows.

use latchkey_shared::{
    api::{
        attention::{Attention, Decide},
        subscriptions::SubscriptionKey,
    },
    attention::AttentionAction,
    text::attention as text,
};
use leptos::prelude::*;

use super::{
    actions::Asking,
    issue::IssueForm,
    link::{LinkCustomerForm, LinkKeyForm},
};
use crate::{
    api::{attention, load, use_sender},
    components::{ConfirmDialog, Dialog, format_money, use_toasts},
    pages::staff::show::open_while,
    session::use_session,
};

/// A decision under way: what is decided, the dialog, and who is told.
#[derive(Clone, Copy)]
pub struct Decision {
    pub asked: StoredValue<Asking>,
    pub open: RwSignal<bool>,
    pub done: Callback<(Attention,)>,
}

/// Open while `asking` holds something. `on_done` gets the entry as it stands afterwards.
#[component]
pub fn Deciding(asking: RwSignal<Option<Asking>>, on_done: Callback<(Attention,)>) -> AnyView {
    let open = open_while(asking);
    let session = use_session();
    let toasts = use_toasts();
    let body = move || {
        let asked = asking.get()?;
        let action = asked.action;
        let done = Callback::from(move |entry: Attention| {
            open.set(false);
            if entry.row.resolved.is_some() {
                toasts.good(text::ended(action));
            } else {
                toasts.notice(text::still_open(action));
            }
            session.recount();
            on_done.run((entry,));
        });
        let decision = Decision { asked: StoredValue::new(asked), open, done };
        Some(dialog(decision, action))
    };
    view! { {body} }.into_any()
}

fn dialog(decision: Decision, action: AttentionAction) -> AnyView {
    let open = decision.open;
    let title = decision.asked.with_value(|asked| text::question(asked.row.code, action, &name(asked)));
    match action {
        AttentionAction::IssueKey => {
            view! { <Dialog open title wide=true><IssueForm decision /></Dialog> }.into_any()
        }
        AttentionAction::LinkKey => view! { <Dialog open title><LinkKeyForm decision /></Dialog> }.into_any(),
        AttentionAction::LinkCustomer => {
            view! { <Dialog open title><LinkCustomerForm decision /></Dialog> }.into_any()
        }
        _ => view! { <Question decision title /> }.into_any(),
    }
}

/// What needs a yes, and a reason where it cannot be taken back.
#[component]
fn Question(decision: Decision, title: String) -> impl IntoView {
    let Decision { asked, open, done } = decision;
    let Asking { row, action } = asked.get_value();
    let sender = use_sender();
    let reason = RwSignal::new(String::new());
    let asks = matches!(
        action,
        AttentionAction::RefundAndCancel | AttentionAction::BlockKey | AttentionAction::Ignore
    );
    let danger = matches!(action, AttentionAction::RefundAndCancel | AttentionAction::BlockKey);
    let amount = row.at_stake.map(|amount| format_money(amount.minor, amount.currency.code()));
    let confirm = text::confirm(row.code, action, amount.as_deref());
    let (id, code) = (row.id, row.code);
    let decide = move || {
        let form = Decide { reason: reason.get_untracked().trim().to_owned() };
        sender.confirm(attention::decide(id, action, &form), move |entry| done.run((entry,)));
    };
    let about = move || {
        view! {
            <p>{text::consequence(code, action)}</p>
            {names_keys(action).then(|| keys(id))}
        }
    };
    let (busy, problem) = (sender.busy(), sender.problem());
    if asks {
        view! { <ConfirmDialog open title confirm on_confirm=decide danger reason busy problem>{about}</ConfirmDialog> }
            .into_any()
    } else {
        view! { <ConfirmDialog open title confirm on_confirm=decide danger busy problem>{about}</ConfirmDialog> }
            .into_any()
    }
}

const fn names_keys(action: AttentionAction) -> bool {
    matches!(action, AttentionAction::BlockKey | AttentionAction::SendKey | AttentionAction::KeepOurs)
}

/// Whose it is, in a title.
fn name(asked: &Asking) -> String {
    let row = &asked.row;
    row.customer_name.clone().or_else(|| row.stripe_id.clone()).unwrap_or_else(|| text::NOBODY.to_owned())
}

/// The keys that it is about.
fn keys(id: i64) -> AnyView {
    let entry = load(move || attention::get(id));
    let draw = |key: &SubscriptionKey| view! { <li><code>{key.key.clone()}</code></li> };
    let list = move || entry.with(|entry| entry.map(|entry| entry.keys.iter().map(draw).collect_view()));
    view! { <ul class="plain-list">{list}</ul> }.into_any()
}
