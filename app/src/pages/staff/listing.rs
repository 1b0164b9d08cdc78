//! A list page: filter, table and paging, with the URL as their only state.

use latchkey_shared::{
    api::common::{List, ListMeta, ListQuery},
    text::listing as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, Problem, encoded},
    components::{
        Column, DataTable, Pagination, Problem as Shown, Row, SearchField, Selection, SelectionBar, Sort,
        Toolbar, format_count,
    },
    hooks::{Query, use_query_state},
};

/// Reads and changes the parts of the address that every list has.
#[derive(Clone, Copy)]
pub struct ListState {
    query: Query,
    filter: Memo<Option<String>>,
    sort: Memo<Option<String>>,
    cursor: Memo<Option<String>>,
    limit: Memo<Option<String>>,
}

/// The state of the list on the current page.
pub fn use_list_state() -> ListState {
    let query = use_query_state();
    ListState {
        query,
        filter: query.memo("filter"),
        sort: query.memo("sort"),
        cursor: query.memo("cursor"),
        limit: query.memo("limit"),
    }
}

impl ListState {
    /// What to ask the server for, tracked.
    pub fn query(self) -> ListQuery {
        ListQuery {
            filter: self.filter.get().unwrap_or_default(),
            sort: self.sort.get().unwrap_or_default(),
            cursor: self.cursor.get().unwrap_or_default(),
            limit: self.page_size(),
        }
    }

    /// The filter in force, tracked.
    pub fn filter(self) -> String {
        self.filter.get().unwrap_or_default()
    }

    /// The address of this list with `?show=` set, tracked: what it names is opened beside the list.
    pub fn showing(self, what: &str) -> String {
        self.query.href(&[("show", Some(what.to_owned()))])
    }

    /// What is opened beside the list, tracked.
    pub fn shown(self) -> Option<String> {
        self.query.get("show")
    }

    /// Closes what is opened beside the list.
    pub fn show_none(self) {
        self.query.set(&[("show", None)]);
    }

    fn page_size(self) -> u32 {
        self.limit
            .get()
            .and_then(|limit| limit.parse().ok())
            .filter(|limit| (1..=100).contains(limit))
            .unwrap_or(25)
    }

    /// Whether all rows are asked for, tracked.
    pub fn is_unfiltered(self) -> bool {
        self.filter.with(Option::is_none)
    }

    /// Shows all rows again.
    pub fn clear(self) {
        self.query.set(&[("filter", None), ("cursor", None)]);
    }

    /// Shows what meets `filter`.
    pub fn search(self, filter: String) {
        self.query.replace(&[("filter", Some(filter)), ("cursor", None)]);
    }

    fn sort_by(self, sort: &Sort) {
        self.query.set(&[("sort", Some(sort.text())), ("cursor", None)]);
    }

    fn step(self, cursor: Option<String>) -> Option<String> {
        cursor.map(|cursor| self.query.href(&[("cursor", Some(cursor))]))
    }
}

/// What a list page shows, apart from its state.
pub struct Listing {
    /// What the rows are; the table's name.
    pub label: &'static str,
    /// Label of the filter field.
    pub search: &'static str,
    /// What may be typed there; empty where a word is all.
    pub hint: &'static str,
    pub columns: Vec<Column>,
    /// The order without a `sort` in the address.
    pub sorted: &'static str,
    pub source: Source,
    pub empty: ViewFn,
}

/// A loaded page of a list, whatever its rows are.
#[derive(Clone, Copy)]
pub struct Source {
    rows: Signal<Option<Vec<Row>>>,
    meta: Signal<Option<ListMeta>>,
    reloading: Signal<bool>,
    failure: Signal<Option<Problem>>,
    retry: Callback<()>,
}

