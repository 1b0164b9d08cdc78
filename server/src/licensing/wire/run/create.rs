//! New keys.

use latchkey_shared::ids::{CustomerId, ProductId};
use serde_json::{Value, json};

use super::{
    change::{NOTES_CHARS, not_found},
    customer::checked_email,
    reseller::NO_RESELLER,
};
use crate::{
    customers::NewCustomer,
    licensing::{
        create::{self, Owner},
        issue::NewKey,
        templates,
        wire::{
            Answer, Call, Failure, WireResult,
            failure::{BAD_PARAMETERS, CUSTOMER_NOT_FOUND, NOTES_TOO_LONG, TRIAL_USED},
            table::key_create as table,
        },
    },
    resellers,
};

pub async fn create_key(call: &Call, params: table::CreateKey) -> WireResult {
    if params.notes.0.chars().count() > NOTES_CHARS {
        return Err(Failure::refused(NOTES_TOO_LONG));
    }
    call.product(params.product.0).await?;
    if let Some(reseller) = params.reseller.0 {
        let found = resellers::find(call.app().store.read(), reseller).await;
        found.map_err(|error| not_found(error, NO_RESELLER))?;
    }
    let owner = owner(call, &params)?;
    let new = NewKey {
        features: [
            params.f1.0,
            params.f2.0,
            params.f3.0,
            params.f4.0,
            params.f5.0,
            params.f6.0,
            params.f7.0,
            params.f8.0,
        ],
        max_machines: params.max_machines.0,
        allowed_machines: params.allowed_machines.0,
        trial_activation: params.trial_activation.0,
        reseller: params.reseller.0,
        blocked: params.block.0,
        notes: params.notes.0,
        ..NewKey::plain(ProductId(params.product.0), "api")
    };
    let made = create::keys(call.app(), &call.origin(), new, owner, params.period.0, params.count.0)
        .await
        .map_err(|error| not_found(error, CUSTOMER_NOT_FOUND))?;
    let texts: Vec<&str> = made.keys.iter().map(|key| key.key_text.as_str()).collect();
    if let [key] = &made.keys[..] {
        call.note_key(key);
    }
    let mut answer = Answer::done().with("key", texts.first().copied().unwrap_or_default());
    if texts.len() > 1 {
        answer = answer.with("createdKeys", json!(texts));
    }
    if let Some(customer) = made.customer {
        answer = answer.with("customerId", customer.id);
    }
    Ok(answer)
}

fn owner(call: &Call, params: &table::CreateKey) -> Result<Owner, Failure> {
    if !params.new_customer.0 && !params.by_email.0 {
        return Ok(match params.customer.0 {
            Some(id) => Owner::Customer(CustomerId(id)),
            None => Owner::Nobody,
        });
    }
    call.require("AddCustomer")?;
    checked_email(&params.email.0)?;
    let new = NewCustomer {
        name: params.name.0.clone(),
        email: params.email.0.clone(),
        company: params.company.0.clone(),
        enable_association: params.association.0,
        allow_activation_management: params.management.0,
        allow_multiple_users: params.multiple.0,
        source: "api",
        ..NewCustomer::default()
    };
    Ok(if params.by_email.0 { Owner::ByEmail(new) } else { Owner::New(new) })
}

pub async fn create_trial_key(call: &Call, params: table::CreateTrialKey) -> WireResult {
    let friendly_name = params.friendly_name.0.unwrap_or_default();
    let machine = params.machine.0.trim();
    call.note_machine(machine, &friendly_name);
    if machine.is_empty() {
        return Err(Failure::refused(BAD_PARAMETERS));
    }
    call.product(params.product.0).await?;
    let days = call.token().feature_lock.filter(|days| (1..=36_500).contains(days));
    let key = create::trial(
        call.app(),
        &call.origin(),
        ProductId(params.product.0),
        machine,
        &friendly_name,
        days.unwrap_or(create::TRIAL_DAYS),
    )
    .await?
    .ok_or(Failure::refused(TRIAL_USED))?;
    call.note_key(&key);
    Ok(Answer::done().with("key", key.key_text))
}

pub async fn create_key_from_template(call: &Call, params: table::CreateKeyFromTemplate) -> WireResult {
    let template = templates::find(call.app().store.read(), params.template.0).await?;
    call.product(template.product_id).await?;
    let said = templates::params(&template)?;
    let key = create::from_params(call.app(), &call.origin(), ProductId(template.product_id), &said).await?;
    call.note_key(&key);
    let raw: Value = json!({"key": key.key_text, "result": 0, "message": ""});
    Ok(Answer::done().with("key", key.key_text).with("rawResponse", raw.to_string()))
}
