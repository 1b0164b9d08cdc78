//! Lists of licence keys: what they can be filtered and sorted by.

use latchkey_engine::filter::{FieldTest, Predicate, Range, SearchTerm};
use latchkey_shared::{
    api::common::ListQuery,
    filter::FieldSpec,
    ids::{KeyGlobalId, ProductId},
    status::KeyStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Order, PaginatorTrait as _,
    QueryFilter, QueryOrder as _, QuerySelect, QueryTrait as _,
    sea_query::{Expr, Func, SelectStatement, SimpleExpr},
};

use crate::{
    Access,
    conditions::{self, Columns},
    entity::{customer, data_object, licence_key, stripe_customer, subscription, subscription_key},
    key_parts, keys,
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What a list of keys can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Id").also(&["skm_key_id"]),
    FieldSpec::number("global_id", "Global id").also(&["globalid", "skm_key_globalid"]),
    FieldSpec::text("key", "Licence key"),
    FieldSpec::choice("status", "Status", KeyStatus::STORED),
    FieldSpec::number("product.id", "Product").also(&["product", "product_id"]),
    FieldSpec::text("customer.name", "Customer").also(&["customername"]).optional(),
    FieldSpec::number("customer.id", "Customer number")
        .also(&["customer", "customer_id", "skm_customer_id"])
        .optional(),
    FieldSpec::text("customer.email", "Customer's e-mail").also(&["customeremail"]).optional(),
    FieldSpec::text("customer.company", "Customer's company").also(&["customer.companyname"]).optional(),
    FieldSpec::date("customer.created", "Customer since").optional(),
    FieldSpec::bool("customer.association", "Customer may sign up")
        .also(&["customer.enablecustomerassociation"]),
    FieldSpec::number("customer.max_machines", "Customer's machines at most")
        .also(&["customer.maxnoofdevices"]),
    FieldSpec::number("reseller.id", "Reseller").also(&["reseller", "resellerid"]).optional(),
    FieldSpec::date("created", "Created"),
    FieldSpec::date("expires", "Expires").optional(),
    FieldSpec::bool("blocked", "Blocked").also(&["block"]),
    FieldSpec::text("notes", "Notes").optional(),
    FieldSpec::number("period_days", "Days").also(&["period"]),
    FieldSpec::bool("trial_activation", "Trial activation").also(&["trialactivation"]),
    FieldSpec::text("allowed_machines", "Only on these machines").also(&["allowedmachines"]).optional(),
    FieldSpec::number("max_machines", "Machines at most").also(&["maxnoofmachines"]),
    FieldSpec::number("machines", "Machines").also(&["machines.count", "activatedmachines.count"]),
    FieldSpec::number("data_objects", "Data objects").also(&["dataobjects.count"]),
    FieldSpec::list(key_parts::MACHINES_LIST, "Machines", key_parts::MACHINES),
    FieldSpec::list(key_parts::OBJECTS_LIST, "Data objects", key_parts::OBJECTS),
    FieldSpec::bool("f1", "F1"),
    FieldSpec::bool("f2", "F2"),
    FieldSpec::bool("f3", "F3"),
    FieldSpec::bool("f4", "F4"),
    FieldSpec::bool("f5", "F5"),
    FieldSpec::bool("f6", "F6"),
    FieldSpec::bool("f7", "F7"),
    FieldSpec::bool("f8", "F8"),
];

/// Of all keys, where `id` means the global one: a product's numbers begin anew with each product.
const SORTS: Sorts<'static, licence_key::Entity> = Sorts {
    id: licence_key::Column::Id,
    columns: &[
        ("id", licence_key::Column::Id),
        ("created", licence_key::Column::CreatedAt),
        ("expires", licence_key::Column::ExpiresAt),
    ],
    default: "-id",
};

const SORTS_IN_PRODUCT: Sorts<'static, licence_key::Entity> = Sorts {
    id: licence_key::Column::Id,
    columns: &[
        ("id", licence_key::Column::Number),
        ("created", licence_key::Column::CreatedAt),
        ("expires", licence_key::Column::ExpiresAt),
    ],
    default: "-id",
};

/// The name of the data object that carries the Stripe subscription item of a key.
const STRIPE_ITEM: &str = "cryptolens_stripesubscriptionitemid";
/// Data objects of keys.
const OF_KEY: i64 = 2;

