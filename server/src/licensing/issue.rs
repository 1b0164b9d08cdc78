//! Making licence keys.

use latchkey_engine::{key_params::KeyParams, key_text};
use latchkey_shared::{
    ids::{CustomerId, ProductId},
    status::BlockSource,
    transaction::{TransactionKind, TransactionSource},
};
use latchkey_store::{
    entity::{data_object, licence_key},
    keys as store,
    transactions::{self, NewEntry},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
};

/// The data object that a key carries whose subscription Stripe bills; its text is the subscription item.
pub const STRIPE_ITEM: &str = "cryptolens_stripesubscriptionitemid";

/// The source of keys that subscriptions buy.
const BOUGHT: &str = "stripe";

/// Data objects of keys.
const OF_KEY: i64 = 2;

/// How often a new text is tried. Twenty letters never clash twice in a row.
const TEXT_TRIES: usize = 5;

/// What a new key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    pub product: ProductId,
    pub customer: Option<CustomerId>,
    /// Milliseconds since 1970. `None`: never.
    pub expires_at: Option<i64>,
    pub period_days: i64,
    /// F1 to F8.
    pub features: [bool; 8],
    /// 0: not locked to machines.
    pub max_machines: i64,
    /// One per line; empty: any.
    pub allowed_machines: String,
    pub trial_activation: bool,
    /// The machine that a trial key is made for; a product makes one key for it, ever.
    pub trial_machine: Option<String>,
    pub reseller: Option<i64>,
    /// Blocked from the start, by whoever makes it.
    pub blocked: bool,
    pub notes: String,
    /// `staff`, `stripe`, `api`, `import`.
    pub source: &'static str,
    /// The subscription item (`si_…`) that pays for it.
    pub stripe_item: Option<String>,
}

impl NewKey {
    /// A key of nobody's that never expires and allows any machine.
    pub fn plain(product: ProductId, source: &'static str) -> Self {
        Self {
            product,
            customer: None,
            expires_at: None,
            period_days: 0,
            features: [false; 8],
            max_machines: 0,
            allowed_machines: String::new(),
            trial_activation: false,
            trial_machine: None,
            reseller: None,
            blocked: false,
            notes: String::new(),
            source,
            stripe_item: None,
        }
    }

    /// A key that a subscription buys.
    pub fn bought(
        product: ProductId,
        customer: CustomerId,
        params: &KeyParams,
        expires_at: Option<i64>,
        item: &str,
    ) -> Self {
        Self {
            customer: Some(customer),
            expires_at,
            period_days: params.period_days.map_or(0, i64::from),
            features: params.features.flags(),
            max_machines: params.max_machines.map_or(0, i64::from),
            allowed_machines: params.allowed_machines.clone().unwrap_or_default(),
            trial_activation: params.trial_activation.unwrap_or_default(),
            notes: params.notes.clone().unwrap_or_default(),
            stripe_item: Some(item.to_owned()),
            ..Self::plain(product, BOUGHT)
        }
    }
}

