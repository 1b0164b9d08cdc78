//! Inviting customers who have no account yet, some hundred at a time until none is left.

use latchkey_shared::{api::move_in::Invitations, text::move_in as text};
use leptos::prelude::*;

use super::page::Moving;
use crate::{
    api::{Load, Sender, load, move_in, use_sender},
    components::{
        Banner, Button, ButtonLink, ButtonRow, ConfirmDialog, Fact, Facts, ProgressBar, Toasts, Tone,
        use_toasts,
    },
    hooks::use_effect,
    pages::staff::step::Step,
};

/// What the step works with.
#[derive(Clone, Copy)]
struct Inviting {
    load: Load<Invitations>,
    open: RwSignal<bool>,
    /// How many were waiting when it was begun; 0 while nothing is done.
    of: RwSignal<i64>,
    sent: RwSignal<i64>,
    sender: Sender,
    toasts: Toasts,
}

impl Inviting {
    fn next(self, count: i64) {
        self.sender.confirm(move_in::invite(count), move |invited| {
            self.open.set(false);
            self.sent.update(|sent| *sent += invited.sent);
            if invited.left > 0 {
                self.next(invited.left);
            } else {
                self.toasts.good(text::invited(self.sent.get_untracked()));
                self.of.set(0);
                self.load.again();
            }
        });
    }
}

#[component]
pub fn InviteStep(moving: Moving) -> impl IntoView {
    let invitations = load(move_in::invitations);
    // Whoever was moved in is waiting from then on.
    let finished = Memo::new(move |_| moving.data.get().import.and_then(|run| run.finished));
    use_effect(move || {
        if finished.get().is_some() {
            invitations.refresh();
        }
    });
    let inviting = Inviting {
        load: invitations,
        open: RwSignal::new(false),
        of: RwSignal::new(0),
        sent: RwSignal::new(0),
        sender: use_sender(),
        toasts: use_toasts(),
    };
    let body = invitations.view(4, move |data| {
        let waiting = Memo::new(move |_| data.get().waiting);
        view! {
            {move || facts(&data.get())}
            {move || action(inviting, &data.get())}
            <Confirm inviting waiting />
        }
        .into_any()
    });
    let progress = move || {
        (inviting.of.get() > 0 && inviting.sender.busy().get()).then(|| {
            let number = |number: i64| u64::try_from(number).unwrap_or_default();
            let done = Signal::derive(move || number(inviting.sent.get()));
            let of = Signal::derive(move || Some(number(inviting.of.get())));
            view! { <ProgressBar label=text::INVITE_UNDER_WAY done of /> }
        })
    };
    view! {
        <Step number="5" title=text::STEP_INVITE>
            <p>{text::INVITE_BODY}</p>
            {body}
            {progress}
        </Step>
    }
    .into_any()
}

fn facts(shown: &Invitations) -> AnyView {
    let Invitations { waiting, invited, without_address, .. } = *shown;
    view! {
        <Facts stacked=true>
            <Fact label=text::WAITING>{waiting}</Fact>
            <Fact label=text::INVITED>{invited}</Fact>
            <Fact label=text::WITHOUT_ADDRESS>{without_address}</Fact>
        </Facts>
    }
    .into_any()
}

fn action(inviting: Inviting, shown: &Invitations) -> AnyView {
    if !shown.can_send {
        return view! {
            <Banner tone=Tone::Notice title=text::INVITE_NO_MAIL>
                <ButtonLink href="/Settings/mail" small=true>
                    {text::MAIL_SETTINGS}
                </ButtonLink>
            </Banner>
        }
        .into_any();
    }
    if shown.waiting == 0 {
        return view! { <p class="muted">{text::INVITE_NOBODY}</p> }.into_any();
    }
    let waiting = shown.waiting;
    let ask = move || {
        inviting.sender.forget();
        inviting.open.set(true);
    };
    view! {
        <ButtonRow>
            <Button busy=inviting.sender.busy() on_press=ask>
                {text::invite(waiting)}
            </Button>
        </ButtonRow>
    }
    .into_any()
}

#[component]
fn Confirm(inviting: Inviting, waiting: Memo<i64>) -> impl IntoView {
    let confirmed = Callback::from(move || {
        let count = waiting.get_untracked();
        inviting.of.set(count);
        inviting.sent.set(0);
        inviting.next(count);
    });
    view! {
        <ConfirmDialog
            open=inviting.open
            title=Signal::derive(move || text::invite_question(waiting.get()))
            confirm=Signal::derive(move || text::invite(waiting.get()))
            on_confirm=confirmed
            danger=false
            busy=inviting.sender.busy()
            problem=inviting.sender.problem()
        >
            <p>{text::INVITE_CONFIRM_BODY}</p>
        </ConfirmDialog>
    }
    .into_any()
}
