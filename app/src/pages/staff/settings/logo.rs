//! The vendor's logo.

use latchkey_shared::text::settings as text;
use leptos::prelude::*;
use web_sys::File;

use super::page::Shown;
use crate::{
    api::{settings, use_sender},
    components::{Card, FileField, Press, use_toasts},
};

#[component]
pub fn LogoCard(shown: Shown) -> impl IntoView {
    let Shown { data, saved, read_only } = shown;
    let sender = use_sender();
    let toasts = use_toasts();
    let error = RwSignal::new(None::<String>);
    let logo = MaybeProp::derive(move || data.get().logo);
    let upload = move |file: File| {
        if let Err(wrong) = acceptable(&file) {
            error.set(Some(wrong.to_owned()));
            return;
        }
        error.set(None);
        sender.send(settings::set_logo(file), move |answer| match answer {
            Ok(settings) => {
                toasts.good(text::LOGO_SAVED);
                saved.run((settings,));
            }
            Err(problem) => error.set(Some(problem.sentence())),
        });
    };
    let remove = Callback::from(move || {
        error.set(None);
        sender.press(settings::remove_logo(), move |settings| {
            toasts.good(text::LOGO_REMOVED);
            saved.run((settings,));
        });
    });
    let body = if read_only {
        view! { {move || logo.get().map(|address| view! { <img class="file-preview" src=address alt=text::LOGO /> })} }.into_any()
    } else {
        view! {
            <FileField
                name="file"
                label=text::LOGO
                accept=text::LOGO_ACCEPT
                on_file=UnsyncCallback::from(upload)
                preview=logo
                on_remove=Press::from(remove)
                busy=sender.busy()
                help=text::LOGO_HELP
                error=MaybeProp::derive(move || error.get())
            />
        }
        .into_any()
    };
    view! { <Card title=text::LOGO_TITLE>{body}</Card> }.into_any()
}

/// The checks that need no upload; the server looks into the file.
fn acceptable(file: &File) -> Result<(), &'static str> {
    if !text::LOGO_ACCEPT.split(',').any(|kind| kind == file.type_()) {
        return Err(text::LOGO_WRONG_KIND);
    }
    if file.size() > f64::from(text::LOGO_MAX) {
        return Err(text::LOGO_TOO_BIG);
    }
    Ok(())
}
