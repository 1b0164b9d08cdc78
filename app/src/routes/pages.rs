//! Drawing the page of the current address.

use std::str::FromStr;

use latchkey_shared::text::connection as text;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::{
    AREAS, Frame, PageRoute,
    part::{Arrival, Page},
    pattern::{Params, matches},
};
use crate::{
    components::{
        ButtonLink, EmptyState, ErrorState, Glyph, Missing, PageHeader, Problem, Skeleton, within_path, words,
    },
    frame::{PortalFrame, StaffFrame, first_page},
    session::{SessionState, use_session},
    shell::{NotFound, QuietPage, take_over},
};

/// A row of the tables: area and place in it.
type Place = (usize, usize);

/// The named parts of the address, as the page knows them.
#[derive(Clone, Copy)]
struct PageParams(Memo<Params>);

/// The part `name` of the address, tracked: `/Customers/7/history` has the `tab` `history`.
pub fn use_param(name: &'static str) -> Signal<Option<String>> {
    let params = use_context::<PageParams>();
    Signal::derive(move || {
        let PageParams(params) = params?;
        params.with(|params| params.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    })
}

/// The number `#id` of the address, tracked.
pub fn use_id<T: From<i64> + PartialEq + Send + Sync + 'static>() -> Memo<T> {
    let id = use_param("id");
    // The tables let numbers only pass, so that there is always one.
    Memo::new(move |_| T::from(id.get().and_then(|id| i64::from_str(&id).ok()).unwrap_or_default()))
}

/// The page of the current address, in its frame.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    let found = Memo::new(move |_| path.with(|path| find(path)));
    let place = Memo::new(move |_| found.with(|found| found.as_ref().map(|(place, _)| *place)));
    let frame = Memo::new(move |_| place.get().map(|(area, _)| AREAS[area].0));
    focus_heading_on(place);
    let session = use_session();
    // An address that is no page is said so inside the frame of whoever is signed in on that side.
    let whose = Memo::new(move |_| {
        let portal = path.with(|path| within_path(path, "/Portal"));
        match portal {
            true if session.is_portal() => Frame::Portal,
            false if session.is_staff() => Frame::Staff,
            _ => Frame::Bare,
        }
    });
    move || {
        let own = frame.get();
        // When the frame changes, this one is still asked once for a page that is not its own.
        let page = move || match place.get() {
            Some(place) if Some(AREAS[place.0].0) == own => draw(place, found),
            _ => ().into_any(),
        };
        if own != Some(Frame::Bare) {
            // A frame stands while its page is on its way; without one, the static page does.
            take_over();
        }
        match own {
            None => nowhere(whose.get()),
            Some(Frame::Bare) => page.into_any(),
            Some(Frame::Staff) => view! { <StaffFrame page /> }.into_any(),
            Some(Frame::Portal) => view! { <PortalFrame page /> }.into_any(),
        }
    }
}

fn nowhere(frame: Frame) -> AnyView {
    let page = || {
        view! {
            <PageHeader title=words::NOT_FOUND_TITLE />
            <Missing />
        }
        .into_any()
    };
    match frame {
        Frame::Bare => view! { <NotFound /> }.into_any(),
        Frame::Staff => view! { <StaffFrame page=page /> }.into_any(),
        Frame::Portal => view! { <PortalFrame page=page /> }.into_any(),
    }
}

/// Begins to download what the current address needs, while it is still being learnt who is looking.
pub fn begin_with_current() {
    let path = window().location().pathname().unwrap_or_default();
    if let Some(((area, index), _)) = find(&path) {
        AREAS[area].1[index].page.begin();
    }
}

fn find(path: &str) -> Option<(Place, Params)> {
    AREAS.iter().enumerate().find_map(|(area, (_, routes))| {
        routes.iter().enumerate().find_map(|(index, route)| {
            matches(route.pattern, path, decoded).map(|params| ((area, index), params))
        })
    })
}

fn decoded(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), Into::into)
}

fn draw(place: Place, found: Memo<Option<(Place, Params)>>) -> AnyView {
    let (frame, routes) = AREAS[place.0];
    let PageRoute { page, needs, .. } = routes[place.1];
    // A page that is being left keeps the parts it was drawn for.
    let params = Memo::new(move |before: Option<&Params>| {
        let own =
            found.with(|found| found.as_ref().filter(|found| found.0 == place).map(|found| found.1.clone()));
        own.or_else(|| before.cloned()).unwrap_or_default()
    });
    provide_context(PageParams(params));
    let session = use_session();
    let allowed = Memo::new(move |_| needs.is_none_or(|needs| session.may(needs)));
    let arrival = page.fetch();
    let body = move || {
        if !allowed.get() {
            return forbidden(session);
        }
        match arrival.get() {
            Arrival::OnItsWay if frame == Frame::Bare => ().into_any(),
            Arrival::OnItsWay => view! { <Skeleton lines=8 /> }.into_any(),
            Arrival::Here => {
                take_over();
                // The focus went to where the page would be while it was on its way.
                if document().active_element().is_some_and(|at| at.tag_name() == "MAIN") {
                    request_animation_frame(focus_heading);
                }
                page.draw().unwrap_or_else(|| not_here(page, frame, arrival))
            }
            Arrival::Failed => not_here(page, frame, arrival),
        }
    };
    view! { {body} }.into_any()
}

/// The head says that it is not for this person, the state below why, and where else to go.
fn forbidden(session: SessionState) -> AnyView {
    let elsewhere = first_page(session).map(|(label, href)| {
        view! { <ButtonLink href>{words::go_to(label)}</ButtonLink> }
    });
    view! {
        <PageHeader title=words::FORBIDDEN_TITLE />
        <EmptyState title=words::FORBIDDEN_BODY glyph=Glyph::Lock>
            {elsewhere}
        </EmptyState>
    }
    .into_any()
}

/// The page's part could not be downloaded.
fn not_here(page: Page, frame: Frame, arrival: RwSignal<Arrival>) -> AnyView {
    take_over();
    let problem = Problem::new("not_loaded", text::PART_MISSING);
    let state = view! { <ErrorState problem on_retry=move || page.fetch_into(arrival) /> };
    if frame == Frame::Bare {
        return view! { <QuietPage title=text::NOT_REACHED>{state}</QuietPage> }.into_any();
    }
    view! {
        <PageHeader title=words::FAILED_TITLE />
        {state}
    }
    .into_any()
}

/// Moves the focus to the heading of each page but the first, so that a screen reader says where one has come to.
fn focus_heading_on(place: Memo<Option<Place>>) {
    Effect::new(move |before: Option<Option<Place>>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| request_animation_frame(focus_heading));
        }
        now
    });
}

/// Moves the focus to the page's heading.
pub fn focus_heading() {
    // A page that takes the focus for its first field, or opened a dialog, knows better.
    let busy = document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA" | "DIALOG")
    });
    let find = |selector| document().query_selector(selector).ok().flatten();
    let Some(heading) = find("main h1").or_else(|| find("main")) else { return };
    if !busy && let Some(heading) = heading.dyn_ref::<web_sys::HtmlElement>() {
        heading.set_tab_index(-1);
        // An element that cannot take the focus is merely not focused.
        let _ = heading.focus();
    }
}
