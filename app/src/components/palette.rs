//! The command palette: one field that finds things and goes to pages.

use std::time::Duration;

use leptos::{ev, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Glyph, Icon, sight::into_sight, unique_id, words};
use crate::hooks::{use_debounced, use_effect, use_modal};

const PAUSE: Duration = Duration::from_millis(120);

/// What choosing an item does.
#[derive(Clone)]
pub enum PaletteTarget {
    Go(String),
    Do(Callback<()>),
}

/// One thing found.
#[derive(Clone)]
pub struct PaletteItem {
    pub glyph: Glyph,
    pub label: String,
    /// A second fact at the right: an id, an e-mail address.
    pub note: Option<String>,
    pub target: PaletteTarget,
}

impl PaletteItem {
    pub fn go(glyph: Glyph, label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { glyph, label: label.into(), note: None, target: PaletteTarget::Go(href.into()) }
    }

    pub fn act(glyph: Glyph, label: impl Into<String>, act: impl Into<Callback<()>>) -> Self {
        Self { glyph, label: label.into(), note: None, target: PaletteTarget::Do(act.into()) }
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// Items of one kind under a heading.
#[derive(Clone)]
pub struct PaletteGroup {
    pub title: String,
    pub items: Vec<PaletteItem>,
}

/// The palette. `on_query` is called with what was typed once typing pauses, and with the empty text on opening; the
/// caller answers by changing `groups`, with `busy` true meanwhile.
#[component]
pub fn Palette(
    open: RwSignal<bool>,
    #[prop(into)] groups: Signal<Vec<PaletteGroup>>,
    #[prop(into)] on_query: Callback<(String,)>,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || open.get()>
            <OpenPalette open groups on_query busy />
        </Show>
    }
}

#[component]
fn OpenPalette(
    open: RwSignal<bool>,
    groups: Signal<Vec<PaletteGroup>>,
    on_query: Callback<(String,)>,
    busy: Signal<bool>,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    use_modal(dialog, open.into());
    let list_id = StoredValue::new(unique_id("palette"));
    let text = RwSignal::new(String::new());
    let settled = use_debounced(text.into(), PAUSE);
    let active = RwSignal::new(0_usize);
    // What the arrows or the pointer went to: it stays chosen when late results change its place.
    let gone_to = RwSignal::new(None::<String>);
    use_effect(move || on_query.run((settled.get(),)));
    use_effect(move || {
        let label = gone_to.get_untracked();
        let place = groups.with(|groups| place_of(groups, label.as_deref()?));
        active.set(place.unwrap_or(0));
    });

    let navigate = use_navigate();
    let choose = Callback::from(move |target: PaletteTarget| {
        open.set(false);
        match target {
            PaletteTarget::Go(href) => navigate(&href, NavigateOptions::default()),
            PaletteTarget::Do(act) => act.run(()),
        }
    });
    let count = move || groups.with(|groups| groups.iter().map(|group| group.items.len()).sum::<usize>());
    let step = move |back: bool| {
        let count = untrack(count).max(1);
        let next = (active.get_untracked() + if back { count - 1 } else { 1 }) % count;
        Choosing { active, gone_to, groups, choose }.go_to(next);
        into_sight(dialog, "[role=option][aria-selected=true]", web_sys::ScrollLogicalPosition::Nearest);
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            step(false);
        }
        "ArrowUp" => {
            event.prevent_default();
            step(true);
        }
        "Enter" => {
            event.prevent_default();
            let index = active.get_untracked();
            let target = groups.with_untracked(|groups| {
                groups.iter().flat_map(|group| &group.items).nth(index).map(|item| item.target.clone())
            });
            if let Some(target) = target {
                choose.run((target,));
            }
        }
        _ => {}
    };
    let pressed_outside = move |event: ev::MouseEvent| {
        let dialog = dialog.get_untracked();
        if dialog.is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
            open.set(false);
        }
    };
    let drawn = move || draw_groups(groups.get(), list_id, Choosing { active, gone_to, groups, choose });
    let typed = move |event| {
        gone_to.set(None);
        text.set(event_target_value(&event));
    };
    view! {
        <dialog
            class="palette"
            node_ref=dialog
            aria-label=words::SEARCH
            on:mousedown=pressed_outside
            on:close=move |_| open.set(false)
        >
            <div class="palette-field">
                <Icon glyph=Glyph::Search />
                <input
                    type="text"
                    role="combobox"
                    autofocus=true
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=words::PALETTE_HINT
                    aria-label=words::PALETTE_HINT
                    aria-expanded="true"
                    aria-controls=list_id.get_value()
                    aria-activedescendant=move || (count() > 0).then(|| option_id(list_id, active.get()))
                    prop:value=text
                    on:input=typed
                    on:keydown=key
                />
                <Show when=move || busy.get()>
                    <span class="spinner" aria-hidden="true"></span>
                </Show>
            </div>
            <div class="palette-list" id=list_id.get_value() role="listbox" aria-label=words::SEARCH>
                {drawn}
            </div>
            <p class="palette-foot" role="status">
                {move || match (busy.get(), count()) {
                    (true, 0) => words::SEARCHING,
                    (false, 0) => words::NO_RESULT,
                    _ => "",
                }}
            </p>
        </dialog>
    }
    .into_any()
}

