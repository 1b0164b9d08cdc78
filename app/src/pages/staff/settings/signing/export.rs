//! Taking a private half out: asked first, shown in the same dialog, forgotten when that closes.

use latchkey_shared::{api::signing::SigningKey, text::signing as text};
use leptos::prelude::*;

use crate::{
    api::{signing, use_sender},
    components::{Banner, Button, ButtonRow, CancelButton, CodeBlock, Dialog, Look, Tone},
    pages::staff::show::open_while,
};

/// Open while `asked` holds a pair.
#[component]
pub fn ExportDialog(asked: RwSignal<Option<SigningKey>>) -> impl IntoView {
    let open = open_while(asked);
    let title = Signal::derive(move || {
        asked.with(|pair| pair.as_ref().map(|pair| text::export_question(&pair.name)).unwrap_or_default())
    });
    view! {
        <Dialog open title wide=true>
            {asked.get_untracked().map(|pair| view! { <Export id=pair.id open /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Export(id: i64, open: RwSignal<bool>) -> impl IntoView {
    let sender = use_sender();
    let private = RwSignal::new(None::<String>);
    let export = move || {
        sender.confirm(signing::export(id), move |exported| private.set(Some(exported.private_pem)));
    };
    let problem = sender.problem();
    let body = move || match private.get() {
        None => view! {
            <p>{text::EXPORT_TEXT}</p>
            <ButtonRow end=true>
                <CancelButton open />
                <Button look=Look::Danger busy=sender.busy() on_press=export>
                    {text::EXPORT_CONFIRM}
                </Button>
            </ButtonRow>
        }
        .into_any(),
        Some(private) => view! {
            <p>{text::EXPORTED_NOTE}</p>
            <CodeBlock label=text::EXPORTED code=private />
            <ButtonRow end=true>
                <Button on_press=move || open.set(false)>{text::EXPORT_CLOSE}</Button>
            </ButtonRow>
        }
        .into_any(),
    };
    view! {
        {move || problem.get().map(|problem| view! { <Banner tone=Tone::Bad title=problem.message alert=true /> })}
        {body}
    }
    .into_any()
}
