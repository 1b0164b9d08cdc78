//! Staff's shell, and the way to the sign-in for those who are not signed in.

use std::time::Duration;

use latchkey_shared::{
    api::session,
    permission::{Permission as May, Role},
    text::frame as text,
};
use leptos::prelude::*;

use super::{palette::StaffPalette, sign_in::SignInAgain};
use crate::{
    api::{self, use_sender},
    components::{Glyph, MenuItem, MenuLink, Tone},
    hooks::use_poll,
    routes::{and_back, redirect},
    session::{SessionState, Side, use_session},
    shell::{Environment, NavItem, Person, StaffShell},
};

/// A page of the menu: word, address, picture and the permission to see it.
pub(super) type MenuEntry = (&'static str, &'static str, Glyph, May);

/// Staff's menu, in its order. What follows [`AT_FOOT`] stands apart.
pub(super) const MENU: [MenuEntry; 15] = [
    (text::DASHBOARD, "/Dashboard", Glyph::Dashboard, May::DashboardRead),
    (text::CUSTOMERS, "/Customers", Glyph::People, May::CustomersRead),
    (text::SUBSCRIPTIONS, "/Subscriptions", Glyph::Subscription, May::SubscriptionsRead),
    (text::TRANSACTIONS, "/Transactions", Glyph::Card, May::SubscriptionsRead),
    (text::KEYS, "/Keys", Glyph::Key, May::KeysRead),
    (text::PRODUCTS, "/Products", Glyph::Box, May::ProductsRead),
    (text::WEBSHOPS, "/Webshops", Glyph::Cart, May::SettingsRead),
    (text::ATTENTION, ATTENTION, Glyph::Attention, May::SubscriptionsRead),
    (text::COMMUNICATIONS, "/Communications", Glyph::Mail, May::CommunicationsRead),
    (text::DATA, "/Data?refType=0", Glyph::Database, May::DataRead),
    (text::REPORTS, "/Reports", Glyph::Chart, May::SubscriptionsRead),
    (text::DEVELOPERS, "/Tokens", Glyph::Code, May::SettingsRead),
    (text::STRIPE, "/Stripe", Glyph::Link, May::StripeRead),
    (text::SETTINGS, "/Settings", Glyph::Settings, May::SettingsRead),
    (text::STAFF, "/Staff", Glyph::Staff, May::StaffRead),
];
const AT_FOOT: usize = 13;
/// The entry with the number of open ones beside it.
const ATTENTION: &str = "/Attention";
/// How often that is counted anew.
const RECOUNT: Duration = Duration::from_secs(30);
/// The other pages of an entry whose pages have addresses of their own.
const OTHER_PAGES: [(&str, &[&str]); 1] = [("/Tokens", &["/Log", "/Reference"])];

/// The first page of the menu that this person may see: its word and address.
pub fn first_page(session: SessionState) -> Option<(&'static str, &'static str)> {
    MENU.into_iter().find(|entry| session.may(entry.3)).map(|(label, href, ..)| (label, href))
}

/// Staff's shell around `page`.
#[component]
pub fn StaffFrame(#[prop(into)] page: ViewFn) -> AnyView {
    let session = use_session();
    let signed_in = Memo::new(move |_| session.is_staff());
    let body = move || {
        if !signed_in.get() {
            return redirect(and_back("/Staff/SignIn"));
        }
        shell(session, page.clone())
    };
    view! {
        {body}
        <SignInAgain side=Side::Staff />
    }
    .into_any()
}

fn shell(session: SessionState, page: ViewFn) -> AnyView {
    let palette = RwSignal::new(false);
    let attention = Memo::new(move |_| {
        let count = session.staff().map_or(0, |staff| staff.attention);
        u64::try_from(count).unwrap_or_default()
    });
    use_poll(Signal::stored(true), RECOUNT, move || session.recount());
    // The menu stays as it is while only a number changes.
    let may_see = Memo::new(move |_| MENU.map(|entry| session.may(entry.3)));
    let nav = Signal::derive(move || {
        let item = |(index, (label, href, glyph, _)): (usize, MenuEntry)| {
            let path = href.split('?').next().unwrap_or(href);
            let others =
                OTHER_PAGES.into_iter().find(|(of, _)| *of == path).map_or(&[][..], |(_, pages)| pages);
            let item = NavItem::new(label, path, glyph).also(others);
            let item = if href == ATTENTION { item.count(attention) } else { item };
            if index < AT_FOOT { item } else { item.at_foot() }
        };
        let may_see = may_see.get();
        MENU.into_iter().enumerate().filter(|(index, _)| may_see[*index]).map(item).collect::<Vec<_>>()
    });
    let person = Signal::derive(move || {
        session.staff().map_or_else(Person::default, |staff| Person {
            name: staff.name,
            detail: [&staff.email, " · ", role_word(staff.role)].concat(),
        })
    });
    let environment = MaybeProp::derive(move || session.environment().map(environment));
    view! {
        <StaffShell nav person palette environment person_menu=person_menu>
            {move || page.run()}
        </StaffShell>
        <StaffPalette open=palette />
    }
    .into_any()
}

fn person_menu() -> AnyView {
    let leaving = use_sender();
    let sign_out =
        move || leaving.press(api::staff_access::sign_out(), |()| SessionState::leave("/Staff/SignIn"));
    view! {
        <MenuLink href="/Me" icon=Glyph::Person>
            {text::ME}
        </MenuLink>
        <MenuItem icon=Glyph::SignOut on_press=sign_out>
            {text::SIGN_OUT}
        </MenuItem>
    }
    .into_any()
}

/// A role in a word.
pub const fn role_word(role: Role) -> &'static str {
    use latchkey_shared::text::people;
    match role {
        Role::Owner => people::OWNER,
        Role::Admin => people::ADMIN,
        Role::Support => people::SUPPORT,
        Role::Viewer => people::VIEWER,
    }
}

fn environment(environment: session::Environment) -> Environment {
    let (label, tone) = match environment {
        session::Environment::Demo => (text::DEMO, Tone::Accent),
        session::Environment::Test => (text::TEST, Tone::Notice),
        session::Environment::Live => (text::LIVE, Tone::Good),
    };
    Environment { label: label.to_owned(), tone }
}