/// Makes a key on the caller's transaction: the product's next number, a text nobody can guess, an entry in
/// the history. 404 for an unknown product.
pub async fn create_key<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    new: NewKey,
) -> AppResult<licence_key::Model> {
    let number =
        store::take_number(connection, new.product).await?.ok_or_else(|| AppError::not_found("product"))?;
    let [f1, f2, f3, f4, f5, f6, f7, f8] = new.features;
    let text = free_text(connection, new.product.0).await?;
    let row = licence_key::ActiveModel {
        id: NotSet,
        product_id: Set(new.product.0),
        number: Set(number),
        key_lookup: Set(text.clone()),
        key_text: Set(text),
        customer_id: Set(new.customer.map(|id| id.0)),
        created_at: Set(now),
        expires_at: Set(new.expires_at),
        extended_until: Set(None),
        period_days: Set(new.period_days),
        f1: Set(f1),
        f2: Set(f2),
        f3: Set(f3),
        f4: Set(f4),
        f5: Set(f5),
        f6: Set(f6),
        f7: Set(f7),
        f8: Set(f8),
        max_machines: Set(new.max_machines),
        allowed_machines: Set(new.allowed_machines),
        trial_activation: Set(new.trial_activation),
        first_activated_at: Set(None),
        trial_machine: Set(new.trial_machine),
        reseller_id: Set(new.reseller),
        notice_sent_for: Set(None),
        replaces: Set(None),
        blocked: Set(new.blocked),
        block_source: Set(new.blocked.then(|| BlockSource::Staff.as_str().to_owned())),
        notes: Set(new.notes),
        source: Set(new.source.to_owned()),
        version: Set(1),
        updated_at: Set(now),
    };
    let key = store::insert(connection, row).await?;
    if let Some(item) = &new.stripe_item {
        set_stripe_item(connection, now, key.id, item).await?;
    }
    let entry = Entry {
        action: "key_created",
        subject_kind: "key",
        subject_id: key.id,
        customer_id: key.customer_id,
        text: format!("Licence key {number} was made."),
        after: Some(json!({
            "product": key.product_id,
            "id": key.number,
            "expires": key.expires_at,
            "features": new.features,
            "max_machines": key.max_machines,
            "stripe_item": new.stripe_item,
        })),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await?;
    // A key that a subscription buys is written down with its subscription.
    if let Some(customer) = new.customer.filter(|_| new.source != BOUGHT) {
        let actor = origin.name.clone().map(|name| (origin.id, name));
        let entry = NewEntry { actor, ..self::entry(&key, customer, None) };
        transactions::add(connection, entry, now).await?;
    }
    Ok(key)
}

/// That a key was issued, for its customer's history.
pub fn entry(key: &licence_key::Model, customer: CustomerId, subscription: Option<i64>) -> NewEntry {
    let source = TransactionSource::parse(&key.source).unwrap_or(TransactionSource::Staff);
    let name = format!("key:{}:issued", key.id);
    NewEntry {
        subscription,
        product: Some(key.product_id),
        reference: key.number.to_string(),
        ..NewEntry::of(customer.0, TransactionKind::KeyIssued, source, name, key.created_at)
    }
}

/// Writes the subscription item that pays for a key into the key's data object.
pub async fn set_stripe_item<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    key: i64,
    item: &str,
) -> AppResult<()> {
    let updated = data_object::Entity::update_many()
        .col_expr(data_object::Column::StringValue, Expr::value(item))
        .col_expr(data_object::Column::UpdatedAt, Expr::value(now))
        .filter(data_object::Column::RefType.eq(OF_KEY))
        .filter(data_object::Column::RefId.eq(key))
        .filter(data_object::Column::Name.eq(STRIPE_ITEM))
        .exec(connection)
        .await?;
    if updated.rows_affected > 0 {
        return Ok(());
    }
    let row = data_object::ActiveModel {
        id: NotSet,
        ref_type: Set(OF_KEY),
        ref_id: Set(key),
        machine_code: Set(String::new()),
        name: Set(STRIPE_ITEM.to_owned()),
        string_value: Set(item.to_owned()),
        int_value: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    };
    data_object::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// How many keys subscriptions have bought since `since`.
pub async fn count_bought_since<C: ConnectionTrait>(connection: &C, since: i64) -> AppResult<u64> {
    let bought = licence_key::Entity::find()
        // The same purchase under another text.
        .filter(licence_key::Column::Replaces.is_null())
        .filter(licence_key::Column::Source.eq(BOUGHT))
        .filter(licence_key::Column::CreatedAt.gte(since));
    Ok(bought.count(connection).await?)
}

/// A key text that the product has not used, in the form by which it is looked up.
pub(super) async fn free_text<C: ConnectionTrait>(connection: &C, product: i64) -> AppResult<String> {
    for _ in 0..TEXT_TRIES {
        let text = key_text::generate(getrandom::fill).map_err(AppError::internal)?.to_string();
        if !store::text_is_taken(connection, product, &text).await? {
            return Ok(text);
        }
    }
    Err(AppError::internal("no free licence key text was found"))
}
