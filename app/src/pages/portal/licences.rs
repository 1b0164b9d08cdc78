//! Every licence key of the customer, where each is used, and what can be done about it.

use std::time::Duration;

use latchkey_shared::{
    api::portal::{Licences, OwnLicence},
    text::portal::{home as words, licences as text},
};
use leptos::prelude::*;

use super::{
    licence_card::LicenceCard,
    machines::{self, Removing},
    reissue::{self, Reissuing},
};
use crate::{
    api::{self, Load, load},
    components::{ButtonLink, ButtonRow, DownloadLink, EmptyState, Glyph, Look, PageHeader, SkeletonCard},
};

const ASK_EVERY: Duration = Duration::from_secs(5);

/// `/Portal/Licences`. A key that staff make meanwhile appears by itself, and so does a machine.
#[component]
pub fn LicencesPage() -> impl IntoView {
    let licences = load(api::portal::licences).poll(true, ASK_EVERY);
    // The questions outlive the cards, which are drawn anew whenever something changes.
    let (removing, reissuing) = (Removing::new(), Reissuing::new());
    let waiting = || view! { <SkeletonCard lines=4 /> }.into_any();
    let draw = move |shown: api::Shown<Licences>| {
        view! { {move || shown.with(|licences| list(licences, removing, reissuing))} }.into_any()
    };
    view! {
        <PageHeader title=words::LICENCES_TITLE />
        {licences.view_or(waiting, draw)}
        {questions(licences, removing, reissuing)}
    }
    .into_any()
}

fn questions(licences: Load<Licences>, removing: Removing, reissuing: Reissuing) -> AnyView {
    view! {
        {machines::question(licences, removing)}
        {reissue::question(licences, reissuing)}
    }
    .into_any()
}

fn list(licences: &Licences, removing: Removing, reissuing: Reissuing) -> AnyView {
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
    let card = |own: &OwnLicence| {
        let below = below(own, removing, reissuing);
        view! { <LicenceCard licence=own.licence.clone() below /> }
    };
    licences.licences.iter().map(card).collect_view().into_any()
}

fn below(own: &OwnLicence, removing: Removing, reissuing: Reissuing) -> AnyView {
    let file = api::portal::licence_file(own.licence.id);
    let replaces = own.replaces.clone().map(|old| {
        view! { <p class="muted">{text::REPLACES} " " <code class="old-key">{old}</code></p> }
    });
    let (machines, again) = (machines::list(own, removing), reissue::button(own, reissuing));
    view! {
        {replaces}
        {machines}
        <ButtonRow>
            <DownloadLink href=file title=text::FILE_TITLE>
                {text::FILE}
            </DownloadLink>
            {again}
        </ButtonRow>
    }
    .into_any()
}
