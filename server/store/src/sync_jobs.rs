//! What waits to be fetched from Stripe: queries. Signals for one object are coalesced into one row.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockBehavior, LockType, OnConflict, SimpleExpr},
};

use crate::entity::sync_job;

/// What kind of thing is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `sub_…`
    Subscription,
    /// `cus_…`: all of a customer's subscriptions.
    Customer,
    /// All products and prices; the id is [`Target::WHOLE_CATALOG`].
    Catalog,
    /// `cs_…`
    Checkout,
    /// `ch_…`
    Charge,
    /// `du_…`
    Dispute,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::Customer => "customer",
            Self::Catalog => "catalog",
            Self::Checkout => "checkout",
            Self::Charge => "charge",
            Self::Dispute => "dispute",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Subscription, Self::Customer, Self::Catalog, Self::Checkout, Self::Charge, Self::Dispute]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A Stripe object to converge with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    pub account: i64,
    pub kind: Kind,
    pub stripe_id: String,
}

impl Target {
    pub const WHOLE_CATALOG: &'static str = "all";

    pub fn subscription(account: i64, stripe_id: &str) -> Self {
        Self { account, kind: Kind::Subscription, stripe_id: stripe_id.to_owned() }
    }

    pub fn checkout(account: i64, session: &str) -> Self {
        Self { account, kind: Kind::Checkout, stripe_id: session.to_owned() }
    }

    pub fn charge(account: i64, stripe_id: &str) -> Self {
        Self { account, kind: Kind::Charge, stripe_id: stripe_id.to_owned() }
    }

    pub fn dispute(account: i64, stripe_id: &str) -> Self {
        Self { account, kind: Kind::Dispute, stripe_id: stripe_id.to_owned() }
    }

    pub fn customer(account: i64, stripe_id: &str) -> Self {
        Self { account, kind: Kind::Customer, stripe_id: stripe_id.to_owned() }
    }

    pub fn catalog(account: i64) -> Self {
        Self { account, kind: Kind::Catalog, stripe_id: Self::WHOLE_CATALOG.to_owned() }
    }

    fn key(&self) -> (i64, String, String) {
        (self.account, self.kind.as_str().to_owned(), self.stripe_id.clone())
    }
}

/// A job that the caller holds until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub target: Target,
    /// How many signals there were when it was claimed; those that came later need another run.
    pub wanted: i64,
    pub attempts: i64,
}

/// Asks for `target` to be fetched at `now`, also where an earlier try waits for a later time. Answers the
/// number of signals so far.
pub async fn request<C: ConnectionTrait>(connection: &C, target: &Target, now: i64) -> Result<i64, DbErr> {
    let row = sync_job::ActiveModel {
        account_id: Set(target.account),
        kind: Set(target.kind.as_str().to_owned()),
        stripe_id: Set(target.stripe_id.clone()),
        wanted: Set(1),
        done: Set(0),
        attempts: Set(0),
        last_error: Set(None),
        next_at: Set(now),
        lease_until: Set(None),
    };
    let stored = sync_job::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([
                sync_job::Column::AccountId,
                sync_job::Column::Kind,
                sync_job::Column::StripeId,
            ])
            .value(sync_job::Column::Wanted, Expr::col((sync_job::Entity, sync_job::Column::Wanted)).add(1))
            .value(sync_job::Column::NextAt, now)
            .to_owned(),
        )
        .exec_with_returning(connection)
        .await?;
    Ok(stored.wanted)
}

/// Whether anything is due.
pub async fn any_due<C: ConnectionTrait>(connection: &C, now: i64) -> Result<bool, DbErr> {
    Ok(due(now).one(connection).await?.is_some())
}

/// Takes the next job that is due and holds it until `lease_until`.
pub async fn claim<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    lease_until: i64,
) -> Result<Option<Claim>, DbErr> {
    let found = skipping_locked(connection, due(now)).one(connection).await?;
    hold(connection, found, lease_until).await
}

/// Takes the job of `target` unless somebody else holds it or nothing is wanted.
pub async fn claim_exactly<C: ConnectionTrait>(
    connection: &C,
    target: &Target,
    now: i64,
    lease_until: i64,
) -> Result<Option<Claim>, DbErr> {
    let free = sync_job::Entity::find_by_id(target.key()).filter(is_free(now));
    let found = skipping_locked(connection, free).one(connection).await?;
    hold(connection, found, lease_until).await
}

async fn hold<C: ConnectionTrait>(
    connection: &C,
    found: Option<sync_job::Model>,
    lease_until: i64,
) -> Result<Option<Claim>, DbErr> {
    let Some(row) = found else { return Ok(None) };
    let Some(kind) = Kind::parse(&row.kind) else { return Ok(None) };
    let target = Target { account: row.account_id, kind, stripe_id: row.stripe_id };
    of(&target).col_expr(sync_job::Column::LeaseUntil, Expr::value(lease_until)).exec(connection).await?;
    Ok(Some(Claim { target, wanted: row.wanted, attempts: row.attempts }))
}

