//! Six digits that prove an e-mail address.

use latchkey_shared::{api::auth::ProofStarted, text::portal::join as words};
use leptos::prelude::*;

use super::quiet::focus_soon;
use crate::components::{Button, ButtonRow, Form, FormErrors, Look, TextField, TextKind, now_ms};

const MINUTE: i64 = 60_000;

/// Where the digits went, a field for them, and ways to get new ones and to change the address. Blanks and dashes in
/// what is pasted do not count.
#[component]
pub fn DigitsForm(
    proof: Signal<ProofStarted>,
    errors: FormErrors,
    #[prop(into)] busy: Signal<bool>,
    on_digits: Callback<(String,)>,
    on_again: Callback<()>,
    on_change: Callback<()>,
) -> impl IntoView {
    let digits = RwSignal::new(String::new());
    focus_soon("main input[name=code]");
    Effect::new(move |seen: Option<()>| {
        proof.track();
        if seen.is_some() {
            digits.set(String::new());
            focus_soon("main input[name=code]");
        }
    });
    let submit = move || {
        let code: String =
            digits.with_untracked(|digits| digits.chars().filter(char::is_ascii_digit).collect());
        if code.len() != 6 {
            errors.set("code", words::PROVE_ENTER);
        }
        if errors.settle() {
            on_digits.run((code,));
        }
    };
    let minutes =
        move || proof.with(|proof| (proof.expires.millis() - now_ms() + MINUTE - 1).max(0) / MINUTE);
    view! {
        <p>
            {move || proof.with(|proof| words::prove_sent(&proof.email))} " "
            {move || words::prove_for(minutes())}
        </p>
        <Form errors busy on_submit=submit>
            <TextField
                name="code"
                label=words::PROVE_DIGITS
                value=digits
                kind=TextKind::Digits
                autocomplete="one-time-code"
                max_length=20
                required=true
            />
            <Button look=Look::Primary submit=true busy>
                {words::PROVE}
            </Button>
        </Form>
        <p class="muted">{words::PROVE_SPAM}</p>
        <ButtonRow>
            <Button look=Look::Quiet small=true disabled=busy on_press=on_again>
                {words::PROVE_AGAIN}
            </Button>
            <Button look=Look::Quiet small=true disabled=busy on_press=on_change>
                {words::PROVE_CHANGE}
            </Button>
        </ButtonRow>
    }
}
