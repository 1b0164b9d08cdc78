//! The group `ai`: what programs report, and what the log tells.

use crate::licensing::wire::{
    method::methods,
    params::{MaybeId, MaybeKeyText, Objects, Text, Whole},
    run::{ai as run, ai_counts as counts},
};

const LEAST: i64 = i32::MIN as i64;
const MOST: i64 = i32::MAX as i64;

methods! { "ai";
    /// Keeps an event.
    RegisterEvent, scope ["RegisterEvent"], runs run::register_event {
        product: MaybeId = "ProductId", "Product.";
        key: MaybeKeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        feature: Text<100> = "FeatureName", "Which part of the program.";
        name: Text<100> = "EventName", "What happened.";
        value: Whole<LEAST, MOST> = "Value", "A number.";
        currency: Text<10> = "Currency", "Of the number, where it is money.";
        metadata: Text<1_000> = "Metadata", "Anything else.";
    } answers []

    /// Keeps several events.
    RegisterEvents, scope ["RegisterEvent"], runs run::register_events {
        product: MaybeId = "ProductId", "Product.";
        key: MaybeKeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        events: Objects<500> = "Events", "A JSON list of FeatureName, EventName, Value, Currency, Metadata, Time.";
    } answers []

    /// Lists events, the newest first.
    GetEvents, scope ["GetEvents"], runs run::get_events {
        product: MaybeId = "ProductId", "Only of this product.";
        key: MaybeKeyText = "Key", "Only of this key.";
        limit: Whole<1, 1_000, 10> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id, the oldest first.";
        before: MaybeId = "EndingBefore", "Only before this id.";
    } answers ["events"]

    /// Lists calls of this API, the newest first.
    GetWebAPILog, scope ["GetWebAPILog"], runs run::get_log {
        product: MaybeId = "ProductId", "Only of this product.";
        key: MaybeKeyText = "Key", "Only of this key.";
        machine: Text<256> = "MachineCode", "Only of this machine.";
        friendly_name: Text<250> = "FriendlyName", "Only of machines with this name.";
        limit: Whole<1, 1_000, 10> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id, the oldest first.";
        before: MaybeId = "EndingBefore", "Only before this id.";
        order: Text<100> = "OrderBy", "Id ascending or Id descending.";
    } answers ["logs"]

    /// Counts calls per key, from the log; the keys with the latest calls first.
    GetKeyUsageSummaries, scope ["GetKeyUsageSummaries"], runs run::get_key_usage_summaries {
        product: MaybeId = "ProductId", "Only of this product.";
        key_id: MaybeId = "KeyId", "Only of the key with this global id.";
        key: MaybeKeyText = "Key", "Only of this key.";
        limit: Whole<1, 1_000, 100> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id, the lowest first.";
        before: MaybeId = "EndingBefore", "Only before this id, the highest first.";
        start: Text<30> = "Start", "Only calls from this day on, e.g. 2026-01-31.";
        end: Text<30> = "End", "Only calls up to the end of this day.";
    } answers ["summaries"]

    /// Lists the machines of keys, the last seen first.
    GetKeyDevices, scope ["GetKeyDevices"], runs run::get_key_devices {
        product: MaybeId = "ProductId", "Only of this product.";
        key_id: MaybeId = "KeyId", "Only of the key with this global id.";
        key: MaybeKeyText = "Key", "Only of this key.";
        machine: Text<256> = "MachineCode", "Only this machine.";
        limit: Whole<1, 1_000, 100> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id, the lowest first.";
        before: MaybeId = "EndingBefore", "Only before this id, the highest first.";
        start: Text<30> = "Start", "Only machines last seen from this day on, e.g. 2026-01-31.";
        end: Text<30> = "End", "Only machines last seen up to the end of this day.";
    } answers ["devices"]

    /// Counts calls per product and day, from the log.
    GetDailyAggregates, scope ["GetDailyAggregates"], runs counts::get_daily_aggregates {
        product: MaybeId = "ProductId", "Only of this product.";
        start: Text<30> = "Start", "First day, e.g. 2026-01-31; thirty days ago unless said.";
        end: Text<30> = "End", "Last day; today unless said.";
        limit: Whole<1, 1_000, 100> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id.";
        before: MaybeId = "EndingBefore", "Only before this id.";
    } answers ["aggregates"]

    /// Counts calls per product, day and country of the key's customer, from the log.
    GetDailyCountryAggregates, scope ["GetDailyCountryAggregates", "GetDailyAggregates"], runs counts::get_daily_country_aggregates {
        product: MaybeId = "ProductId", "Only of this product.";
        country: Text<2> = "CountryCode", "Only of customers in this country, two letters.";
        start: Text<30> = "Start", "First day, e.g. 2026-01-31; thirty days ago unless said.";
        end: Text<30> = "End", "Last day; today unless said.";
        limit: Whole<1, 1_000, 100> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id.";
        before: MaybeId = "EndingBefore", "Only before this id.";
    } answers ["aggregates"]

    /// Counts calls per key, machine and half hour, from the log.
    GetLicenseActivityBuckets, scope ["GetLicenseActivityBuckets"], runs counts::get_license_activity_buckets {
        product: MaybeId = "ProductId", "Only of this product.";
        key_id: MaybeId = "KeyId", "Only of the key with this global id.";
        key: MaybeKeyText = "Key", "Only of this key.";
        machine: Text<256> = "MachineCode", "Only of this machine.";
        start: Text<30> = "Start", "First day, e.g. 2026-01-31; thirty days ago unless said.";
        end: Text<30> = "End", "Last day; today unless said.";
        limit: Whole<1, 1_000, 100> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id.";
        before: MaybeId = "EndingBefore", "Only before this id.";
    } answers ["buckets"]

    /// Lists what was changed and by whom, the newest first.
    GetObjectLog, scope ["GetObjectLog"], runs counts::get_object_log {
        product: MaybeId = "ProductId", "Only of the keys of this product, and of the product itself.";
        key: MaybeKeyText = "Key", "Only of this key.";
        limit: Whole<1, 1_000, 10> = "Limit", "At most so many.";
        after: MaybeId = "StartingAfter", "Only after this id, the oldest first.";
        before: MaybeId = "EndingBefore", "Only before this id.";
        order: Text<100> = "OrderBy", "Id ascending or Id descending.";
    } answers ["logs"]
}
