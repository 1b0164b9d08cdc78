//! Whose key it is.

use latchkey_shared::{api::keys::EditKey, permission::Permission, text::keys as text};
use leptos::prelude::*;

use super::{
    edit::KeyEditor,
    picker::{CustomerPicker, Picked},
};
use crate::{
    components::{Button, ButtonRow, CancelButton, Card, ConfirmDialog, Dialog, Form, FormErrors, Look},
    pages::staff::show::{self, may},
};

#[component]
pub fn CustomerCard(editor: KeyEditor) -> impl IntoView {
    let data = editor.data;
    let (choosing, taking) = (RwSignal::new(false), RwSignal::new(false));
    let owner = Memo::new(move |_| data.with(|key| key.row.customer.zip(key.row.customer_name.clone())));
    let may_change = may(Permission::KeysWrite) && may(Permission::CustomersRead);
    let buttons = move || {
        let owned = owner.with(Option::is_some);
        let word = if owned { text::CHANGE_CUSTOMER } else { text::ASSOCIATE };
        may_change.then(|| {
            view! {
                <ButtonRow>
                    <Button small=true on_press=move || choosing.set(true)>
                        {word}
                    </Button>
                    {owned
                        .then(|| {
                            view! {
                                <Button small=true look=Look::Quiet on_press=move || taking.set(true)>
                                    {text::REMOVE_CUSTOMER}
                                </Button>
                            }
                        })}
                </ButtonRow>
            }
        })
    };
    let take = move || {
        editor.save(
            |form: &mut EditKey| form.customer = None,
            text::TAKEN_AWAY,
            None,
            move || taking.set(false),
        );
    };
    let question = Signal::derive(move || {
        text::take_away_question(&owner.get().map(|(_, name)| name).unwrap_or_default())
    });
    view! {
        <Card title=text::CUSTOMER_TITLE>
            {move || match owner.get() {
                Some((id, name)) => show::customer(id, name),
                None => show::quiet(text::NO_CUSTOMER),
            }}
            {buttons}
        </Card>
        <Dialog open=choosing title=text::ASSOCIATE>
            <Choose editor open=choosing />
        </Dialog>
        <ConfirmDialog
            open=taking
            title=question
            confirm=text::REMOVE_CUSTOMER
            on_confirm=take
            busy=editor.sender.busy()
        >
            <p>{text::TAKE_AWAY_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}

#[component]
fn Choose(editor: KeyEditor, open: RwSignal<bool>) -> impl IntoView {
    let chosen = RwSignal::new(None::<Picked>);
    let errors = FormErrors::new();
    let submit = move || {
        let Some(Picked { id, name }) = chosen.get_untracked() else {
            errors.set("customer", text::PICK_FIRST);
            errors.settle();
            return;
        };
        let change = move |form: &mut EditKey| form.customer = Some(id);
        editor.save(change, text::associated(&name), Some(errors), move || open.set(false));
    };
    let busy = editor.sender.busy();
    view! {
        <Form errors busy on_submit=submit>
            <CustomerPicker name="customer" label=text::PICK_LABEL chosen required=true />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy>
                    {text::ASSOCIATE_SAVE}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
