//! One file, for example a logo.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::components::{Button, Field, FieldTies, Glyph, Look, Press, words};

/// Asks for one file, or with `multiple` for any number, and hands each to `on_file`, chosen or dropped. `accept` is a list of types such as
/// `image/png,image/svg+xml`; the server decides in the end. `preview` is the address of what is there now.
#[component]
pub fn FileField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] accept: String,
    on_file: UnsyncCallback<(File,)>,
    #[prop(optional)] multiple: bool,
    #[prop(optional, into)] preview: MaybeProp<String>,
    #[prop(optional, into)] on_remove: Press,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let hand_on = move |files: Option<web_sys::FileList>| {
        let Some(files) = files else { return };
        let most = if multiple { files.length() } else { 1 };
        // First all of them: emptying the input empties the list.
        let files: Vec<File> = (0..most).filter_map(|index| files.get(index)).collect();
        for file in files {
            ties.edited();
            on_file.run((file,));
        }
    };
    let chosen = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        hand_on(input.files());
        // Choosing the same file again must count as a choice.
        input.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        hand_on(event.data_transfer().and_then(|data| data.files()));
    };
    let open = move || {
        if let Some(input) = input.get_untracked() {
            input.unchecked_ref::<web_sys::HtmlElement>().click();
        }
    };
    view! {
        <Field ties label>
            <div
                class="file-drop"
                class:over=over
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                {move || preview.get().map(|address| view! { <img class="file-preview" src=address alt="" /> })}
                <input
                    node_ref=input
                    class="unseen"
                    type="file"
                    tabindex="-1"
                    id=ties.id()
                    name=ties.name()
                    accept=accept
                    multiple=multiple
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    on:change=chosen
                />
                <Button small=true icon=Glyph::Upload busy on_press=open>
                    {if multiple { words::CHOOSE_FILES } else { words::CHOOSE_FILE }}
                </Button>
                {move || {
                    let on_remove = on_remove.get().filter(|_| preview.get().is_some())?;
                    Some(view! { <Button small=true look=Look::Quiet on_press=on_remove>{words::REMOVE}</Button> })
                }}
            </div>
        </Field>
    }
}
