//! Keyset paging over any entity: a page is found by the last row seen, so that deep pages cost what the
//! first one costs and nothing shifts while rows come and go.

use latchkey_shared::api::common::{ListMeta, ListQuery};
use sea_orm::{
    ColumnTrait, ColumnType, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult,
    ModelTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Asterisk, Expr, Func, NullOrdering, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

/// Totals are exact up to here.
pub const EXACT_TOTAL: i64 = 10_000;
const DEFAULT_LIMIT: u32 = 25;
const MAX_LIMIT: u32 = 100;

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The sort column is not one that the list names.
    #[error("cannot sort by {0:?}")]
    UnknownSort(String),
    /// The cursor is not one that this list made for this order.
    #[error("the page reference is not valid")]
    BadCursor,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// A page of rows and where it stands.
#[derive(Debug)]
pub struct Page<M> {
    pub rows: Vec<M>,
    pub meta: ListMeta,
}

/// The columns a list may be sorted by; the first is the default, descending where `-` stands before it.
pub struct Sorts<'a, E: EntityTrait> {
    pub id: E::Column,
    pub columns: &'a [(&'a str, E::Column)],
    pub default: &'a str,
}

impl<E: EntityTrait> Sorts<'_, E> {
    /// The column that a request wants to sort by, and whether downwards.
    pub fn column(&self, request: &ListQuery) -> Result<(E::Column, bool), PageError> {
        let sort = if request.sort.is_empty() { self.default } else { &request.sort };
        let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
        let known = self.columns.iter().find(|(known, _)| *known == name);
        known.map(|(_, column)| (*column, descending)).ok_or_else(|| PageError::UnknownSort(name.to_owned()))
    }
}

#[derive(Serialize, Deserialize)]
struct Cursor {
    /// Column name with its `-`.
    sort: String,
    value: CursorValue,
    id: i64,
    /// The page before that row rather than after it.
    before: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum CursorValue {
    Null,
    Number(i64),
    Text(String),
}

impl CursorValue {
    fn of(value: &Value) -> Self {
        match value {
            Value::BigInt(Some(n)) => Self::Number(*n),
            Value::Bool(Some(b)) => Self::Number(i64::from(*b)),
            Value::String(Some(s)) => Self::Text(s.clone()),
            _ => Self::Null,
        }
    }

    /// Whether no row could have it in that column: it comes back from outside.
    fn is_foreign_to(&self, column: impl ColumnTrait) -> bool {
        let is_text = matches!(column.def().get_column_type(), ColumnType::Text | ColumnType::String(_));
        match self {
            Self::Null => !column.def().is_null(),
            Self::Number(_) => is_text,
            Self::Text(_) => !is_text,
        }
    }