/// One page of the keys that match, of one product or of all. A search for a number shows the key with
/// exactly that id first: on a product its number there, else the global one.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    product: Option<ProductId>,
    predicate: &Predicate,
    now: i64,
    query: &ListQuery,
) -> Result<Page<licence_key::Model>, PageError> {
    let select = access
        .restrict_keys(licence_key::Entity::find())
        .filter(conditions::condition(predicate, &KeyColumns { now }));
    let Some(product) = product else {
        let mut page = page::fetch(connection, select, &SORTS, query).await?;
        if let Some(id) = sought_id(predicate, query) {
            put_first(&mut page.rows, keys::find(connection, access, KeyGlobalId(id)).await?);
        }
        return Ok(page);
    };
    let select = select.filter(licence_key::Column::ProductId.eq(product.0));
    let mut page = page::fetch(connection, select, &SORTS_IN_PRODUCT, query).await?;
    if let Some(number) = sought_id(predicate, query) {
        let exact = keys::by_number(connection, product, number).await?;
        put_first(&mut page.rows, exact.filter(|row| access.allows_key(row)));
    }
    Ok(page)
}

fn sought_id(predicate: &Predicate, query: &ListQuery) -> Option<i64> {
    match predicate {
        Predicate::Search(term) if query.cursor.is_empty() => term.id,
        _ => None,
    }
}

fn put_first(rows: &mut Vec<licence_key::Model>, exact: Option<licence_key::Model>) {
    if let Some(exact) = exact {
        rows.retain(|row| row.id != exact.id);
        rows.insert(0, exact);
    }
}

/// Past its expiry and not extended beyond now.
pub fn is_expired(now: i64) -> Condition {
    let over = |column: licence_key::Column| Condition::all().add(column.is_not_null()).add(column.lte(now));
    let extended = Condition::all()
        .add(licence_key::Column::ExtendedUntil.is_not_null())
        .add(licence_key::Column::ExtendedUntil.gt(now));
    over(licence_key::Column::ExpiresAt).add(extended.not())
}

/// What its subscription paid for is over, and nobody extended the key beyond now.
fn is_unpaid(now: i64) -> Condition {
    let unpaid = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::Id)
        .filter(subscription::Column::PaidThrough.lte(now))
        .into_query();
    let keys = subscription_key::Entity::find()
        .select_only()
        .column(subscription_key::Column::KeyId)
        .filter(subscription_key::Column::SubscriptionId.in_subquery(unpaid))
        .into_query();
    let extended = Condition::all()
        .add(licence_key::Column::ExtendedUntil.is_not_null())
        .add(licence_key::Column::ExtendedUntil.gt(now));
    Condition::all().add(column(licence_key::Column::Id).in_subquery(keys)).add(extended.not())
}

/// The keys of that status, as `latchkey_engine::status::key` works it out.
fn has_status(status: KeyStatus, now: i64) -> Condition {
    let blocked = |yes: bool| Condition::all().add(licence_key::Column::Blocked.eq(yes));
    match status {
        KeyStatus::Blocked => blocked(true),
        KeyStatus::Expired => blocked(false).add(is_expired(now)),
        KeyStatus::Grace => blocked(false).add(is_expired(now).not()).add(is_unpaid(now)),
        KeyStatus::Active => blocked(false).add(is_expired(now).not()).add(is_unpaid(now).not()),
    }
}

fn column(column: licence_key::Column) -> SimpleExpr {
    Expr::col((licence_key::Entity, column))
}

/// How the fields become SQL; a status depends on now.
struct KeyColumns {
    now: i64,
}

impl KeyColumns {
    fn status(&self, test: &FieldTest) -> Condition {
        let FieldTest::ChoiceIn(words) = test else { return conditions::never() };
        let statuses = words.iter().filter_map(|word| KeyStatus::parse(word));
        statuses.fold(Condition::any().add(conditions::never()), |any, status| {
            any.add(has_status(status, self.now))
        })
    }
}

/// Keys of the customers that `condition` finds.
fn of_customers(condition: Condition) -> Condition {
    let customers =
        customer::Entity::find().select_only().column(customer::Column::Id).filter(condition).into_query();
    owned_by(customers)
}

