//! Making a token.

use latchkey_shared::{
    api::{
        common::ListQuery,
        tokens::{AddToken, NewToken, Scopes},
    },
    text::tokens as text,
};
use leptos::prelude::*;

use super::{
    form::{CHOSEN, EVERYTHING, EXCHANGE_ONLY, Fields, ONE_KEY, SHIPPED},
    made::Made,
    sample::Sample,
    scopes::{self, ScopeGroup},
};
use crate::{
    api::{self, load, tokens, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, Choice, ChoiceCards, Crumb, DateField, FieldGroup, FieldNotes,
        FieldPair, FieldTies, Form, FormErrors, Look, NumberField, PageHeader, SelectField, TextField, words,
    },
    session::use_session,
};

#[component]
pub fn NewTokenPage() -> impl IntoView {
    let made = RwSignal::new(None::<(NewToken, Sample)>);
    let scopes = load(tokens::scopes);
    let body = scopes.view(10, move |known| {
        let body = move || match made.get() {
            Some((token, sample)) => view! { <Made token sample /> }.into_any(),
            None => view! { <TokenForm known=known.get_untracked() made /> }.into_any(),
        };
        view! { {body} }.into_any()
    });
    view! {
        <PageHeader title=text::NEW crumbs=vec![Crumb::new(text::TITLE, "/Tokens")] />
        <div class="form-page">{body}</div>
    }
    .into_any()
}

#[component]
fn TokenForm(known: Scopes, made: RwSignal<Option<(NewToken, Sample)>>) -> impl IntoView {
    let fields = Fields::new();
    let groups = StoredValue::new(scopes::groups(&known));
    let zone = untrack(|| use_session().vendor()).map(|vendor| vendor.time_zone).unwrap_or_default();
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let Some(form) = groups.with_value(|groups| fields.form(groups, &zone, errors)) else { return };
        let sample = groups.with_value(|groups| sample_of(&form, groups));
        sender.submit(errors, tokens::add(&form), move |token| made.set(Some((token, sample))));
    };
    view! {
        <Card>
            <Form errors busy=sender.busy() on_submit=submit>
                <TextField
                    name="name"
                    label=text::NAME
                    value=fields.name
                    help=text::NAME_HELP
                    autocomplete="off"
                    max_length=100
                    required=true
                    autofocus=true
                />
                {what(fields, groups)}
                {limits(fields)}
                <ButtonRow>
                    <Button submit=true look=Look::Primary busy=sender.busy()>
                        {text::CREATE}
                    </Button>
                    <ButtonLink href="/Tokens" look=Look::Quiet>
                        {words::CANCEL}
                    </ButtonLink>
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}

fn sample_of(form: &AddToken, groups: &[ScopeGroup]) -> Sample {
    let method = scopes::chosen(groups).into_iter().find_map(|scope| scope.method);
    Sample { scopes: form.scopes.clone(), method, product: form.product_lock, key: form.key_lock }
}

/// What the token may do.
fn what(fields: Fields, groups: StoredValue<Vec<ScopeGroup>>) -> AnyView {
    let purposes = vec![
        Choice::new(SHIPPED, text::SHIPPED).note(text::SHIPPED_NOTE),
        Choice::new(CHOSEN, text::CHOSEN).note(text::CHOSEN_NOTE),
        Choice::new(EVERYTHING, text::EVERYTHING).note(text::EVERYTHING_NOTE),
    ];
    let choosing = Memo::new(move |_| fields.purpose.with(|purpose| purpose == CHOSEN));
    let shipped = Memo::new(move |_| fields.purpose.with(|purpose| purpose == SHIPPED));
    let names = text::SHIPPED_SCOPES.map(|scope| view! { <code class="tag">{scope}</code> });
    view! {
        <ChoiceCards name="purpose" label=text::PURPOSE value=fields.purpose options=purposes />
        <div class="tags" hidden=move || !shipped.get()>
            {names.into_iter().collect_view()}
        </div>
        <div hidden=move || !choosing.get()>
            <FieldGroup title=text::SCOPES_TITLE>
                <ScopesNote />
                {groups.with_value(|groups| scopes::draw(groups))}
            </FieldGroup>
        </div>
    }
    .into_any()
}

/// Where the form says that nothing was chosen.
#[component]
fn ScopesNote() -> impl IntoView {
    let ties = FieldTies::new("scopes".to_owned(), MaybeProp::default(), MaybeProp::default());
    view! { <FieldNotes ties /> }
}

/// What the token is locked to, and until when it works.
fn limits(fields: Fields) -> AnyView {
    let found = load(|| {
        api::products::list(&ListQuery { limit: 100, sort: "name".to_owned(), ..ListQuery::default() })
    });
    let products = Signal::derive(move || {
        let rows = found.get().map(|list| list.items).unwrap_or_default();
        rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect::<Vec<_>>()
    });
    let keys = vec![Choice::new(ONE_KEY, text::ONE_KEY), Choice::new(EXCHANGE_ONLY, text::EXCHANGE)];
    let one_key = Memo::new(move |_| fields.key.with(|key| key == ONE_KEY));
    view! {
        <FieldGroup title=text::LIMITS_TITLE>
            <FieldPair>
                <SelectField
                    name="product_lock"
                    label=text::PRODUCT_LOCK
                    value=fields.product
                    options=products
                    placeholder=text::ANY_PRODUCT
                    help=text::PRODUCT_HELP
                />
                <SelectField
                    name="keys"
                    label=text::KEY_LOCK
                    value=fields.key
                    options=Signal::stored(keys)
                    placeholder=text::ANY_KEY
                    help=text::KEY_HELP
                />
            </FieldPair>
            <Show when=move || one_key.get()>
                <NumberField
                    name="key_lock"
                    label=text::KEY_ID
                    value=fields.key_id
                    min=1
                    help=text::KEY_ID_HELP
                    required=true
                />
            </Show>
            <FieldPair>
                <NumberField
                    name="feature_lock"
                    label=text::FEATURE_LOCK
                    value=fields.limit
                    min=1
                    max=2_147_483_647
                    help=text::FEATURE_HELP
                />
                <DateField name="expires" label=text::EXPIRY value=fields.day help=text::EXPIRY_HELP />
            </FieldPair>
        </FieldGroup>
    }
    .into_any()
}
