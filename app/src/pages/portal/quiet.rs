//! The quiet pages of the vendor, and the one that is nobody's.

use latchkey_shared::text::portal::{NAMELESS_VENDOR, join};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    frame::use_brand,
    hooks::{set_title_owner, use_title},
    session::use_session,
    shell::{Brand, QuietPage},
};

/// Ends the title of the page that is nobody's.
const PRODUCT: &str = "Latchkey";

/// The vendor's name, or other words while there is none.
pub fn vendor_name() -> String {
    let name = use_session().vendor().map(|vendor| vendor.name).unwrap_or_default();
    if name.is_empty() { NAMELESS_VENDOR.to_owned() } else { name }
}

/// One card under the vendor's name or logo. The title is the tab's too.
#[component]
pub fn VendorPage(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] below: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let own = use_brand();
    let named = Memo::new(move |_| Brand { name: vendor_name(), ..own.get() });
    set_title_owner(Signal::derive(move || named.with(|brand| brand.name.clone())));
    use_title(move || title.get());
    let brand = MaybeProp::derive(move || Some(named.get()));
    view! {
        <QuietPage title brand below=below.unwrap_or_default()>
            {children()}
        </QuietPage>
    }
}

/// The page for every link that cannot be used and every portal that is not here: it says neither why nor whose it is.
pub fn unusable() -> AnyView {
    set_title_owner(Signal::stored(PRODUCT.to_owned()));
    use_title(|| join::UNUSABLE_TITLE.to_owned());
    view! {
        <QuietPage title=join::UNUSABLE_TITLE>
            <p>{join::UNUSABLE}</p>
        </QuietPage>
    }
    .into_any()
}

/// Moves the focus, once what was set is drawn, to the first match of `selector`: when a page goes on to its next step
/// without a new address.
pub fn focus_soon(selector: &'static str) {
    let focus = move || {
        let Ok(Some(element)) = document().query_selector(selector) else { return };
        let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() else { return };
        if element.tab_index() < 0 {
            element.set_tab_index(-1);
        }
        // An element that cannot take the focus is merely not focused.
        let _ = element.focus();
    };
    request_animation_frame(move || request_animation_frame(focus));
}

/// The heading of a quiet page.
pub const HEADING: &str = "main h1";
