//! Choosing files: uploaded one after another, each read at once.

use std::collections::VecDeque;

use latchkey_shared::{
    api::move_in::{FILE_LIMIT, MoveIn, MoveInFile},
    text::move_in as text,
};
use leptos::prelude::*;
use web_sys::File;

use super::page::Moving;
use crate::{
    api::{Sender, move_in, use_sender},
    components::{Banner, Button, ButtonRow, FileField, Glyph, IconButton, Look, ProgressBar, Tone},
    pages::staff::step::Step,
};

/// Files that are listed by name; the rest is counted.
const LISTED: usize = 20;

/// What is being uploaded.
#[derive(Clone, Copy)]
struct Uploads {
    waiting: StoredValue<VecDeque<File>, LocalStorage>,
    done: RwSignal<u64>,
    of: RwSignal<u64>,
    problems: RwSignal<Vec<String>>,
    sender: Sender,
    moving: Moving,
}

impl Uploads {
    fn add(self, file: File) {
        if self.done.get_untracked() == self.of.get_untracked() {
            self.done.set(0);
            self.of.set(0);
            self.problems.update(Vec::clear);
        }
        self.of.update(|of| *of += 1);
        self.waiting.update_value(|waiting| waiting.push_back(file));
        self.next();
    }

    /// Uploads the next file, unless one is on its way.
    fn next(self) {
        if self.sender.busy().get_untracked() {
            return;
        }
        let file = self.waiting.try_update_value(VecDeque::pop_front).flatten();
        let Some(file) = file else {
            self.moving.load.again();
            return;
        };
        let name = file.name();
        if file.size() > f64::from(u32::try_from(FILE_LIMIT).unwrap_or(u32::MAX)) {
            self.ended(Some(text::not_uploaded(&name, text::TOO_LARGE)));
            return;
        }
        self.sender.send(move_in::add_file(file), move |answer| {
            self.ended(answer.err().map(|problem| text::not_uploaded(&name, &problem.sentence())));
        });
    }

    fn ended(self, problem: Option<String>) {
        self.problems.update(|problems| problems.extend(problem));
        self.done.update(|done| *done += 1);
        self.next();
    }
}

#[component]
pub fn FilesStep(moving: Moving) -> impl IntoView {
    let uploads = Uploads {
        waiting: StoredValue::new_local(VecDeque::new()),
        done: RwSignal::new(0),
        of: RwSignal::new(0),
        problems: RwSignal::default(),
        sender: use_sender(),
        moving,
    };
    let under_way = Memo::new(move |_| uploads.done.get() < uploads.of.get());
    let progress = move || {
        under_way.get().then(|| {
            let of = Signal::derive(move || Some(uploads.of.get()));
            view! { <ProgressBar label=text::UPLOADING done=uploads.done of=of /> }
        })
    };
    let problems = move || {
        let problem = |problem: String| view! { <Banner tone=Tone::Bad title=problem alert=true /> };
        uploads.problems.get().into_iter().map(problem).collect_view()
    };
    let field = move || {
        (moving.may_write && !moving.running.get()).then(|| {
            view! {
                <FileField
                    name="file"
                    label=text::FILES
                    accept=text::FILES_ACCEPT
                    multiple=true
                    on_file=UnsyncCallback::from(move |file: File| uploads.add(file))
                    busy=Signal::from(under_way)
                    help=text::FILES_HELP
                />
            }
        })
    };
    view! {
        <Step number="1" title=text::STEP_FILES>
            <p>{text::FILES_BODY}</p>
            {field}
            {progress}
            {problems}
            {move || listed(moving, &moving.data.get())}
        </Step>
    }
    .into_any()
}

fn listed(moving: Moving, shown: &MoveIn) -> AnyView {
    if shown.files.is_empty() {
        return view! { <p class="muted">{text::NO_FILES}</p> }.into_any();
    }
    // Those that cannot be read come first: they are in the way.
    let (broken, fine): (Vec<_>, Vec<_>) = shown.files.iter().partition(|file| file.problem.is_some());
    let more = shown.files.len().saturating_sub(LISTED);
    let rows: Vec<AnyView> =
        broken.into_iter().chain(fine).take(LISTED).map(|file| row(moving, file.clone())).collect();
    let more = (more > 0).then(|| view! { <p class="muted">{text::more_files(more)}</p> });
    view! {
        <div class="table-scroll" role="region" aria-label=text::FILES tabindex="0">
            <table class="small-table">
                <thead>
                    <tr>
                        <th scope="col">{text::FILE}</th>
                        <th scope="col">{text::HOLDS}</th>
                        <th scope="col">
                            <span class="unseen">{text::ACTIONS}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
        <RemoveAll moving />
    }
    .into_any()
}

fn row(moving: Moving, file: MoveInFile) -> AnyView {
    let MoveInFile { id, name, rows, problem, .. } = file;
    let holds = match problem {
        Some(problem) => view! { <span class="tone-bad">{problem}</span> }.into_any(),
        None => text::holds(rows.products, rows.customers, rows.keys, rows.objects).into_any(),
    };
    let remove = moving.may_write.then(|| view! { <Remove moving id name=name.clone() /> });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{holds}</td>
            <td class="right">{remove}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn Remove(moving: Moving, id: i64, name: String) -> impl IntoView {
    let sender = use_sender();
    let remove = move || sender.press(move_in::remove_file(id), move |()| moving.load.again());
    view! {
        <IconButton
            glyph=Glyph::Trash
            label=text::remove_file(&name)
            disabled=Signal::from(moving.running)
            on_press=remove
        />
    }
}

#[component]
fn RemoveAll(moving: Moving) -> impl IntoView {
    let sender = use_sender();
    let remove = move || sender.press(move_in::remove_files(), move |()| moving.load.again());
    moving.may_write.then(|| {
        view! {
            <ButtonRow>
                <Button
                    small=true
                    look=Look::Quiet
                    busy=sender.busy()
                    disabled=Signal::from(moving.running)
                    on_press=remove
                >
                    {text::REMOVE_ALL}
                </Button>
            </ButtonRow>
        }
    })
}
