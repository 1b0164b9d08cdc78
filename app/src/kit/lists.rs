//! A list as staff see it, and its other states.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    components::{
        Badge, Button, Chip, Column, Crumb, DataTable, EmptyState, FilterChips, Glyph, Look, Money,
        PageHeader, Pagination, Problem, Row, SearchField, Sort, Tab, Tabs, Tone, Toolbar, When, now_ms,
    },
    hooks::use_query_state,
};

const NAMES: [(&str, &str, Tone, &str); 7] = [
    ("Northwind Traders", "orders@northwind.example", Tone::Good, "Active"),
    ("Hopper & Daughters", "grace@hopper.example", Tone::Good, "Active"),
    ("Zuse Maschinenbau und Rechenanlagen Gesellschaft", "konrad@zuse.example", Tone::Accent, "Trial"),
    ("Lovelace Analytics", "ada@lovelace.example", Tone::Notice, "Past due"),
    ("Turing Press", "alan@turing.example", Tone::Bad, "Disabled"),
    ("Acme", "wile@acme.example", Tone::Neutral, "Expired"),
    ("Noether Verlag", "emmy@noether.example", Tone::Notice, "Grace"),
];

#[component]
pub fn Lists() -> impl IntoView {
    let query = use_query_state();
    let search = query.memo("q");
    let sort = query.memo("sort");
    let show = query.memo("show");
    let selected = RwSignal::new(BTreeSet::new());
    let showing = move |what: &'static str| Signal::derive(move || show.get().as_deref() == Some(what));
    let listed = Signal::derive(move || match show.get().as_deref() {
        Some("loading") => None,
        Some("empty" | "nomatch") => Some(Vec::new()),
        _ => Some(rows()),
    });
    let problem = Signal::derive(move || {
        let code = match show.get().as_deref() {
            Some("error") => "internal",
            Some("forbidden") => "forbidden",
            _ => return None,
        };
        Some(Problem {
            request_id: Some("01JD8ZK7Q3".to_owned()),
            ..Problem::new(code, "The server could not read the list. Nothing was changed.")
        })
    });
    let tab = |label: &str, show: &str| Tab::new(label, ["/kit/lists", show].concat());
    let tabs = vec![
        Tab::new("All", "/kit/lists?show=all").count(12_408),
        tab("Loading", "?show=loading"),
        tab("Reloading", "?show=reloading"),
        tab("Empty", "?show=empty"),
        tab("No match", "?show=nomatch"),
        tab("Failed", "?show=error"),
        tab("Forbidden", "?show=forbidden"),
    ];
    let chips = move || search.get().map(|text| Chip::new("q", text)).into_iter().collect::<Vec<_>>();
    view! {
        <PageHeader
            title="Customers"
            count="12,408"
            crumbs=vec![Crumb::new("Kit", "/kit")]
            actions=|| {
                view! {
                    <Button icon=Glyph::Download>"Export"</Button>
                    <Button look=Look::Primary icon=Glyph::Plus>
                        "Add customer"
                    </Button>
                }
            }
        />
        <Tabs label="Views" tabs=tabs />
        <Toolbar>
            <SearchField
                label="Search or filter customers"
                value=Signal::derive(move || search.get().unwrap_or_default())
                on_search=move |text: String| query.replace(&[("q", Some(text))])
            />
            <Button icon=Glyph::Filter>"Builder"</Button>
        </Toolbar>
        <FilterChips
            chips=chips
            on_remove=move |_: String| query.set(&[("q", None)])
            on_clear=move || query.set(&[("q", None)])
        />
        <DataTable
            label="Customers"
            columns=columns()
            rows=listed
            reloading=showing("reloading")
            problem=problem
            on_retry=|| ()
            filtered=showing("nomatch")
            on_clear=move || query.set(&[("show", None)])
            sort=Signal::derive(move || sort.get().map(|sort| Sort::parse(&sort)))
            on_sort=move |sort: Sort| query.set(&[("sort", Some(sort.text()))])
            selected=Some(selected)
            empty=|| {
                view! {
                    <EmptyState
                        title="No customers yet"
                        body="Customers appear here when they sign up through your link, or when you add them."
                        glyph=Glyph::People
                    >
                        <Button look=Look::Primary>"Add customer"</Button>
                    </EmptyState>
                }
            }
        />
        <Pagination
            previous=Signal::stored(None::<String>)
            next=Signal::stored(Some("/kit/lists?after=50".to_owned()))
            total="1–7 of 10,000+"
            page_size=Some(50)
            on_page_size=|_: u32| ()
        />
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Name").sortable("name"),
        Column::new("Status").fact(),
        Column::new("E-mail").sortable("email"),
        Column::new("Plan"),
        Column::new("Expires").sortable("expires").fact(),
        Column::new("Paid").right().sortable("paid"),
        Column::new("Id").right(),
    ]
}

fn rows() -> Vec<Row> {
    let now = now_ms();
    let row =
        |(index, (name, email, tone, status)): (i64, (&'static str, &'static str, Tone, &'static str))| {
            Row::new(index)
                .href("/kit/customer")
                .text(name)
                .cell(move || view! { <Badge tone=Signal::stored(tone) text=status /> })
                .text(email)
                .text("Pro, yearly")
                .cell(move || view! { <When at=now + (index - 2) * 9 * 86_400_000 /> })
                .cell(move || view! { <Money minor=4_900 * (index + 1) currency="EUR" /> })
                .text((1042 - index).to_string())
        };
    (0..).zip(NAMES).map(row).collect()
}
