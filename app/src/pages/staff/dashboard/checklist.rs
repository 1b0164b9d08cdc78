//! What is left to set up.

use latchkey_shared::{
    api::dashboard::{Checklist, Dashboard},
    permission::Permission as May,
    text::dashboard as text,
};
use leptos::prelude::*;

use crate::{
    components::{Card, Step, StepState, Steps},
    session::use_session,
};

/// All steps: in place of the numbers while nothing can be sold.
pub fn whole(shown: Signal<Option<Dashboard>>) -> AnyView {
    let session = use_session();
    let steps = Signal::derive(move || steps(shown, |needs| session.may(needs)));
    view! {
        <Card title=text::SETUP_TITLE>
            <p class="muted">{text::SETUP_INTRO}</p>
            <Steps steps />
        </Card>
    }
    .into_any()
}

/// The steps that are still open; nothing when none is, or for those who cannot carry them out. Below the charts, so that
/// the numbers do not move when it comes.
pub fn rest(shown: Signal<Option<Dashboard>>) -> AnyView {
    let session = use_session();
    let open = Memo::new(move |_| {
        let mut steps = if session.may(May::SettingsWrite) {
            steps(shown, |needs| session.may(needs))
        } else {
            Vec::new()
        };
        steps.retain(|step| step.state != StepState::Done);
        steps
    });
    let card = move || {
        open.with(|open| !open.is_empty()).then(|| {
            view! {
                <Card title=text::SETUP_REST>
                    <Steps steps=open />
                </Card>
            }
        })
    };
    view! { {card} }.into_any()
}

fn steps(shown: Signal<Option<Dashboard>>, may: impl Fn(May) -> bool) -> Vec<Step> {
    let Some(Checklist { company, stripe, product, terms, mail, link_shared }) =
        shown.with(|shown| shown.as_ref().map(|shown| shown.checklist.clone()))
    else {
        return Vec::new();
    };
    let step = |(label, note): (&str, &str), done: bool, href: &str, needs: May| {
        let step = Step::new(label, if done { StepState::Done } else { StepState::Waiting });
        match (done, may(needs)) {
            (true, _) => step,
            (false, true) => step.note(note).href(href),
            (false, false) => step.note(note),
        }
    };
    vec![
        step(text::STEP_COMPANY, company, "/Settings/company", May::SettingsWrite),
        step(text::STEP_STRIPE, stripe, "/Stripe/Connect", May::StripeManage),
        step(text::STEP_PRODUCT, product, "/Stripe", May::StripeManage),
        step(text::STEP_TERMS, terms, "/Settings/terms", May::SettingsWrite),
        step(text::STEP_MAIL, mail, "/Settings/mail", May::SettingsWrite),
        step(text::STEP_LINK, link_shared, "/Customer/SignUpLink", May::LinksManage),
    ]
}
