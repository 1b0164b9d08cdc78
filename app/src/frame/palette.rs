//! What the command palette offers: pages, actions, and what the server finds.

use latchkey_shared::{
    api::dashboard::{HitKind, SearchHit},
    permission::Permission as May,
    text::{frame as text, tokens},
};
use leptos::prelude::*;

use super::staff::{MENU, MenuEntry};
use crate::{
    api::{self, load},
    components::{Glyph, Palette, PaletteGroup, PaletteItem},
    session::{SessionState, use_session},
};

const MORE_PAGES: [MenuEntry; 7] = [
    (text::SIGN_UP_LINK, "/Customer/SignUpLink", Glyph::Link, May::CustomersRead),
    (text::SWEEPS, "/Stripe/Sweeps", Glyph::Refresh, May::StripeRead),
    (text::EVENTS, "/Stripe/Events", Glyph::Card, May::StripeRead),
    (text::ENDPOINTS, "/Stripe/Endpoints", Glyph::Link, May::StripeRead),
    (tokens::TITLE, "/Tokens", Glyph::Code, May::SettingsRead),
    (text::LOG, "/Log", Glyph::Report, May::AuditRead),
    (tokens::REFERENCE, "/Reference", Glyph::Document, May::SettingsRead),
];

const ACTIONS: [MenuEntry; 9] = [
    (text::ADD_CUSTOMER, "/Customers/New", Glyph::Plus, May::CustomersWrite),
    (text::ADD_PRODUCT, "/Products/New", Glyph::Plus, May::ProductsWrite),
    (text::ADD_WEBSHOP, "/Webshops/New", Glyph::Plus, May::SettingsWrite),
    (text::ADD_TOKEN, "/Tokens/New", Glyph::Plus, May::SettingsWrite),
    (text::SET_TERMS, "/Settings/terms", Glyph::Document, May::SettingsWrite),
    (text::SET_MAIL, "/Settings/mail", Glyph::Mail, May::SettingsWrite),
    (text::SET_COMPANY, "/Settings/company", Glyph::Edit, May::SettingsWrite),
    (text::CONNECT_STRIPE, "/Stripe/Connect", Glyph::Card, May::StripeManage),
    (text::RECONCILE, "/Stripe/Sweeps", Glyph::Refresh, May::SubscriptionsWrite),
];

const FOUND: [(HitKind, &str, Glyph); 4] = [
    (HitKind::Customer, text::PALETTE_CUSTOMERS, Glyph::People),
    (HitKind::Key, text::PALETTE_KEYS, Glyph::Key),
    (HitKind::Subscription, text::PALETTE_SUBSCRIPTIONS, Glyph::Subscription),
    (HitKind::Product, text::PALETTE_PRODUCTS, Glyph::Box),
];

/// The palette of the staff pages.
#[component]
pub fn StaffPalette(open: RwSignal<bool>) -> AnyView {
    let session = use_session();
    let query = RwSignal::new(String::new());
    let found = load(move || {
        let text = query.get();
        let text = text.trim();
        (!text.is_empty()).then(|| api::dashboard::search(text))
    });
    let groups = Signal::derive(move || {
        let typed = query.with(|text| text.trim().to_lowercase());
        let mut groups = if typed.is_empty() {
            Vec::new()
        } else {
            found.with(|found| hits(found.map_or(&[], |found| &found.hits)))
        };
        groups.push(entries(text::PALETTE_PAGES, MENU.into_iter().chain(MORE_PAGES), &typed, session));
        groups.push(entries(text::PALETTE_ACTIONS, ACTIONS, &typed, session));
        groups
    });
    let on_query = Callback::from(move |text: String| query.set(text));
    view! { <Palette open groups on_query busy=found.busy() /> }.into_any()
}

/// The hits by kind, the kind of the best hit first: what carries the id that was typed comes before what it belongs to.
fn hits(hits: &[SearchHit]) -> Vec<PaletteGroup> {
    let group = |(kind, title, glyph): (HitKind, &str, Glyph)| {
        let item = |hit: &SearchHit| {
            let item = PaletteItem::go(glyph, &hit.title, &hit.href);
            if hit.detail.is_empty() { item } else { item.note(&hit.detail) }
        };
        let items = hits.iter().filter(|hit| hit.kind == kind).map(item).collect();
        PaletteGroup { title: title.to_owned(), items }
    };
    let mut kinds = FOUND;
    kinds.sort_by_key(|(kind, ..)| hits.iter().position(|hit| hit.kind == *kind).unwrap_or(hits.len()));
    kinds.into_iter().map(group).collect()
}

/// The entries that the person may use and whose name has what was typed.
fn entries(
    title: &str,
    entries: impl IntoIterator<Item = MenuEntry>,
    typed: &str,
    session: SessionState,
) -> PaletteGroup {
    let item = |(label, href, glyph, needs): MenuEntry| {
        let offered = session.may(needs) && label.to_lowercase().contains(typed);
        offered.then(|| PaletteItem::go(glyph, label, href))
    };
    PaletteGroup { title: title.to_owned(), items: entries.into_iter().filter_map(item).collect() }
}