/// Keys of the customers whose column meets a test; nobody's column is empty.
fn of_customers_or_nobody(
    column: customer::Column,
    condition: fn(SimpleExpr, &FieldTest) -> Condition,
    test: &FieldTest,
) -> Condition {
    let owned = of_customers(condition(Expr::col((customer::Entity, column)), test));
    if *test == FieldTest::Empty {
        Condition::any().add(licence_key::Column::CustomerId.is_null()).add(owned)
    } else {
        owned
    }
}

fn owned_by(customers: SelectStatement) -> Condition {
    Condition::all()
        .add(licence_key::Column::CustomerId.is_not_null())
        .add(column(licence_key::Column::CustomerId).in_subquery(customers))
}

fn of_subscriptions(condition: Condition) -> Condition {
    let contracts = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::Id)
        .filter(condition)
        .into_query();
    let keys = subscription_key::Entity::find()
        .select_only()
        .column(subscription_key::Column::KeyId)
        .filter(subscription_key::Column::SubscriptionId.in_subquery(contracts))
        .into_query();
    Condition::all().add(column(licence_key::Column::Id).in_subquery(keys))
}

/// Keys that this Stripe subscription item pays for.
fn of_stripe_item(item: &str) -> Condition {
    let keys = data_object::Entity::find()
        .select_only()
        .column(data_object::Column::RefId)
        .filter(data_object::Column::RefType.eq(OF_KEY))
        .filter(data_object::Column::Name.eq(STRIPE_ITEM))
        .filter(data_object::Column::StringValue.eq(item))
        .into_query();
    Condition::all().add(column(licence_key::Column::Id).in_subquery(keys))
}

impl Columns for KeyColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use licence_key::Column as C;
        match field {
            "id" => conditions::number(column(C::Number), test),
            "global_id" => conditions::number(column(C::Id), test),
            "key" => keys::with_text(test),
            "status" => self.status(test),
            "product.id" => conditions::number(column(C::ProductId), test),
            "customer.name" if *test == FieldTest::Empty => Condition::all().add(C::CustomerId.is_null()),
            "customer.name" => {
                of_customers(conditions::text(Expr::col((customer::Entity, customer::Column::Name)), test))
            }
            "customer.id" => conditions::number(column(C::CustomerId), test),
            "customer.email" => of_customers_or_nobody(customer::Column::Email, conditions::text, test),
            "customer.company" => of_customers_or_nobody(customer::Column::Company, conditions::text, test),
            "customer.created" => {
                of_customers_or_nobody(customer::Column::CreatedAt, conditions::number, test)
            }
            "customer.association" => of_customers(conditions::boolean(
                Expr::col((customer::Entity, customer::Column::AssociationEnabled)),
                test,
            )),
            "customer.max_machines" => of_customers(conditions::number(
                Expr::col((customer::Entity, customer::Column::MaxMachines)),
                test,
            )),
            "reseller.id" => conditions::number(column(C::ResellerId), test),
            "period_days" => conditions::number(column(C::PeriodDays), test),
            "trial_activation" => conditions::boolean(column(C::TrialActivation), test),
            "allowed_machines" => conditions::text(column(C::AllowedMachines), test),
            "machines" => conditions::number(key_parts::machines(), test),
            "data_objects" => conditions::number(key_parts::objects(), test),
            "created" => conditions::number(column(C::CreatedAt), test),
            "expires" => conditions::number(column(C::ExpiresAt), test),
            "blocked" => conditions::boolean(column(C::Blocked), test),
            "notes" => conditions::text(column(C::Notes), test),
            "max_machines" => conditions::number(column(C::MaxMachines), test),
            "f1" => conditions::boolean(column(C::F1), test),
            "f2" => conditions::boolean(column(C::F2), test),
            "f3" => conditions::boolean(column(C::F3), test),
            "f4" => conditions::boolean(column(C::F4), test),
            "f5" => conditions::boolean(column(C::F5), test),
            "f6" => conditions::boolean(column(C::F6), test),
            "f7" => conditions::boolean(column(C::F7), test),
            "f8" => conditions::boolean(column(C::F8), test),
            _ => conditions::never(),
        }
    }

    fn count(&self, list: &str, of: &Predicate, range: Range) -> Condition {
        key_parts::counted(list, of, range)
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let pattern = |text: &str| {
            if term.only_beginnings { text_match::begins_with(text) } else { text_match::contains(text) }
        };
        let lower = term.text.to_lowercase();
        let named = Expr::col((customer::Entity, customer::Column::SearchText));
        let text = SimpleExpr::from(Func::lower(column(licence_key::Column::KeyText)));
        let mut any = Condition::any()
            .add(text.like(pattern(&lower)))
            .add(of_customers(Condition::all().add(named.like(pattern(&lower)))));
        if let Some(id) = term.id {
            any = any.add(licence_key::Column::Number.eq(id)).add(licence_key::Column::Id.eq(id));
            let owned =
                licence_key::Column::CustomerId.is_not_null().and(licence_key::Column::CustomerId.eq(id));
            any = any.add(owned);
        }
        if let Some(key) = &term.key {
            any = any.add(licence_key::Column::KeyLookup.eq(key));
        }
        if term.is_stripe_id {
            let contract = Condition::all().add(subscription::Column::StripeId.eq(&term.text));
            let buyers = stripe_customer::Entity::find()
                .select_only()
                .column(stripe_customer::Column::CustomerId)
                .filter(stripe_customer::Column::StripeId.eq(&term.text))
                .into_query();
            any = any.add(of_subscriptions(contract)).add(of_stripe_item(&term.text)).add(owned_by(buyers));
        }
        any
    }
}

