//! Renew and Change: what is chosen at the left, what it comes to at the right, following each choice.

mod choose;
mod confirm;
mod preview;

use latchkey_shared::{
    api::changes::{ChangeAction, ChangeOptions, ChangePreview},
    ids::SubscriptionId,
    text::{changes as text, subscriptions},
};
use leptos::prelude::*;

use crate::{
    api::{Shown, changes, load},
    components::{Card, Crumb, PageHeader},
    routes::use_id,
};

pub use preview::draw as draw_preview;

#[component]
pub fn ChangeSubscriptionPage() -> impl IntoView {
    page(ChangeAction::Change)
}

#[component]
pub fn RenewSubscriptionPage() -> impl IntoView {
    page(ChangeAction::Renew)
}

fn title(action: ChangeAction) -> &'static str {
    if action == ChangeAction::Renew { text::RENEW_TITLE } else { text::CHANGE_TITLE }
}

fn page(action: ChangeAction) -> AnyView {
    let id = use_id::<SubscriptionId>();
    let options = load(move || changes::options(id.get()));
    options.page(title(action), 10, move |data| columns(action, data))
}

fn columns(action: ChangeAction, data: Shown<ChangeOptions>) -> AnyView {
    let options = data.get_untracked();
    let id = options.subscription;
    let choices = choose::Choices::new(action, &options);
    let shown = load(move || choices.ask().map(|ask| changes::preview(id, &ask)));
    choices.follow(Signal::derive(move || shown.get()));
    let preview: Signal<Option<ChangePreview>> = Signal::derive(move || {
        // While nothing fits, what fitted before must not be confirmed.
        shown.failure().is_none().then(|| shown.get()).flatten()
    });
    let (left, is_offline) = (choices.draw(&options), options.is_offline);
    let address = ["/Subscriptions/", &id.to_string()].concat();
    let name = options
        .items
        .first()
        .map_or(String::new(), |item| [item.product_name.as_str(), " ", &item.plan_name].concat());
    view! {
        <PageHeader
            title=title(action)
            crumbs=vec![Crumb::new(subscriptions::TITLE, "/Subscriptions"), Crumb::new(name, address)]
        />
        <div class="two-columns">
            <Card title=text::CHOOSE>{left}</Card>
            <Card title=text::PREVIEW>
                <div class="stack" aria-live="polite" aria-busy=move || shown.busy().get().then_some("true")>
                    {move || preview::pane(shown, preview.get().as_ref())}
                </div>
                {confirm::draw(id, is_offline, preview, shown)}
            </Card>
        </div>
    }
    .into_any()
}
