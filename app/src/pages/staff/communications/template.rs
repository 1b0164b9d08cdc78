//! The words of one message.

use latchkey_shared::{
    api::message_templates::{MessagePreview, MessageTemplate, MessageWords},
    message_template::TemplateKind,
    permission::Permission,
    text::{common::SAVE, communications, message_templates as text},
};
use leptos::prelude::*;

use super::content;
use crate::{
    api::{Load, Shown, check, load, message_templates, use_sender},
    components::{
        Button, ButtonRow, Card, Columns, ConfirmDialog, Crumb, Fact, Facts, Form, FormErrors, Glyph, Look,
        Missing, PageHeader, TextAreaField, TextField, use_toasts,
    },
    pages::staff::show::{self, may},
    routes::use_param,
};

#[component]
pub fn TemplatePage() -> impl IntoView {
    let kind = use_param("kind");
    let kind = Memo::new(move |_| kind.get().and_then(|kind| TemplateKind::parse(&kind)));
    move || match kind.get() {
        Some(kind) => {
            let template = load(move || message_templates::get(kind));
            template.page(kind.label(), 10, move |shown| draw(kind, template, shown))
        }
        None => view! {
            <PageHeader title=text::TITLE crumbs=vec![Crumb::new(communications::TITLE, "/Communications")] />
            <Missing back_to="/Communications/Templates" />
        }
        .into_any(),
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Words {
    subject: RwSignal<String>,
    text: RwSignal<String>,
}

impl Words {
    fn form(self) -> MessageWords {
        MessageWords { subject: self.subject.get_untracked(), text: self.text.get_untracked() }
    }

    fn show(self, template: &MessageTemplate) {
        self.subject.set(template.subject.clone());
        self.text.set(template.text.clone());
    }
}

fn draw(kind: TemplateKind, template: Load<MessageTemplate>, shown: Shown<MessageTemplate>) -> AnyView {
    let words = shown.with_untracked(|shown| Words {
        subject: RwSignal::new(shown.subject.clone()),
        text: RwSignal::new(shown.text.clone()),
    });
    let preview = RwSignal::new(None::<MessagePreview>);
    let own = Memo::new(move |_| shown.with(|shown| shown.changed.is_some()));
    let actions = move || {
        (own.get() && may(Permission::SettingsWrite))
            .then(|| view! { <Reset kind template words preview /> })
            .into_any()
    };
    let aside = move || view! { {move || changed(shown.get())} {placeholders(kind)} }.into_any();
    view! {
        <PageHeader
            title=kind.label()
            crumbs=vec![
                Crumb::new(communications::TITLE, "/Communications"),
                Crumb::new(text::TITLE, "/Communications/Templates"),
            ]
            actions=ViewFn::from(move || view! { {actions} }.into_any())
        >
            <span class="muted">{kind.about()}</span>
        </PageHeader>
        <Columns aside=ViewFn::from(aside)>
            {form(kind, template, words, preview)} {move || preview.get().map(letter)}
        </Columns>
    }
    .into_any()
}

/// Whose words they are.
fn changed(template: MessageTemplate) -> AnyView {
    let Some(at) = template.changed else { return ().into_any() };
    view! {
        <Card title=text::CHANGED>
            <p>{show::when(at)} " " {template.changed_by}</p>
        </Card>
    }
    .into_any()
}

/// What may stand in it.
fn placeholders(kind: TemplateKind) -> AnyView {
    let facts = kind.placeholders().iter().map(move |placeholder| {
        let name = ["{", placeholder.as_str(), "}"].concat();
        let needed = (kind.needs() == Some(*placeholder)).then(|| [" (", text::NEEDED, ")"].concat());
        view! { <Fact label=name>{placeholder.label()} {needed}</Fact> }
    });
    view! {
        <Card title=text::PLACEHOLDERS>
            <p class="muted">{text::PLACEHOLDERS_BODY}</p>
            <Facts>{facts.collect_view()}</Facts>
        </Card>
    }
    .into_any()
}

fn form(
    kind: TemplateKind,
    template: Load<MessageTemplate>,
    words: Words,
    preview: RwSignal<Option<MessagePreview>>,
) -> AnyView {
    let errors = FormErrors::new();
    let (saving, looking, testing) = (use_sender(), use_sender(), use_sender());
    let toasts = use_toasts();
    let submit = move || {
        let form = words.form();
        if check(&form, errors) {
            saving.submit(errors, message_templates::change(kind, &form), move |kept| {
                words.show(&kept);
                template.set(kept);
                toasts.good(text::SAVED);
            });
        }
    };
    let look = move || {
        errors.reset();
        let form = words.form();
        if check(&form, errors) {
            looking.submit(errors, message_templates::preview(kind, &form), move |made| {
                preview.set(Some(made));
            });
        }
    };
    let test = move || {
        errors.reset();
        let form = words.form();
        if check(&form, errors) {
            testing.submit(errors, message_templates::test(kind, &form), move |()| toasts.good(text::TESTED));
        }
    };
    let may_change = may(Permission::SettingsWrite);
    let change = may_change.then(|| {
        view! {
            <Button submit=true look=Look::Primary busy=saving.busy()>
                {SAVE}
            </Button>
            <Button icon=Glyph::Send busy=testing.busy() on_press=test>
                {text::TEST}
            </Button>
        }
    });
    view! {
        <Card>
            <Form errors on_submit=submit busy=saving.busy()>
                <TextField
                    name="subject"
                    label=text::SUBJECT
                    value=words.subject
                    required=true
                    readonly=!may_change
                    autocomplete="off"
                    max_length=100
                />
                <TextAreaField
                    name="text"
                    label=text::TEXT
                    value=words.text
                    rows=12
                    required=true
                    disabled=!may_change
                    help=text::TEXT_HELP
                    max_length=5_000
                />
                <ButtonRow>
                    <Button icon=Glyph::Eye busy=looking.busy() on_press=look>
                        {text::PREVIEW}
                    </Button>
                    {change}
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}

/// The message as a customer would read it.
fn letter(preview: MessagePreview) -> AnyView {
    let parts = content::parts(&preview.text);
    view! {
        <Card title=text::PREVIEW>
            <p class="muted">{text::PREVIEW_NOTE}</p>
            <h3>{preview.subject}</h3>
            {content::draw(&parts)}
        </Card>
    }
    .into_any()
}

#[component]
fn Reset(
    kind: TemplateKind,
    template: Load<MessageTemplate>,
    words: Words,
    preview: RwSignal<Option<MessagePreview>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let sender = use_sender();
    let toasts = use_toasts();
    let confirm = move || {
        sender.confirm(message_templates::reset(kind), move |original| {
            open.set(false);
            words.show(&original);
            preview.set(None);
            template.set(original);
            toasts.good(text::RESET_DONE);
        });
    };
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    view! {
        <Button icon=Glyph::Undo on_press=ask>
            {text::RESET}
        </Button>
        <ConfirmDialog
            open
            title=text::RESET_TITLE
            confirm=text::RESET
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::RESET_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
