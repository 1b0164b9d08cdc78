//! Native dialogs: modal, closed by Escape, the focus kept inside and given back.

use leptos::{ev, html, prelude::*};

use super::{
    Banner, Button, ButtonRow, Glyph, IconButton, Look, Problem, TextAreaField, TextField, TextKind, Tone,
    unique_id, words,
};
use crate::hooks::{use_effect, use_modal};

/// A modal dialog. It is in the document only while `open`, so its content starts afresh each time.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// More room, for a form or a table.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Modal open title class=if wide { "dialog wide" } else { "dialog" } children /> }
}

/// A panel that slides in from the side, for details and filters beside a list.
#[component]
pub fn SidePanel(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Modal open title class="side-panel" children /> }
}

#[component]
fn Modal(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let title_id = StoredValue::new(unique_id("dialog"));
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <OpenModal open class title_id=title_id.get_value()>
                <header class="dialog-head">
                    <h2 id=title_id.get_value()>{title}</h2>
                    <IconButton glyph=Glyph::Cross label=words::CLOSE on_press=move || open.set(false) />
                </header>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </OpenModal>
        </Show>
    }
}

/// The `<dialog>` element itself. A click on what lies around it closes it.
#[component]
fn OpenModal(
    open: RwSignal<bool>,
    class: &'static str,
    title_id: String,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    use_modal(element, open.into());
    let click = move |event: ev::MouseEvent| {
        let on_backdrop = element.get_untracked().is_some_and(|dialog| {
            let dialog: &web_sys::EventTarget = dialog.as_ref();
            event.target().as_ref() == Some(dialog)
        });
        if on_backdrop {
            open.set(false);
        }
    };
    view! {
        <dialog
            class=class
            node_ref=element
            aria-labelledby=title_id
            on:mousedown=click
            on:close=move |_| open.set(false)
        >
            <div class="dialog-inner">{children()}</div>
        </dialog>
    }
}

/// Asks before something that hurts. `title` names the thing ("Disable Acme Ltd?"), the children say what follows;
/// `confirm` says what the button does ("Disable customer"), `dismiss` what the other one is called where "Cancel" would
/// be taken for the thing itself. That one has the focus, never the dangerous button.
///
/// `reason` asks for one and requires it; `must_type` holds the button back until exactly that is typed. The dialog
/// stays open until the caller sets `open` to false, showing `busy` and `problem` meanwhile.
#[component]
pub fn ConfirmDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] confirm: Signal<String>,
    #[prop(into)] on_confirm: Callback<()>,
    children: ChildrenFn,
    #[prop(default = words::CANCEL)] dismiss: &'static str,
    /// False for what is only worth a second look.
    #[prop(default = true)]
    danger: bool,
    #[prop(optional)] reason: Option<RwSignal<String>>,
    #[prop(optional, into)] must_type: MaybeProp<String>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] problem: MaybeProp<Problem>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    use_effect(move || {
        if open.get() {
            typed.set(String::new());
        }
    });
    let held_back = move || {
        reason.is_some_and(|reason| reason.with(|reason| reason.trim().is_empty()))
            || must_type.get().is_some_and(|wanted| typed.with(|typed| *typed != wanted))
    };
    let children = StoredValue::new(children);
    view! {
        <Dialog open title>
            {move || {
                problem.get().map(|problem| view! { <Banner tone=Tone::Bad title=problem.message alert=true /> })
            }}
            <div class="dialog-text">{children.with_value(|children| children())}</div>
            {reason
                .map(|value| {
                    view! { <TextAreaField name="reason" label=words::REASON value rows=2 max_length=500 required=true /> }
                })}
            {move || {
                must_type
                    .get()
                    .map(|wanted| {
                        let label = ["Type ", &wanted, " to confirm"].concat();
                        view! {
                            <TextField name="confirm" label value=typed kind=TextKind::Code autocomplete="off" required=true />
                        }
                    })
            }}
            <ButtonRow end=true>
                <CancelButton open word=dismiss />
                <Button
                    look=if danger { Look::Danger } else { Look::Primary }
                    busy
                    disabled=Signal::derive(held_back)
                    on_press=on_confirm
                >
                    {move || confirm.get()}
                </Button>
            </ButtonRow>
        </Dialog>
    }
}

/// Closes the dialog. Takes the focus when the dialog opens.
#[component]
pub fn CancelButton(
    open: RwSignal<bool>,
    #[prop(default = words::CANCEL)] word: &'static str,
) -> impl IntoView {
    view! {
        <button type="button" class="button" autofocus=true on:click=move |_| open.set(false)>
            <span class="button-label">{word}</span>
        </button>
    }
}
