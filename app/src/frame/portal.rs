//! The customers' shell, and the way through sign-in and terms to it.

use latchkey_shared::{
    api::{
        portal::SwitchCustomer,
        session::{PortalSession, PublicVendor},
    },
    ids::CustomerId,
    text::frame as text,
};
use leptos::prelude::*;

use super::sign_in::SignInAgain;
use crate::{
    api::{self, use_sender},
    components::{Button, Choice, Glyph, MenuItem, MenuLink, Stack},
    routes::{and_back, redirect},
    session::{SessionState, Side, use_session},
    shell::{Brand, NavItem, Person, PortalShell, QuietPage},
};

const MENU: [(&str, &str, Glyph); 5] = [
    (text::HOME, "/Portal", Glyph::Home),
    (text::PLANS, "/Portal/Plans", Glyph::Cart),
    (text::LICENCES, "/Portal/Licences", Glyph::Key),
    (text::BILLING, "/Portal/Billing", Glyph::Card),
    (text::ACCOUNT, "/Portal/Account", Glyph::Person),
];

/// What stands between a person and the portal's pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    SignIn,
    Terms,
    ChooseCustomer,
    NoCustomer,
    /// For this customer: another one's pages are drawn afresh.
    Open(CustomerId),
}

fn gate(portal: Option<&PortalSession>) -> Gate {
    let Some(portal) = portal else { return Gate::SignIn };
    if portal.terms_required.is_some() {
        return Gate::Terms;
    }
    match portal.customer {
        Some(customer) => Gate::Open(customer),
        None if portal.customers.is_empty() => Gate::NoCustomer,
        None => Gate::ChooseCustomer,
    }
}

/// The customers' shell around `page`, once the person is signed in, has accepted the terms and acts for a customer.
#[component]
pub fn PortalFrame(#[prop(into)] page: ViewFn) -> AnyView {
    let session = use_session();
    let gate = Memo::new(move |_| gate(session.portal().as_ref()));
    let body = move || match gate.get() {
        Gate::SignIn => redirect(and_back("/Portal/SignIn")),
        Gate::Terms => redirect(and_back("/Portal/Terms")),
        Gate::ChooseCustomer => choose_customer(session),
        Gate::NoCustomer => no_customer(),
        Gate::Open(_) => shell(session, page.clone()),
    };
    over(body)
}

/// `page` for those who are signed in to the portal, whatever else stands between them and it.
pub fn signed_in_to_portal(page: fn() -> AnyView) -> AnyView {
    let session = use_session();
    let signed_in = Memo::new(move |_| session.is_portal());
    let body = move || if signed_in.get() { page() } else { redirect(and_back("/Portal/SignIn")) };
    over(body)
}

/// `body`, and over it the form to sign in again when the session ends meanwhile.
fn over(body: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    view! {
        {body}
        <div class="branded">
            <SignInAgain side=Side::Portal />
        </div>
    }
    .into_any()
}

/// Whose portal it is, as the shells draw it.
pub fn brand(vendor: &PublicVendor) -> Brand {
    Brand { name: vendor.name.clone(), logo: vendor.logo.clone() }
}

/// [`brand`] of this installation, followed.
pub fn use_brand() -> Signal<Brand> {
    let session = use_session();
    Signal::derive(move || session.vendor().as_ref().map(brand).unwrap_or_default())
}

fn shell(session: SessionState, page: ViewFn) -> AnyView {
    let nav = MENU.map(|(label, href, glyph)| {
        let item = NavItem::new(label, href, glyph);
        if href == "/Portal" { item.exact() } else { item }
    });
    let customers = Signal::derive(move || session.portal().map_or_else(Vec::new, |portal| choices(&portal)));
    let customer = Signal::derive(move || {
        session.portal().and_then(|portal| portal.customer).map(|id| id.to_string()).unwrap_or_default()
    });
    let switch = use_switch(session);
    view! {
        <PortalShell
            brand=use_brand()
            home="/Portal"
            nav=Signal::stored(nav.to_vec())
            person=use_person(session)
            person_menu=person_menu
            customers
            customer
            on_customer=switch
        >
            {move || page.run()}
        </PortalShell>
    }
    .into_any()
}

fn use_person(session: SessionState) -> Signal<Person> {
    Signal::derive(move || {
        session
            .portal()
            .map_or_else(Person::default, |portal| Person { name: portal.name, detail: portal.email })
    })
}

fn choices(portal: &PortalSession) -> Vec<Choice> {
    portal.customers.iter().map(|choice| Choice::new(choice.id.to_string(), &choice.name)).collect()
}

/// Chooses the customer of this id.
fn use_switch(session: SessionState) -> Callback<(String,)> {
    let switching = use_sender();
    Callback::from(move |id: String| {
        if let Ok(customer) = id.parse() {
            let call = api::portal_access::switch_customer(&SwitchCustomer { customer });
            switching.press(call, move |answer| session.set(answer));
        }
    })
}

fn use_sign_out() -> Callback<()> {
    let leaving = use_sender();
    Callback::from(move || {
        leaving.press(api::portal_access::sign_out(), |()| SessionState::leave("/Portal/SignIn"));
    })
}

fn person_menu() -> AnyView {
    view! {
        <MenuLink href="/Portal/Account" icon=Glyph::Person>
            {text::ACCOUNT}
        </MenuLink>
        <MenuItem icon=Glyph::SignOut on_press=use_sign_out()>
            {text::SIGN_OUT}
        </MenuItem>
    }
    .into_any()
}

fn choose_customer(session: SessionState) -> AnyView {
    let switch = use_switch(session);
    let button = move |choice: Choice| {
        let Choice { value, label, .. } = choice;
        view! { <Button on_press=move || switch.run((value.clone(),))>{label}</Button> }
    };
    view! {
        <QuietPage title=text::CHOOSE_CUSTOMER brand=use_brand()>
            <p>{text::CHOOSE_CUSTOMER_TEXT}</p>
            <Stack>
                {move || session.portal().map(|portal| choices(&portal).into_iter().map(button).collect_view())}
            </Stack>
        </QuietPage>
    }
    .into_any()
}

fn no_customer() -> AnyView {
    view! {
        <QuietPage title=text::NO_CUSTOMER brand=use_brand()>
            <p>{text::NO_CUSTOMER_TEXT}</p>
            <Button on_press=use_sign_out()>{text::SIGN_OUT}</Button>
        </QuietPage>
    }
    .into_any()
}
