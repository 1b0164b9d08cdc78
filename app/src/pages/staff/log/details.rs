//! One call, beside the list.

use latchkey_shared::{api::web_api::ApiCall, permission::Permission, text::log as text};
use leptos::prelude::*;

use super::{
    page::{of_customer, of_key, of_token},
    result,
};
use crate::{
    api::encoded,
    components::{ButtonLink, Fact, Facts, SidePanel, format_exact},
    pages::staff::show::{self, may},
};

/// Open while `shown` is something.
#[component]
pub fn CallPanel(shown: Signal<Option<ApiCall>>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let open = show::open_beside(shown, on_close);
    let title = Signal::derive(move || {
        shown.with(|call| call.as_ref().map(|call| call.method.clone()).unwrap_or_default())
    });
    view! {
        <SidePanel open title>
            {move || shown.get().map(facts)}
        </SidePanel>
    }
    .into_any()
}

fn facts(call: ApiCall) -> AnyView {
    let fact = |label: &'static str, value: &str| {
        let value = value.to_owned();
        (!value.is_empty()).then(|| view! { <Fact label=label>{value}</Fact> })
    };
    let product = call.product.map(|id| {
        let (href, words) = (["/Products/", &id.to_string()].concat(), text::product_number(id.0));
        let link = if may(Permission::ProductsRead) {
            view! { <a href=href>{words}</a> }.into_any()
        } else {
            words.into_any()
        };
        view! { <Fact label=text::PRODUCT>{link}</Fact> }
    });
    let key = call.key_text.is_some().then(|| of_key(&call));
    let key = key.map(|key| view! { <Fact label=text::KEY>{key}</Fact> });
    let customer = of_customer(&call).map(|customer| view! { <Fact label=text::CUSTOMER>{customer}</Fact> });
    let (badge, token) = (result::badge(&call), of_token(&call));
    let reference = ["/Reference?method=", &encoded(&["post /api/", &call.method].concat())].concat();
    let (message, machine) = (fact(text::MESSAGE, &call.message), fact(text::MACHINE_CODE, &call.machine));
    let (name, address) = (fact(text::FRIENDLY_NAME, &call.friendly_name), fact(text::ADDRESS, &call.ip));
    let like_this = like_this(&call);
    view! {
        <Facts>
            <Fact label=text::RESULT>{badge}</Fact>
            {message}
            <Fact label=text::STATUS>{call.status}</Fact>
            <Fact label=text::TIME>{format_exact(call.at.millis())}</Fact>
            <Fact label=text::TOKEN>{token}</Fact>
            {product}
            {key}
            {customer}
            {machine}
            {name}
            {address}
        </Facts>
        <h3>{text::LIKE_THIS}</h3>
        <div class="tags">{like_this}</div>
        <p>
            <a href=reference>{text::IN_REFERENCE}</a>
        </p>
    }
    .into_any()
}

/// Links to the calls that share something with this one.
fn like_this(call: &ApiCall) -> AnyView {
    let quoted = |field: &str, value: &str| {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        [field, " = \"", &value, "\""].concat()
    };
    let token = call.token.map(|id| ["token = ", &id.to_string()].concat());
    let key = call.key.map(|id| ["key.global_id = ", &id.to_string()].concat());
    let machine = (!call.machine.is_empty()).then(|| quoted("machine", &call.machine));
    let all = [
        (text::THIS_METHOD, Some(quoted("method", &call.method))),
        (text::THIS_TOKEN, token),
        (text::THIS_KEY, key),
        (text::THIS_MACHINE, machine),
        (text::THIS_ADDRESS, (!call.ip.is_empty()).then(|| quoted("ip", &call.ip))),
    ];
    let link = |(words, filter): (&'static str, Option<String>)| {
        let href = ["/Log?filter=", &encoded(&filter?)].concat();
        Some(view! { <ButtonLink href small=true>{words}</ButtonLink> })
    };
    all.into_iter().filter_map(link).collect_view().into_any()
}