/// What an item does when it is pointed at, and when it is taken.
#[derive(Clone, Copy)]
struct Choosing {
    active: RwSignal<usize>,
    gone_to: RwSignal<Option<String>>,
    groups: Signal<Vec<PaletteGroup>>,
    choose: Callback<(PaletteTarget,)>,
}

impl Choosing {
    /// The pointer may still move over a palette that is closing, when nothing of this is there any more.
    fn go_to(self, index: usize) {
        let label = self.groups.try_with_untracked(|groups| label_at(groups, index));
        let _ = self.gone_to.try_set(label.flatten());
        let _ = self.active.try_set(index);
    }
}

fn label_at(groups: &[PaletteGroup], index: usize) -> Option<String> {
    groups.iter().flat_map(|group| &group.items).nth(index).map(|item| item.label.clone())
}

fn place_of(groups: &[PaletteGroup], label: &str) -> Option<usize> {
    groups.iter().flat_map(|group| &group.items).position(|item| item.label == label)
}

fn option_id(list_id: StoredValue<String>, index: usize) -> String {
    list_id.with_value(|id| [id.as_str(), "-", &index.to_string()].concat())
}

fn draw_groups(groups: Vec<PaletteGroup>, list_id: StoredValue<String>, choosing: Choosing) -> AnyView {
    let mut index = 0;
    let mut draw = |group: PaletteGroup| {
        let title = group.title.clone();
        let mut option = |item: PaletteItem| {
            let own = index;
            index += 1;
            draw_option(item, own, list_id, choosing)
        };
        let options = group.items.into_iter().map(&mut option).collect_view();
        view! {
            <div role="group" aria-label=group.title>
                <p class="palette-title" aria-hidden="true">
                    {title}
                </p>
                {options}
            </div>
        }
    };
    groups.into_iter().filter(|group| !group.items.is_empty()).map(&mut draw).collect_view().into_any()
}

fn draw_option(
    item: PaletteItem,
    index: usize,
    list_id: StoredValue<String>,
    choosing: Choosing,
) -> impl IntoView {
    let Choosing { active, choose, .. } = choosing;
    let PaletteItem { glyph, label, note, target } = item;
    view! {
        <div
            class="palette-option"
            role="option"
            id=option_id(list_id, index)
            aria-selected=move || (active.get() == index).to_string()
            on:pointermove=move |_| choosing.go_to(index)
            on:click=move |_| choose.run((target.clone(),))
        >
            <Icon glyph />
            <span class="palette-label">{label}</span>
            {note.map(|note| view! { <span class="palette-note">{note}</span> })}
        </div>
    }
}
