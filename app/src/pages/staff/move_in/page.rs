//! The page: its steps, one below the other.

use std::time::Duration;

use latchkey_shared::{
    api::move_in::{MoveIn, RunState},
    permission::Permission,
    text::{move_in as text, settings},
};
use leptos::prelude::*;

use super::{
    files::FilesStep,
    invite::InviteStep,
    programs::ProgramsStep,
    runs::{DryStep, ImportStep},
    token::TokenStep,
};
use crate::{
    api::{self, Load, load, move_in},
    components::{Banner, Crumb, PageHeader, Tone},
    pages::staff::show::may,
};

/// How often is asked while something runs.
const LOOK_EVERY: Duration = Duration::from_millis(800);

/// What the steps share.
#[derive(Clone, Copy)]
pub struct Moving {
    pub load: Load<MoveIn>,
    pub data: api::Shown<MoveIn>,
    /// Whether files are being gone through.
    pub running: Memo<bool>,
    pub may_write: bool,
}

/// Whether a dry run or an import is under way.
fn is_running(moving: &MoveIn) -> bool {
    [&moving.dry_run, &moving.import].into_iter().flatten().any(|run| run.state == RunState::Running)
}

#[component]
pub fn MoveInPage() -> impl IntoView {
    let moving = load(move_in::get);
    let running = Memo::new(move |_| moving.with(|moving| moving.is_some_and(is_running)));
    let moving = moving.poll(Signal::from(running), LOOK_EVERY);
    let may_write = may(Permission::SettingsWrite);
    let body = moving.view(12, move |data| {
        let shared = Moving { load: moving, data, running, may_write };
        let invite = may(Permission::LinksManage).then(|| view! { <InviteStep moving=shared /> });
        view! {
            <ol class="guide">
                <FilesStep moving=shared />
                <DryStep moving=shared />
                <ImportStep moving=shared />
                <TokenStep moving=shared />
                {invite}
                <ProgramsStep moving=shared />
            </ol>
        }
        .into_any()
    });
    view! {
        <PageHeader title=text::TITLE crumbs=vec![Crumb::new(settings::TITLE, "/Settings")]>
            <span>{text::INTRO}</span>
        </PageHeader>
        {(!may_write).then(|| view! { <Banner tone=Tone::Neutral title=text::READ_ONLY /> })}
        <div class="form-page">{body}</div>
    }
    .into_any()
}
