//! The customers' pages, put together from the kit.

use leptos::prelude::*;

use crate::{
    components::{
        Badge, Button, Card, CheckboxField, Choice, Fact, Facts, Form, FormErrors, Glyph, Grid, LicenceKey,
        Look, MenuItem, OutLink, PageHeader, PasswordField, Strength, TextField, TextKind, Tone,
    },
    shell::{Brand, NavItem, Person, PortalShell, QuietPage},
};

fn brand() -> Brand {
    Brand { name: "Example Studio".to_owned(), logo: None }
}

fn shell(page: AnyView) -> AnyView {
    let nav = vec![
        NavItem::new("Home", "/kit/portal", Glyph::Home),
        NavItem::new("Licences", "/kit/licences", Glyph::Key),
        NavItem::new("Billing", "/kit/billing", Glyph::Card),
        NavItem::new("Account", "/kit/account", Glyph::Person),
    ];
    let person = Person { name: "Grace Hopper".to_owned(), detail: "grace@hopper.example".to_owned() };
    view! {
        <PortalShell
            brand=Signal::stored(brand())
            home="/kit/portal"
            nav=nav
            person=Signal::stored(person)
            person_menu=|| {
                view! {
                    <MenuItem icon=Glyph::SignOut on_press=|| ()>
                        "Sign out"
                    </MenuItem>
                }
            }
            customers=vec![Choice::new("1041", "Hopper & Daughters"), Choice::new("1042", "Northwind Traders")]
            customer="1041"
            on_customer=|_: String| ()
        >
            {page}
        </PortalShell>
    }
    .into_any()
}

#[component]
pub fn Home() -> impl IntoView {
    let page = view! {
        <PageHeader title="Good morning, Grace" />
        <Card title="Studio Pro" actions=|| view! { <Badge tone=Tone::Good text="Active" /> }>
            <p>"Renews on 3 March 2027 for €49.00."</p>
            <LicenceKey key_text="KTZQF-MWXPL-VRNHD-GJCBS" large=true />
            <Facts stacked=true>
                <Fact label="Machines">"3 of 5"</Fact>
                <Fact label="Valid until">"10 March 2027"</Fact>
                <Fact label="Next payment">"3 March 2027"</Fact>
            </Facts>
        </Card>
    };
    shell(page.into_any())
}

#[component]
pub fn Plans() -> impl IntoView {
    let plan = |name: &'static str, price: &'static str, look: Look| {
        view! {
            <Card title=name>
                <p>{price}</p>
                <p class="muted">"All features, up to 5 machines. 14 days free, cancel whenever you like."</p>
                <Button look>"Subscribe"</Button>
            </Card>
        }
    };
    let page = view! {
        <PageHeader title="Choose a plan" />
        <Grid>{plan("Monthly", "€5 every month", Look::Secondary)} {plan("Yearly", "€49 every year", Look::Primary)}</Grid>
    };
    shell(page.into_any())
}

#[component]
pub fn SignUp() -> impl IntoView {
    let errors = FormErrors::new();
    let password = RwSignal::new("correct horse battery".to_owned());
    let strength = Signal::stored(Some(Strength { level: 4, words: "Strong".to_owned() }));
    view! {
        <QuietPage
            title="Create your account"
            brand=brand()
            below=|| view! { <p>"Already have one? " <a href="/kit">"Sign in"</a></p> }
        >
            <p>"Example Studio invites you to its customer portal."</p>
            <Form errors on_submit=move || errors.set("accept", "Please accept the terms of use to go on.")>
                <TextField
                    name="email"
                    label="E-mail"
                    kind=TextKind::Email
                    value=RwSignal::new("grace@hopper.example".to_owned())
                    readonly=true
                    required=true
                    autocomplete="username"
                />
                <TextField name="name" label="Name" value=RwSignal::default() autocomplete="name" required=true />
                <PasswordField name="password" label="Password" value=password new_password=true strength />
                <CheckboxField name="accept" value=RwSignal::new(false) required=true>
                    "I accept the " <OutLink href="https://example.com/terms">"terms of use"</OutLink>
                </CheckboxField>
                <Button submit=true look=Look::Primary>
                    "Create account"
                </Button>
            </Form>
        </QuietPage>
    }
}
