//! Banners, toasts, states, skeletons, progress.

use leptos::prelude::*;

use crate::components::{
    Banner, Button, ButtonRow, Card, Column, Columns, DataTable, EmptyState, ErrorState, Forbidden, Glyph,
    Grid, Missing, PageHeader, Problem, ProgressBar, Row, Skeleton, SkeletonCard, Spinner, Stack, Step,
    StepState, Steps, Timeline, TimelineEntry, Tone, now_ms, use_toasts,
};

#[component]
pub fn Messages() -> impl IntoView {
    view! {
        <PageHeader title="Messages" />
        <Columns aside=|| view! { <Progress /><History /> }>
            <Banners />
            <Toasting />
            <States />
        </Columns>
    }
}

#[component]
fn Banners() -> impl IntoView {
    view! {
        <Stack>
            <Banner tone=Tone::Good title="Stripe is connected." on_dismiss=|| () />
            <Banner tone=Tone::Notice title="Mail is not set up">
                <p>"Sign-up by link stays off until Latchkey can prove e-mail addresses."</p>
                <ButtonRow>
                    <Button small=true>"Set up mail"</Button>
                </ButtonRow>
            </Banner>
            <Banner tone=Tone::Bad title="The last payment failed. The key works for 4 more days." />
            <Banner title="Data as of 3 minutes ago." />
        </Stack>
    }
}

#[component]
fn Toasting() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <Card title="Toasts">
            <ButtonRow>
                <Button on_press=move || toasts.good("Customer saved")>"Succeeded"</Button>
                <Button on_press=move || toasts.notice("The link was switched off meanwhile")>"Notice"</Button>
                <Button on_press=move || toasts.bad("The message could not be sent")>"Failed"</Button>
                <Button on_press=move || {
                    toasts.undoable("Tag removed", move || toasts.good("Tag is back"));
                }>"Undoable"</Button>
            </ButtonRow>
        </Card>
    }
}

#[component]
fn States() -> impl IntoView {
    let problem = Problem {
        request_id: Some("01JD8ZK7Q3".to_owned()),
        ..Problem::new("internal", "The server did not answer in time. Nothing was changed.")
    };
    let columns = || vec![Column::new("Name"), Column::new("Status"), Column::new("Paid").right()];
    let rows = || Some(Vec::<Row>::new());
    view! {
        <Grid>
            <Card flush=true>
                <EmptyState title="No tickets" body="Nobody has asked anything yet." glyph=Glyph::Speech />
            </Card>
            <Card flush=true>
                <ErrorState problem on_retry=|| () />
            </Card>
            <Card flush=true>
                <Forbidden />
            </Card>
            <Card flush=true>
                <Missing />
            </Card>
            <SkeletonCard />
            <Card title="Loading">
                <Skeleton lines=2 />
                <Spinner label="Waiting for Stripe" />
            </Card>
        </Grid>
        <Card title="A table of nothing" flush=true>
            <DataTable label="Nothing" columns=columns() rows=rows() />
        </Card>
    }
}

#[component]
fn Progress() -> impl IntoView {
    let after_payment = || {
        vec![
            Step::new("Payment received", StepState::Done).note("€49.00, 12 seconds ago"),
            Step::new("Making your licence", StepState::Running),
            Step::new("Ready", StepState::Waiting),
        ]
    };
    let checklist = || {
        vec![
            Step::new("Connect Stripe", StepState::Done).href("/kit"),
            Step::new("Map a product", StepState::Failed).note("skm_product_id is missing.").href("/kit"),
            Step::new("Set your terms", StepState::Waiting).href("/kit"),
        ]
    };
    view! {
        <Card title="Steps">
            <Steps steps=after_payment() />
            <Steps steps=checklist() />
        </Card>
        <Card title="Progress">
            <ProgressBar label="Importing customers" done=3_120 of=Some(12_408) />
            <ProgressBar label="Waiting" done=0 of=None />
        </Card>
    }
}

#[component]
fn History() -> impl IntoView {
    let now = now_ms();
    let entry = |glyph: Glyph, tone: Tone, title: &'static str, ago: i64, by: Option<&str>| TimelineEntry {
        glyph,
        tone,
        title: ViewFn::from(move || title),
        body: None,
        at: now - ago * 3_600_000,
        by: by.map(str::to_owned),
    };
    let entries = vec![
        entry(Glyph::Key, Tone::Accent, "Licence key 7 made", 1, Some("Stripe")),
        entry(Glyph::Card, Tone::Good, "€49.00 paid", 1, Some("Stripe")),
        entry(Glyph::Attention, Tone::Bad, "Payment failed: card declined", 27, Some("Stripe")),
        entry(Glyph::Document, Tone::Neutral, "Terms 2026-11 accepted", 30, Some("ada@example.com")),
        TimelineEntry {
            body: Some(ViewFn::from(|| "“Welcome to Example”, delivered")),
            ..entry(Glyph::Mail, Tone::Neutral, "Message sent", 31, None)
        },
    ];
    view! {
        <Card title="Timeline">
            <Timeline entries=entries />
        </Card>
    }
}
