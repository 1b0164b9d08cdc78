//! Which rows of a list are ticked, and the bar that says so.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Row;
use crate::{
    components::{Button, Look, words},
    hooks::use_effect,
};

/// The ticked rows of a list, or all that match its filter, on whichever page they are. A copyable handle.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    /// The keys of the rows: what the table ticks.
    pub keys: RwSignal<BTreeSet<String>>,
    all: RwSignal<bool>,
}

impl Default for Selection {
    fn default() -> Self {
        Self::new()
    }
}

impl Selection {
    pub fn new() -> Self {
        Self { keys: RwSignal::default(), all: RwSignal::new(false) }
    }

    pub fn clear(self) {
        self.all.set(false);
        self.keys.set(BTreeSet::new());
    }

    /// Tracked.
    pub fn is_empty(self) -> bool {
        self.keys.with(BTreeSet::is_empty)
    }

    /// Whether all that match are meant and not only the ticked ones. Tracked.
    pub fn is_all(self) -> bool {
        self.all.get()
    }

    /// How many rows are ticked. Tracked.
    pub fn count(self) -> usize {
        self.keys.with(BTreeSet::len)
    }

    /// While all are meant, the rows of each page are ticked as they come; unticking one means the ticked ones only.
    pub(crate) fn follow(self, rows: Signal<Option<Vec<Row>>>) {
        let on_page = Memo::new(move |_| {
            rows.with(|rows| {
                let rows = rows.as_ref()?;
                Some(rows.iter().map(|row| row.key.clone()).collect::<BTreeSet<_>>())
            })
        });
        use_effect(move || {
            if let Some(page) = on_page.get().filter(|page| self.all.get() && !page.is_empty()) {
                self.keys.set(page);
            }
        });
        use_effect(move || {
            let unticked = self.keys.with(|keys| {
                on_page.with_untracked(|page| page.as_ref().is_some_and(|page| !page.is_subset(keys)))
            });
            if unticked {
                self.all.set(false);
            }
        });
    }
}

/// What stands in place of a list's toolbar while rows are ticked: how many, all that match, and what can be done with
/// them (the children).
#[component]
pub fn SelectionBar(
    selection: Selection,
    /// How many match in all, for example `12,408` or `10,000+`.
    #[prop(into)]
    total: Signal<String>,
    /// Whether more match than are ticked.
    #[prop(into)]
    more: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let said = move || {
        if selection.is_all() {
            words::all_selected(&total.get())
        } else {
            words::selected(selection.count())
        }
    };
    let all = move || {
        (more.get() && !selection.is_all()).then(|| {
            view! {
                <Button look=Look::Quiet small=true on_press=move || selection.all.set(true)>
                    {words::select_matching(&total.get())}
                </Button>
            }
        })
    };
    view! {
        <div class="selection-bar" role="group" aria-label=words::SELECTED_ROWS>
            <p class="selection-count" role="status">
                {said}
            </p>
            {all}
            <div class="button-row">{children()}</div>
            <Button look=Look::Quiet small=true on_press=move || selection.clear()>
                {words::CLEAR_SELECTION}
            </Button>
        </div>
    }
}