/// How fetching `target` stands; nothing where it was never asked for.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    target: &Target,
) -> Result<Option<sync_job::Model>, DbErr> {
    sync_job::Entity::find_by_id(target.key()).one(connection).await
}

/// The subscriptions of `stripe_ids` that wait to be fetched, and when their turn is.
pub async fn waiting_subscriptions<C: ConnectionTrait>(
    connection: &C,
    stripe_ids: &[&str],
) -> Result<Vec<sync_job::Model>, DbErr> {
    sync_job::Entity::find()
        .filter(sync_job::Column::Kind.eq(Kind::Subscription.as_str()))
        .filter(sync_job::Column::StripeId.is_in(stripe_ids.iter().copied()))
        .filter(Expr::col(sync_job::Column::Wanted).gt(Expr::col(sync_job::Column::Done)))
        .all(connection)
        .await
}

/// The number of signals that have been worked off for `target`.
pub async fn done<C: ConnectionTrait>(connection: &C, target: &Target) -> Result<i64, DbErr> {
    let row = sync_job::Entity::find_by_id(target.key()).one(connection).await?;
    Ok(row.map_or(0, |row| row.done))
}

/// Keeps other processes from applying what they fetched for `target` until the caller's transaction ends.
/// On SQLite every writing transaction does that by itself.
pub async fn lock<C: ConnectionTrait>(connection: &C, target: &Target) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        sync_job::Entity::find_by_id(target.key()).lock(LockType::Update).one(connection).await?;
    }
    Ok(())
}

/// Marks a claimed job's signals as worked off and lets it go.
pub async fn finish<C: ConnectionTrait>(connection: &C, claim: &Claim) -> Result<(), DbErr> {
    of(&claim.target)
        .col_expr(sync_job::Column::Done, Expr::value(claim.wanted))
        .col_expr(sync_job::Column::Attempts, Expr::value(0_i64))
        .col_expr(sync_job::Column::LastError, Expr::value(Option::<String>::None))
        .col_expr(sync_job::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .exec(connection)
        .await?;
    Ok(())
}

/// Lets a job go whose try failed; it is due again at `next_at`.
pub async fn fail<C: ConnectionTrait>(
    connection: &C,
    claim: &Claim,
    error: &str,
    next_at: i64,
) -> Result<(), DbErr> {
    of(&claim.target)
        .col_expr(sync_job::Column::Attempts, Expr::value(claim.attempts + 1))
        .col_expr(sync_job::Column::LastError, Expr::value(error))
        .col_expr(sync_job::Column::NextAt, Expr::value(next_at))
        .col_expr(sync_job::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .exec(connection)
        .await?;
    Ok(())
}

/// Holds on to a claimed job until `lease_until`; false where its lease ended and somebody else took it, or
/// finished it.
pub async fn renew<C: ConnectionTrait>(
    connection: &C,
    claim: &Claim,
    lease_until: i64,
) -> Result<bool, DbErr> {
    let renewed = of(&claim.target)
        .col_expr(sync_job::Column::LeaseUntil, Expr::value(lease_until))
        .filter(sync_job::Column::LeaseUntil.is_not_null())
        .exec(connection)
        .await?;
    Ok(renewed.rows_affected > 0)
}

/// Makes due at once what waits for its next try. Answers how much is wanted and not done, whoever has it in
/// hand.
pub async fn hurry<C: ConnectionTrait>(connection: &C, now: i64) -> Result<u64, DbErr> {
    sync_job::Entity::update_many()
        .col_expr(sync_job::Column::NextAt, Expr::value(now))
        .filter(unfinished())
        .filter(sync_job::Column::NextAt.gt(now))
        .exec(connection)
        .await?;
    unfinished_count(connection).await
}

/// How much is wanted and not done.
pub async fn unfinished_count<C: ConnectionTrait>(connection: &C) -> Result<u64, DbErr> {
    sync_job::Entity::find().filter(unfinished()).count(connection).await
}

fn unfinished() -> SimpleExpr {
    Expr::col((sync_job::Entity, sync_job::Column::Wanted))
        .gt(Expr::col((sync_job::Entity, sync_job::Column::Done)))
}

fn of(target: &Target) -> sea_orm::UpdateMany<sync_job::Entity> {
    sync_job::Entity::update_many()
        .filter(sync_job::Column::AccountId.eq(target.account))
        .filter(sync_job::Column::Kind.eq(target.kind.as_str()))
        .filter(sync_job::Column::StripeId.eq(&target.stripe_id))
}

fn due(now: i64) -> Select<sync_job::Entity> {
    sync_job::Entity::find()
        .filter(sync_job::Column::NextAt.lte(now))
        .filter(is_free(now))
        .order_by_asc(sync_job::Column::NextAt)
        .limit(1)
}

fn is_free(now: i64) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(unfinished())
        .add(sync_job::Column::LeaseUntil.is_null().or(sync_job::Column::LeaseUntil.lte(now)))
}

fn skipping_locked<C: ConnectionTrait>(
    connection: &C,
    select: Select<sync_job::Entity>,
) -> Select<sync_job::Entity> {
    if connection.get_database_backend() == DbBackend::Postgres {
        select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
    } else {
        select
    }
}
