//! The vendor's door: who this is, and sign-in.

use latchkey_shared::{
    api::session::{PublicVendor, Session},
    text::portal::entry as words,
};
use leptos::prelude::*;

use super::quiet::{VendorPage, unusable, vendor_name};
use crate::{
    components::{ButtonLink, Look, OutLink},
    frame::SignInForm,
    routes::{use_go, use_param},
    session::{Side, use_session},
};

/// `/Portal/@{domain}/`. Another domain than the vendor's gets the page that gives nothing away.
#[component]
pub fn CompanyPage() -> impl IntoView {
    let session = use_session();
    let domain = use_param("domain");
    let here = Memo::new(move |_| session.vendor().is_some_and(|vendor| is_of(&vendor, domain.get())));
    let body = move || if here.get() { door() } else { unusable() };
    view! { {body} }.into_any()
}

/// Whether `domain` is the vendor's, in whatever case it was typed.
pub fn is_of(vendor: &PublicVendor, domain: Option<String>) -> bool {
    domain.is_some_and(|domain| !domain.is_empty() && domain.to_lowercase() == vendor.domain.to_lowercase())
}

fn door() -> AnyView {
    let session = use_session();
    let go = use_go();
    let email = RwSignal::new(String::new());
    let done = Callback::from(move |answer: Session| {
        session.set(answer);
        go.run(("/Portal".to_owned(),));
    });
    let vendor = Memo::new(move |_| session.vendor());
    let about = move || {
        vendor
            .with(|vendor| vendor.as_ref().map(|vendor| vendor.description.clone()))
            .filter(|about| !about.is_empty())
            .map(|about| view! { <p class="vendor-about">{about}</p> })
    };
    let signed_in = Memo::new(move |_| session.portal().map(|portal| portal.email));
    let title = move || {
        let name = vendor_name();
        if signed_in.with(Option::is_none) { words::sign_in_to(&name) } else { words::welcome_to(&name) }
    };
    let entrance = move || match signed_in.get() {
        None => view! { <SignInForm side=Side::Portal email on_done=done /> }.into_any(),
        Some(email) => view! {
            <p>{words::SIGNED_IN_AS} " " <b class="address">{email}</b> "."</p>
            <ButtonLink href="/Portal" look=Look::Primary>
                {words::OPEN_PORTAL}
            </ButtonLink>
        }
        .into_any(),
    };
    view! {
        <VendorPage
            title=Signal::derive(title)
            below=move || view! { {move || vendor.with(|vendor| vendor.as_ref().map(contacts))} }
        >
            {about}
            {entrance}
        </VendorPage>
    }
    .into_any()
}

fn contacts(vendor: &PublicVendor) -> AnyView {
    let website = vendor.website.clone().filter(|address| address.starts_with("https://"));
    let support = vendor.support_email.as_ref().map(|address| ["mailto:", address].concat());
    view! {
        <ul class="contacts">
            {website
                .map(|href| {
                    view! {
                        <li>
                            <OutLink href>{words::VISIT_WEBSITE}</OutLink>
                        </li>
                    }
                })}
            {support
                .map(|href| {
                    view! {
                        <li>
                            <a href=href>{words::WRITE_TO_SUPPORT}</a>
                        </li>
                    }
                })}
        </ul>
    }
    .into_any()
}
