//! The buttons of the bar, and the dialog that each opens: what is asked, how far it is, what came of it.

use latchkey_shared::{
    api::{
        common::ListMeta,
        key_bulk::{ChangeKeys, KeysChanged, KeysQuery, SkippedKeys},
    },
    ids::{KeyGlobalId, ProductId},
    text::{bulk as common, key_bulk as text},
};
use leptos::prelude::*;

use super::extend::ExtendForm;
use crate::{
    api::{Problem, keys},
    components::{
        Button, ButtonRow, CancelButton, Dialog, Form, FormErrors, Glyph, Look, Selection, TextAreaField,
        format_count, use_toasts,
    },
    hooks::use_effect,
    pages::staff::{
        bulk::{self, Group, Outcome, Run, Step, Words, working},
        listing::total,
        show::open_while,
    },
    routes::focus_heading,
};

/// Which keys of which list are meant.
#[derive(Clone, Copy)]
pub struct Target {
    pub selection: Selection,
    /// The list's filter.
    pub filter: Signal<String>,
    /// Whose keys the list holds.
    pub product: Option<ProductId>,
    pub meta: Signal<Option<ListMeta>>,
}

impl Target {
    /// The keys that are meant.
    async fn wanted(self) -> Result<Vec<KeyGlobalId>, Problem> {
        if untrack(|| self.selection.is_all()) {
            let product = self.product.map(|id| id.0);
            let query = KeysQuery { filter: self.filter.get_untracked(), product };
            return keys::ids(&query).send().await.map(|found| found.keys);
        }
        let ids = |keys: &std::collections::BTreeSet<String>| {
            keys.iter().filter_map(|key| key.parse().ok()).map(KeyGlobalId).collect()
        };
        Ok(self.selection.keys.with_untracked(ids))
    }

    /// How many they are, as it is shown. Tracked.
    #[expect(clippy::cast_precision_loss, reason = "rows that were ticked one by one")]
    fn count(self) -> String {
        if self.selection.is_all() {
            self.meta.with(|meta| meta.as_ref().map(total).unwrap_or_default())
        } else {
            format_count(self.selection.count() as f64)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Block,
    Unblock,
    Extend,
}

impl Action {
    fn title(self, count: &str) -> String {
        match self {
            Self::Block => text::block_question(count),
            Self::Unblock => text::unblock_question(count),
            Self::Extend => text::extend_question(count),
        }
    }

    const fn words(self) -> Words {
        let done: fn(i64) -> String = match self {
            Self::Block => text::blocked,
            Self::Unblock => text::unblocked,
            Self::Extend => text::extended,
        };
        Words { done, nothing: text::NOTHING, untried: text::untried }
    }
}

/// Block, unblock and extend for the ticked keys. `on_done` follows when keys may have changed.
#[component]
pub fn BulkActions(target: Target, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let asked = RwSignal::new(None::<Action>);
    view! {
        <Button small=true icon=Glyph::Lock on_press=move || asked.set(Some(Action::Block))>
            {text::BLOCK}
        </Button>
        <Button small=true on_press=move || asked.set(Some(Action::Unblock))>
            {text::UNBLOCK}
        </Button>
        <Button small=true icon=Glyph::Clock on_press=move || asked.set(Some(Action::Extend))>
            {text::EXTEND}
        </Button>
        <BulkDialog target asked on_done />
    }
}

/// Open while `asked` holds something.
#[component]
fn BulkDialog(target: Target, asked: RwSignal<Option<Action>>, on_done: Callback<()>) -> impl IntoView {
    let open = open_while(asked);
    let run = Run::new();
    let toasts = use_toasts();
    // The number that was asked about stays, also when the list below has changed.
    let count = RwSignal::new(String::new());
    use_effect(move || {
        if asked.with(Option::is_some) {
            run.forget();
            count.set(untrack(|| target.count()));
        } else if run.running.get_untracked() {
            run.stop();
        }
    });
    let start = Callback::from(move |change: ChangeKeys| {
        let Some(action) = asked.get_untracked() else { return };
        let send = async move |some: &[KeyGlobalId]| {
            let form = ChangeKeys { keys: some.to_vec(), ..change.clone() };
            keys::change(&form).send().await.map(step)
        };
        run.start(target.wanted(), send, move |outcome: &Outcome| {
            if !open.get_untracked() {
                toasts.notice((action.words().done)(outcome.changed));
                target.selection.clear();
            }
            on_done.run(());
        });
    });
    let close = move || {
        open.set(false);
        target.selection.clear();
        // The button that opened it goes with the selection.
        request_animation_frame(focus_heading);
    };
    let title = Signal::derive(move || {
        asked.get().map(|action| count.with(|count| action.title(count))).unwrap_or_default()
    });
    let body = move || {
        let Some(action) = asked.get_untracked() else { return ().into_any() };
        if run.running.get() {
            return working(run, text::WORKING);
        }
        let over =
            run.outcome.with(|outcome| outcome.as_ref().map(|outcome| bulk::draw(outcome, action.words())));
        match over {
            Some(outcome) => view! {
                <div class="dialog-text">{outcome}</div>
                <ButtonRow end=true>
                    <Button look=Look::Primary on_press=close>
                        {common::CLOSE}
                    </Button>
                </ButtonRow>
            }
            .into_any(),
            None if action == Action::Extend => view! { <ExtendForm count=count.get_untracked() open on_start=start /> }.into_any(),
            None => view! { <BlockForm block=action == Action::Block count=count.get_untracked() open on_start=start /> }
                .into_any(),
        }
    };
    view! {
        <Dialog open title>
            {body}
        </Dialog>
    }
}

fn step(answer: KeysChanged) -> Step {
    let group = |skipped: SkippedKeys| Group { why: skipped.why, names: skipped.keys };
    Step { changed: answer.changed, skipped: answer.skipped.into_iter().map(group).collect() }
}

#[component]
fn BlockForm(
    block: bool,
    count: String,
    open: RwSignal<bool>,
    on_start: Callback<(ChangeKeys,)>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        if block && reason.is_empty() {
            errors.set("reason", text::REASON_MISSING);
        }
        if errors.settle() {
            on_start.run((ChangeKeys { blocked: Some(block), reason, ..ChangeKeys::default() },));
        }
    };
    let (words, confirm, look) = if block {
        (text::BLOCK_TEXT, text::block_confirm(&count), Look::Danger)
    } else {
        (text::UNBLOCK_TEXT, text::unblock_confirm(&count), Look::Primary)
    };
    view! {
        <p class="dialog-text">{words}</p>
        <Form errors on_submit=submit>
            <TextAreaField
                name="reason"
                label=common::REASON
                value=reason
                help=text::REASON_HELP
                rows=2
                max_length=500
                required=block
            />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look>
                    {confirm}
                </Button>
            </ButtonRow>
        </Form>
    }
}