/// What `load` loads, its rows drawn by `row`.
pub fn source<T: 'static>(load: Load<List<T>>, row: impl Fn(&T) -> Row + Send + Sync + 'static) -> Source {
    Source {
        rows: Signal::derive(move || {
            load.with(|list| list.map(|list| list.items.iter().map(&row).collect()))
        }),
        meta: Signal::derive(move || load.with(|list| list.map(|list| list.meta.clone()))),
        reloading: load.reloading(),
        failure: Signal::derive(move || load.failure()),
        retry: Callback::from(move || load.again()),
    }
}

impl Source {
    /// Where the page stands in its list, and how many match.
    pub fn meta(self) -> Signal<Option<ListMeta>> {
        self.meta
    }

    /// The count for a page's header, for example `1,204` or `10,000+`.
    pub fn count(self) -> MaybeProp<String> {
        MaybeProp::derive(move || self.meta.with(|meta| meta.as_ref().map(total)))
    }

    /// What is wrong with the filter: an error of its field, and then there is no list to show.
    fn filter_error(self) -> Memo<Option<String>> {
        let failure = self.failure;
        Memo::new(move |_| failure.with(|failure| failure.as_ref().and_then(filter_error)))
    }
}

/// How many match, as it is shown.
#[expect(clippy::cast_precision_loss, reason = "counts stop at ten thousand")]
pub fn total(meta: &ListMeta) -> String {
    let count = format_count(meta.total as f64);
    if meta.total_is_floor { [&count, "+"].concat() } else { count }
}

/// Draws filter, table and paging.
pub fn draw(state: ListState, listing: Listing) -> AnyView {
    let (search, hint, source) = (listing.search, listing.hint, listing.source);
    view! { {bar(state, search, hint, source)} {body(state, listing)} }.into_any()
}

/// What makes rows of a list tickable.
#[derive(Clone)]
pub struct Ticking {
    /// Absent: this person may not change them, so that there are no check boxes.
    pub selection: Option<Selection>,
    /// What can be done with the ticked rows.
    pub actions: ViewFn,
    /// What stands beside the filter while none is ticked.
    pub tools: ViewFn,
}

/// [`draw`] with check boxes, and a bar in place of the filter while rows are ticked.
pub fn draw_ticking(state: ListState, listing: Listing, ticking: Ticking) -> AnyView {
    let (search, hint, source, selection) = (listing.search, listing.hint, listing.source, ticking.selection);
    let tools = bar_with(state, search, hint, source, Some(ticking.tools.run()));
    let Some(selection) = selection else {
        return view! { {tools} {body(state, listing)} }.into_any();
    };
    keep_to_filter(state, selection);
    selection.follow(source.rows);
    view! {
        {selection_bar(source, selection, ticking.actions)}
        <div class="list-tools" hidden=move || !selection.is_empty()>
            {tools}
        </div>
        {body_with(state, listing, Some(selection))}
    }
    .into_any()
}

/// Another filter is another list; another page of it is not.
fn keep_to_filter(state: ListState, selection: Selection) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = state.filter.get();
        if before.is_some_and(|before| before != now) {
            selection.clear();
        }
        now
    });
}

fn selection_bar(source: Source, selection: Selection, actions: ViewFn) -> AnyView {
    let meta = source.meta;
    let count = Signal::derive(move || meta.with(|meta| meta.as_ref().map(total).unwrap_or_default()));
    let more = Signal::derive(move || {
        let ticked = i64::try_from(selection.count()).unwrap_or(i64::MAX);
        meta.with(|meta| meta.as_ref().is_some_and(|meta| meta.total_is_floor || meta.total > ticked))
    });
    let actions = StoredValue::new(actions);
    view! {
        <Show when=move || !selection.is_empty()>
            <SelectionBar selection total=count more>
                {actions.with_value(ViewFn::run)}
            </SelectionBar>
        </Show>
    }
    .into_any()
}

/// The filter field, for a page that draws [`body`] in its own way.
pub fn bar(state: ListState, search: &'static str, hint: &'static str, source: Source) -> AnyView {
    bar_with(state, search, hint, source, None)
}

