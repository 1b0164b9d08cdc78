//! Buttons, badges, icons and other small things.

use leptos::prelude::*;

use crate::components::{
    Avatar, Badge, Button, ButtonLink, ButtonRow, Card, CopyField, CopyId, CountBadge, Glyph, Grid,
    IconButton, LicenceKey, Look, Menu, MenuItem, MenuLine, Money, OutLink, PageHeader, QrCode, Ring, Stack,
    Switch, Tag, TimeStyle, Tone, When, format_count, now_ms, unique_id,
};

const KEY: &str = "KTZQF-MWXPL-VRNHD-GJCBS";

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <PageHeader title="Controls" />
        <Grid>
            <Buttons />
            <Statuses />
            <Values />
            <Copying />
            <Rings />
            <super::icons::Icons />
        </Grid>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let busy = RwSignal::new(true);
    view! {
        <Card title="Buttons">
            <ButtonRow>
                <Button look=Look::Primary>"Primary"</Button>
                <Button>"Secondary"</Button>
                <Button look=Look::Quiet>"Quiet"</Button>
                <Button look=Look::Danger>"Danger"</Button>
            </ButtonRow>
            <ButtonRow>
                <Button look=Look::Primary icon=Glyph::Plus>
                    "Add customer"
                </Button>
                <Button icon=Glyph::Refresh>"Renew"</Button>
                <ButtonLink href="https://example.com/" new_tab=true>
                    "Stripe"
                </ButtonLink>
            </ButtonRow>
            <ButtonRow>
                <Button look=Look::Primary busy>
                    "Saving"
                </Button>
                <Button busy>"Saving"</Button>
                <Button look=Look::Primary disabled=true>
                    "Disabled"
                </Button>
                <Button disabled=true>"Disabled"</Button>
            </ButtonRow>
            <ButtonRow>
                <Button small=true>"Small"</Button>
                <Button small=true look=Look::Quiet icon=Glyph::Edit>
                    "Edit"
                </Button>
                <IconButton glyph=Glyph::Trash label="Delete" />
                <Menu label="More">
                    <MenuItem icon=Glyph::Clock on_press=|| ()>
                        "Extend"
                    </MenuItem>
                    <MenuItem icon=Glyph::Eye on_press=|| ()>
                        "View as customer"
                    </MenuItem>
                    <MenuItem icon=Glyph::Send disabled=true on_press=|| ()>
                        "Send link"
                    </MenuItem>
                    <MenuLine />
                    <MenuItem icon=Glyph::Trash danger=true on_press=|| ()>
                        "Delete customer"
                    </MenuItem>
                </Menu>
            </ButtonRow>
            <Switch label="Working" on=busy on_toggle=move |on: bool| busy.set(on) help="Drives the busy buttons above." />
            <Switch label="Not yours to change" on=true disabled=true on_toggle=|_: bool| () />
        </Card>
    }
}

#[component]
fn Statuses() -> impl IntoView {
    let badge = |(tone, text): (Tone, &'static str)| view! { <Badge tone=Signal::stored(tone) text /> };
    let statuses = [
        (Tone::Good, "Active"),
        (Tone::Accent, "Trial"),
        (Tone::Notice, "Past due"),
        (Tone::Bad, "Disabled"),
        (Tone::Neutral, "Expired"),
    ];
    view! {
        <Card title="Statuses">
            <ButtonRow>{statuses.map(badge).into_iter().collect_view()}</ButtonRow>
            <ButtonRow>
                <CountBadge count=Signal::stored(3) tone=Tone::Bad />
                <CountBadge count=Signal::stored(128) />
                <Tag text="vip" />
                <Tag text="reseller" />
            </ButtonRow>
            <ButtonRow>
                <Avatar name="Ada Lovelace" />
                <Avatar name="Northwind Traders" />
                <Avatar name="Grace Hopper" />
                <Avatar name="Zuse KG" />
                <Avatar name="Émilie du Châtelet" large=true />
            </ButtonRow>
        </Card>
    }
}

#[component]
fn Values() -> impl IntoView {
    let now = now_ms();
    let named = unique_id("values");
    view! {
        <Card title="Values">
            <p>
                <Money minor=124_050 currency="EUR" /> ", " <Money minor=-900 currency="USD" /> ", "
                <Money minor=500 currency="JPY" /> ", " <Money minor=12_345 currency="KWD" />
            </p>
            <p>
                <When at=now - 4 * 60_000 /> ", " <When at=now + 3 * 86_400_000 /> ", " <When at=now - 90 * 86_400_000 />
            </p>
            <p>
                <When at=now style=TimeStyle::Day /> ", " <When at=now style=TimeStyle::Exact />
            </p>
            <p id=named>{format_count(12_408.0)} " customers"</p>
            <p>
                "See " <OutLink href="https://example.com/terms">"the terms of use"</OutLink> "."
            </p>
        </Card>
    }
}

#[component]
fn Copying() -> impl IntoView {
    let link = "https://portal.example.com/Portal/@example.com/Associate?vid=1&auth=S3cretCode";
    view! {
        <Card title="Copying">
            <CopyField label="Sign-up link" value=link help="Anyone holding this link may create an account." />
            <p>
                "Customer " <CopyId value="1042" what="customer id" />
            </p>
            <LicenceKey key_text=KEY />
            <LicenceKey key_text=KEY blocked=true />
            <QrCode text=link label="Opens the sign-up link" />
        </Card>
    }
}

#[component]
fn Rings() -> impl IntoView {
    view! {
        <Card title="Rings">
            <ButtonRow>
                <Ring left=214 of=365 unit="days" tone=Tone::Good />
                <Ring left=6 of=30 unit="days" tone=Tone::Notice />
                <Ring left=0 of=30 unit="days" tone=Tone::Bad />
                <Ring left=3 of=5 unit="devices" tone=Tone::Accent />
            </ButtonRow>
            <Stack>
                <LicenceKey key_text=KEY large=true />
            </Stack>
        </Card>
    }
}