/// The keys that match, of one product or of all, the oldest first, up to a number.
pub async fn matching<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    product: Option<ProductId>,
    predicate: &Predicate,
    now: i64,
    limit: u64,
) -> Result<Vec<licence_key::Model>, DbErr> {
    let mut select = access.restrict_keys(licence_key::Entity::find());
    if let Some(product) = product {
        select = select.filter(licence_key::Column::ProductId.eq(product.0));
    }
    select
        .filter(conditions::condition(predicate, &KeyColumns { now }))
        .order_by_asc(licence_key::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// What the licence Web API sorts a product's keys by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireOrder {
    Number,
    Text,
    Created,
    Expires,
    Period,
    Blocked,
    Machines,
    /// 1 to 8.
    Feature(usize),
}

impl WireOrder {
    /// By the name of the field on the wire, in any case.
    pub fn parse(field: &str) -> Option<Self> {
        let lower = field.to_ascii_lowercase();
        Some(match lower.as_str() {
            "id" => Self::Number,
            "key" => Self::Text,
            "created" => Self::Created,
            "expires" => Self::Expires,
            "period" => Self::Period,
            "block" | "blocked" => Self::Blocked,
            "maxnoofmachines" => Self::Machines,
            _ => {
                let number = lower.strip_prefix('f')?.parse().ok()?;
                (1..=8).contains(&number).then_some(Self::Feature(number))?
            }
        })
    }

    fn column(self) -> licence_key::Column {
        use licence_key::Column as C;
        match self {
            Self::Number => C::Number,
            Self::Text => C::KeyLookup,
            Self::Created => C::CreatedAt,
            Self::Expires => C::ExpiresAt,
            Self::Period => C::PeriodDays,
            Self::Blocked => C::Blocked,
            Self::Machines => C::MaxMachines,
            Self::Feature(number) => {
                let columns = [C::F1, C::F2, C::F3, C::F4, C::F5, C::F6, C::F7, C::F8];
                columns.get(number - 1).copied().unwrap_or(C::Number)
            }
        }
    }
}

/// A page by its number, and how many keys match in all.
pub struct NumberedPage {
    pub rows: Vec<licence_key::Model>,
    pub total: i64,
}

/// A page of the keys of a product that match, counted from 1.
pub async fn numbered_page<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    product: ProductId,
    (predicate, now): (&Predicate, i64),
    (order, descending): (WireOrder, bool),
    (page, size): (i64, i64),
) -> Result<NumberedPage, DbErr> {
    let select = access
        .restrict_keys(licence_key::Entity::find())
        .filter(licence_key::Column::ProductId.eq(product.0))
        .filter(conditions::condition(predicate, &KeyColumns { now }));
    let total = i64::try_from(select.clone().count(connection).await?).unwrap_or(i64::MAX);
    let direction = if descending { Order::Desc } else { Order::Asc };
    let rows = select
        .order_by(order.column(), direction.clone())
        .order_by(licence_key::Column::Id, direction)
        .offset(u64::try_from((page - 1) * size).unwrap_or_default())
        .limit(u64::try_from(size).unwrap_or_default())
        .all(connection)
        .await?;
    Ok(NumberedPage { rows, total })
}
