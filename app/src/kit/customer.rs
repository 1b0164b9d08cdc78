//! A customer's page, put together from the kit.

use leptos::prelude::*;

use crate::components::{
    Badge, Banner, Button, ButtonRow, Card, Columns, CopyButton, CopyId, Crumb, Fact, FactCard, Facts, Glyph,
    LicenceKey, Menu, MenuItem, MenuLine, Money, OutLink, PageHeader, Ring, Tab, Tabs, Tag, TimeStyle, Tone,
    When, now_ms,
};

#[component]
pub fn Customer() -> impl IntoView {
    view! {
        <PageHeader title="Northwind Traders" crumbs=vec![Crumb::new("Customers", "/kit/lists")] actions=actions>
            <CopyId value="1042" what="customer id" />
            <Badge tone=Tone::Good text="Active" />
            <a href="mailto:orders@northwind.example">"orders@northwind.example"</a>
            <Tag text="vip" />
        </PageHeader>
        <Tabs label="Northwind Traders" tabs=tabs() />
        <Columns aside=aside>
            <Subscription />
            <Card title="Licence keys">
                <LicenceKey key_text="KTZQF-MWXPL-VRNHD-GJCBS" />
            </Card>
        </Columns>
    }
}

fn actions() -> AnyView {
    view! {
        <Button icon=Glyph::Refresh>"Renew"</Button>
        <Button>"Change"</Button>
        <Button icon=Glyph::Mail>"Message"</Button>
        <Menu label="More actions">
            <MenuItem on_press=|| ()>"Extend"</MenuItem>
            <MenuItem on_press=|| ()>"Disable"</MenuItem>
            <MenuLine />
            <MenuItem danger=true on_press=|| ()>
                "Delete customer"
            </MenuItem>
        </Menu>
    }
    .into_any()
}

fn tabs() -> Vec<Tab> {
    vec![
        Tab::new("Overview", "/kit/customer"),
        Tab::new("Licence keys", "/kit/customer/keys").count(3),
        Tab::new("Transactions", "/kit/customer/transactions"),
        Tab::new("Messages", "/kit/customer/messages").count(12),
        Tab::new("Users", "/kit/customer/users").count(1),
    ]
}

fn aside() -> AnyView {
    let now = now_ms();
    view! {
        <Banner tone=Tone::Notice title="The association link was never opened.">
            <ButtonRow>
                <Button small=true>"Send it again"</Button>
            </ButtonRow>
        </Banner>
        <FactCard title="Stripe">
            <Fact label="Customer">
                <OutLink href="https://dashboard.stripe.com/test/customers/cus_Q1">"cus_Q1w2E3r4"</OutLink>
            </Fact>
            <Fact label="Created">
                <When at=now - 400 * 86_400_000 style=TimeStyle::Day />
            </Fact>
        </FactCard>
        <FactCard title="Terms" actions=|| view! { <CopyButton value="https://example.com/terms" what="terms address" /> }>
            <Fact label="Accepted">
                <When at=now - 3 * 86_400_000 />
            </Fact>
            <Fact label="Version">"2026-11"</Fact>
        </FactCard>
    }
    .into_any()
}

#[component]
fn Subscription() -> impl IntoView {
    let now = now_ms();
    view! {
        <Card title="Subscription" actions=|| view! { <Badge tone=Tone::Good text="Active" /> }>
            <ButtonRow>
                <Ring left=214 of=365 unit="days" tone=Tone::Good />
                <div>
                    <p>"Studio Pro, yearly"</p>
                    <p class="muted">
                        "Renews " <When at=now + 214 * 86_400_000 style=TimeStyle::Day /> " for "
                        <Money minor=4900 currency="EUR" />
                    </p>
                </div>
            </ButtonRow>
            <Facts stacked=true>
                <Fact label="Base">"Studio Pro"</Fact>
                <Fact label="Extras">"2 seats, Archive"</Fact>
                <Fact label="Paid through">
                    <When at=now + 214 * 86_400_000 style=TimeStyle::Day />
                </Fact>
                <Fact label="Machines">"3 of 5"</Fact>
            </Facts>
        </Card>
    }
}