    fn into_value(self) -> Option<Value> {
        match self {
            Self::Null => None,
            Self::Number(n) => Some(n.into()),
            Self::Text(s) => Some(s.into()),
        }
    }
}

/// Reads one page of `select`, which must not have an order or limit of its own.
pub async fn fetch<E, C>(
    connection: &C,
    select: Select<E>,
    sorts: &Sorts<'_, E>,
    request: &ListQuery,
) -> Result<Page<E::Model>, PageError>
where
    E: EntityTrait,
    E::Model: FromQueryResult + ModelTrait<Entity = E> + Send + Sync,
    C: ConnectionTrait,
{
    let total = count(connection, select.clone()).await?;
    fetch_counted(connection, select, total, sorts, request).await
}

/// Like [`fetch`] for rows that have been counted, as [`count`] does it.
pub async fn fetch_counted<E, C>(
    connection: &C,
    select: Select<E>,
    total: i64,
    sorts: &Sorts<'_, E>,
    request: &ListQuery,
) -> Result<Page<E::Model>, PageError>
where
    E: EntityTrait,
    E::Model: FromQueryResult + ModelTrait<Entity = E> + Send + Sync,
    C: ConnectionTrait,
{
    Wanted::of(sorts, request)?.page(connection, select, total).await
}

/// Like [`fetch_counted`] for rows that are looked for one by one in the wanted order, and no further than so many for
/// each of the page. `None` where those do not fill it.
pub async fn fetch_walking<E, C>(
    connection: &C,
    select: Select<E>,
    total: i64,
    sorts: &Sorts<'_, E>,
    request: &ListQuery,
    looked_at_per_row: u64,
) -> Result<Option<Page<E::Model>>, PageError>
where
    E: EntityTrait,
    E::Model: FromQueryResult + ModelTrait<Entity = E> + Send + Sync,
    C: ConnectionTrait,
{
    let wanted = Wanted::of(sorts, request)?;
    let looked_at = looked_at_per_row * u64::from(wanted.limit);
    let horizon = wanted.in_order(E::find()).offset(looked_at).limit(1).one(connection).await?;
    let Some(horizon) = horizon else { return wanted.page(connection, select, total).await.map(Some) };
    let nearer = after(wanted.column, wanted.id, &wanted.cursor_at(&horizon, false), !wanted.downwards());
    let page = wanted.page(connection, select.filter(nearer), total).await?;
    let goes_on = if wanted.before() { &page.meta.previous } else { &page.meta.next };
    Ok(goes_on.is_some().then_some(page))
}

/// A request for a page in the terms of the list.
struct Wanted<E: EntityTrait> {
    /// Column name with its `-`.
    sort: String,
    column: E::Column,
    id: E::Column,
    descending: bool,
    cursor: Option<Cursor>,
    limit: u32,
}

impl<E> Wanted<E>
where
    E: EntityTrait,
    E::Model: FromQueryResult + ModelTrait<Entity = E> + Send + Sync,
{
    fn of(sorts: &Sorts<'_, E>, request: &ListQuery) -> Result<Self, PageError> {
        let sort = if request.sort.is_empty() { sorts.default } else { &request.sort };
        let (column, descending) = sorts.column(request)?;
        let limit = match request.limit {
            0 => DEFAULT_LIMIT,
            n => Ord::min(n, MAX_LIMIT),
        };
        let cursor =
            parse_cursor(&request.cursor, sort)?.filter(|cursor| !cursor.value.is_foreign_to(column));
        if cursor.is_none() && !request.cursor.is_empty() {
            return Err(PageError::BadCursor);
        }
        Ok(Self { sort: sort.to_owned(), column, id: sorts.id, descending, cursor, limit })
    }

    fn before(&self) -> bool {
        self.cursor.as_ref().is_some_and(|cursor| cursor.before)
    }

    /// Reading backwards is reading the mirrored order and turning the rows round.
    fn downwards(&self) -> bool {
        self.descending != self.before()
    }

    /// Those after the cursor, in the order in which they are read.
    fn in_order(&self, mut rows: Select<E>) -> Select<E> {
        let downwards = self.downwards();
        if let Some(cursor) = &self.cursor {
            rows = rows.filter(after(self.column, self.id, cursor, downwards));
        }
        let (order, nulls) =
            if downwards { (Order::Desc, NullOrdering::First) } else { (Order::Asc, NullOrdering::Last) };
        // Said of a column that is never empty, it would keep SQLite from using the index.
        let rows = if self.column.def().is_null() {
            rows.order_by_with_nulls(self.column, order.clone(), nulls)
        } else {
            rows.order_by(self.column, order.clone())
        };
        rows.order_by(self.id, order)
    }

    fn cursor_at(&self, row: &E::Model, before: bool) -> Cursor {
        Cursor {
            sort: self.sort.clone(),
            value: CursorValue::of(&row.get(self.column)),
            id: match row.get(self.id) {
                Value::BigInt(Some(id)) => id,
                _ => 0,
            },
            before,
        }
    }

    async fn page<C: ConnectionTrait>(
        &self,
        connection: &C,
        select: Select<E>,
        total: i64,
    ) -> Result<Page<E::Model>, PageError> {
        let limit = self.limit as usize;
        let mut rows = self.in_order(select).limit(u64::from(self.limit) + 1).all(connection).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let (before, cursor) = (self.before(), self.cursor.is_some());
        if before {
            rows.reverse();
        }
        let reference = |row: &E::Model, before| serde_json::to_string(&self.cursor_at(row, before)).ok();
        let has_next = if before { cursor } else { more };
        let has_previous = if before { more } else { cursor };
        let meta = ListMeta {
            total: Ord::min(total, EXACT_TOTAL),
            total_is_floor: total > EXACT_TOTAL,
            next: rows.last().filter(|_| has_next).and_then(|row| reference(row, false)),
            previous: rows.first().filter(|_| has_previous).and_then(|row| reference(row, true)),
        };
        Ok(Page { rows, meta })
    }
}

fn parse_cursor(text: &str, sort: &str) -> Result<Option<Cursor>, PageError> {
    if text.is_empty() {
        return Ok(None);
    }
    let cursor: Cursor = serde_json::from_str(text).map_err(|_| PageError::BadCursor)?;
    if cursor.sort == sort { Ok(Some(cursor)) } else { Err(PageError::BadCursor) }
}

/// Rows that come after the cursor's row; empty values come last upwards and first downwards.
fn after<C: ColumnTrait>(column: C, id: C, cursor: &Cursor, downwards: bool) -> Condition {
    let beyond_id = if downwards { id.lt(cursor.id) } else { id.gt(cursor.id) };
    if let (false, Some(value)) = (column.def().is_null(), cursor.value.clone().into_value()) {
        // Both databases follow an index with this; not with the same said in parts.
        let row = Expr::tuple([column.into_expr(), id.into_expr()]);
        let place = Expr::tuple([Expr::val(value), Expr::val(cursor.id)]);
        return Condition::all().add(if downwards { row.lt(place) } else { row.gt(place) });
    }
    match (cursor.value.clone().into_value(), downwards) {
        (Some(value), false) => Condition::any()
            .add(column.gt(value.clone()))
            .add(column.is_null())
            .add(column.eq(value).and(beyond_id)),
        (Some(value), true) => {
            Condition::any().add(column.lt(value.clone())).add(column.eq(value).and(beyond_id))
        }
        (None, false) => Condition::all().add(column.is_null()).add(beyond_id),
        (None, true) => Condition::any().add(column.is_not_null()).add(column.is_null().and(beyond_id)),
    }
}

/// How many rows match, counted no further than one beyond [`EXACT_TOTAL`].
pub async fn count<E: EntityTrait, C: ConnectionTrait>(
    connection: &C,
    select: Select<E>,
) -> Result<i64, DbErr> {
    let rows = select.select_only().expr_as(Expr::val(1), "one").into_query();
    count_up_to(connection, rows, EXACT_TOTAL + 1).await
}

/// How many rows a statement finds, counted no further than `most`.
pub async fn count_up_to<C: ConnectionTrait>(
    connection: &C,
    mut rows: SelectStatement,
    most: i64,
) -> Result<i64, DbErr> {
    rows.limit(u64::try_from(most).unwrap_or_default());
    let query =
        Query::select().expr(Func::count(Expr::col(Asterisk))).from_subquery(rows, "matching").to_owned();
    let row = connection.query_one(&query).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}
