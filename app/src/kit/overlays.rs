//! What lies above a page.

use leptos::prelude::*;

use crate::{
    components::{
        Button, ButtonRow, CancelButton, Card, ConfirmDialog, Dialog, Fact, Facts, Form, FormErrors, Look,
        PageHeader, Problem, SidePanel, TextField, ThemeSwitch, use_toasts,
    },
    hooks::{use_debounced, use_media, use_online, use_poll},
};
use std::time::Duration;

#[component]
pub fn Overlays() -> impl IntoView {
    view! {
        <PageHeader title="Overlays" />
        <Card title="Dialogs">
            <Dialogs />
        </Card>
        <Card title="Theme">
            <ThemeSwitch />
        </Card>
        <Card title="Browser">
            <Browser />
        </Card>
    }
}

#[component]
fn Dialogs() -> impl IntoView {
    let (editing, confirming, deleting, panel) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let problem = RwSignal::new(None::<Problem>);
    let reason = RwSignal::new(String::new());
    let tag = RwSignal::new(String::new());
    let toasts = use_toasts();
    let errors = FormErrors::new();
    let refuse = move || {
        problem
            .set(Some(Problem::new("conflict", "This customer has an open payment. Try again in a minute.")));
    };
    let add = move || {
        editing.set(false);
        toasts.good("Tag added");
    };
    view! {
        <ButtonRow>
            <Button on_press=move || editing.set(true)>"A form"</Button>
            <Button on_press=move || confirming.set(true)>"With a reason"</Button>
            <Button on_press=move || deleting.set(true)>"Type to confirm"</Button>
            <Button on_press=move || panel.set(true)>"Side panel"</Button>
        </ButtonRow>
        <Dialog open=editing title="Add a tag">
            <Form errors on_submit=add>
                <TextField name="tag" label="Tag" value=tag required=true autofocus=true />
                <ButtonRow end=true>
                    <CancelButton open=editing />
                    <Button submit=true look=Look::Primary>
                        "Add tag"
                    </Button>
                </ButtonRow>
            </Form>
        </Dialog>
        <ConfirmDialog
            open=confirming
            title="Disable Northwind Traders?"
            confirm="Disable customer"
            reason
            problem
            on_confirm=refuse
        >
            <p>"Its 3 licence keys stop working within a second, and nobody of theirs can sign in until you enable it."</p>
        </ConfirmDialog>
        <ConfirmDialog
            open=deleting
            title="Delete Northwind Traders?"
            confirm="Delete customer"
            must_type="Northwind Traders"
            on_confirm=move || deleting.set(false)
        >
            <p>"The customer, its keys and its history are removed. This cannot be undone."</p>
        </ConfirmDialog>
        <SidePanel open=panel title="Delivery #812">
            <Facts>
                <Fact label="To">"ada@example.com"</Fact>
                <Fact label="State">"Delivered"</Fact>
                <Fact label="Subject">"Your licence key"</Fact>
            </Facts>
        </SidePanel>
    }
}

#[component]
fn Browser() -> impl IntoView {
    let online = use_online();
    let narrow = use_media("(max-width: 720px)");
    let ticks = RwSignal::new(0_u32);
    let settled = use_debounced::<u32>(ticks.into(), Duration::from_millis(1500));
    use_poll(Signal::stored(true), Duration::from_secs(1), move || ticks.update(|ticks| *ticks += 1));
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    view! {
        <Facts stacked=true>
            <Fact label="Online">{move || yes(online.get())}</Fact>
            <Fact label="Narrow">{move || yes(narrow.get())}</Fact>
            <Fact label="Seconds watched">{ticks}</Fact>
            <Fact label="Settled">{settled}</Fact>
        </Facts>
    }
}
