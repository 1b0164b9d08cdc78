//! Every licence key of the customer.

use std::time::Duration;

use latchkey_shared::{api::portal::Licences, text::portal::home as words};
use leptos::prelude::*;

use super::licence_card::LicenceCard;
use crate::{
    api::{self, Shown, load},
    components::{ButtonLink, EmptyState, Glyph, Look, PageHeader, SkeletonCard},
};

const ASK_EVERY: Duration = Duration::from_secs(5);

/// `/Portal/Licences`. A key that staff make meanwhile appears by itself.
#[component]
pub fn LicencesPage() -> impl IntoView {
    let licences = load(api::portal::licences).poll(true, ASK_EVERY);
    let waiting = || view! { <SkeletonCard lines=4 /> }.into_any();
    let draw = |shown: Shown<Licences>| view! { {move || shown.with(list)} }.into_any();
    view! {
        <PageHeader title=words::LICENCES_TITLE />
        {licences.view_or(waiting, draw)}
    }
    .into_any()
}

fn list(licences: &Licences) -> AnyView {
    if licences.licences.is_empty() {
        return view! {
            <EmptyState title=words::NO_LICENCES body=words::NO_LICENCES_BODY glyph=Glyph::Key>
                <ButtonLink href="/Portal/Plans" look=Look::Primary>
                    {words::SEE_PLANS}
                </ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let card = |licence| view! { <LicenceCard licence /> };
    licences.licences.iter().cloned().map(card).collect_view().into_any()
}