fn bar_with(
    state: ListState,
    search: &'static str,
    hint: &'static str,
    source: Source,
    tools: Option<AnyView>,
) -> AnyView {
    let error = source.filter_error();
    view! {
        <Toolbar>
            <SearchField
                label=search
                value=Signal::derive(move || state.filter.get().unwrap_or_default())
                on_search=Callback::from(move |filter: String| state.search(filter))
                error=MaybeProp::derive(move || error.get())
            />
            {tools}
            {(!hint.is_empty()).then(|| view! { <p class="list-hint">{hint}</p> })}
        </Toolbar>
    }
    .into_any()
}

/// Table and paging; nothing while the filter cannot be read.
pub fn body(state: ListState, listing: Listing) -> AnyView {
    body_with(state, listing, None)
}

fn body_with(state: ListState, listing: Listing, selection: Option<Selection>) -> AnyView {
    let error = listing.source.filter_error();
    let readable = Memo::new(move |_| error.with(Option::is_none));
    let listing = StoredValue::new(listing);
    view! {
        <Show when=move || readable.get()>{listing.with_value(|listing| rows_and_pages(state, listing, selection))}</Show>
    }
    .into_any()
}

fn rows_and_pages(state: ListState, listing: &Listing, selection: Option<Selection>) -> AnyView {
    let Listing { label, sorted, source, .. } = *listing;
    let Source { rows, meta, reloading, failure, retry } = source;
    let problem = MaybeProp::derive(move || failure.get().map(Shown::from));
    let sort =
        MaybeProp::derive(move || Some(Sort::parse(&state.sort.get().unwrap_or_else(|| sorted.to_owned()))));
    let step = move |of: fn(&ListMeta) -> Option<String>| {
        Signal::derive(move || state.step(meta.with(|meta| meta.as_ref().and_then(of))))
    };
    let total =
        MaybeProp::derive(move || meta.with(|meta| meta.as_ref().map(|meta| text::in_all(&total(meta)))));
    view! {
        <DataTable
            label
            columns=listing.columns.clone()
            rows
            reloading
            problem
            on_retry=retry
            sort
            on_sort=Callback::from(move |sort: Sort| state.sort_by(&sort))
            filtered=Signal::derive(move || state.filter.with(Option::is_some) || state.cursor.with(Option::is_some))
            on_clear=move || state.clear()
            empty=listing.empty.clone()
            selected=selection.map(|selection| selection.keys)
        />
        <Pagination
            previous=step(|meta| meta.previous.clone())
            next=step(|meta| meta.next.clone())
            total
            page_size=MaybeProp::derive(move || Some(state.page_size()))
            on_page_size=Callback::from(move |size: u32| {
                state.query.set(&[("limit", Some(size.to_string())), ("cursor", None)]);
            })
        />
    }
    .into_any()
}

fn filter_error(problem: &Problem) -> Option<String> {
    match problem {
        Problem::Invalid(error) => error.fields.get("filter").cloned(),
        _ => None,
    }
}

/// A saved view: its name and its filter; the empty filter shows all.
pub type SavedView = (&'static str, &'static str);

/// Saved views of a list at `path` as tabs; the one whose filter is in force is marked, whatever the order and page.
pub fn saved_views(label: &'static str, path: &'static str, views: &'static [SavedView]) -> AnyView {
    let query = use_query_state();
    let (filter, account) = (query.memo("filter"), query.memo("account"));
    let tab = move |(name, own): &'static SavedView| {
        let bare = if own.is_empty() { path.to_owned() } else { [path, "?filter=", &encoded(own)].concat() };
        let href = move || match account.get() {
            Some(account) => {
                let mark = if own.is_empty() { "?" } else { "&" };
                [bare.as_str(), mark, "account=", &encoded(&account)].concat()
            }
            None => bare.clone(),
        };
        let current = move || (filter.get().unwrap_or_default() == *own).then_some("page");
        view! { <a class="tab" href=href aria-current=current>{*name}</a> }
    };
    view! {
        <nav class="tabs" aria-label=label>
            {views.iter().map(tab).collect_view()}
        </nav>
    }
    .into_any()
}
