//! `Activate`, `GetKey`, `Deactivate`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::ids::ProductId;
use latchkey_store::activations;
use serde_json::Value;

use crate::{
    clock::MINUTE,
    error::AppError,
    licensing::{
        activation::{self, Asked, Lease, Refusal},
        licence::{self, Licence},
        signer::Digest,
        signing,
        wire::{
            Answer, Call, Failure, WireResult,
            describe::NOTES_SCOPE,
            failure::{BAD_PARAMETERS, BLOCKED, LIMIT_REACHED, NEVER_ACTIVATED, REPLACED},
            licence::{ModelVersion, Notes, object, signed_text},
            linq,
            mask::Mask,
            metadata,
            params::SignMethod,
            table::key as table,
        },
    },
};

pub async fn activate(call: &Call, params: table::Activate) -> WireResult {
    let machine = params.machine.0;
    call.note_machine(&machine, &params.friendly_name.0);
    let found = call.key_for_machine(params.product.0, &params.key.0, &machine).await?;
    let customer = found.customer.clone();
    let lease =
        (params.lease.0 > 0).then_some(Lease { seconds: params.lease.0, overdraft: params.overdraft.0 });
    let asked = Asked {
        machine,
        friendly_name: params.friendly_name.0,
        os_info: params.os_info.0,
        ip: call.ip().to_owned(),
        lease,
    };
    let activated = match activation::activate(call.app(), found, asked).await? {
        Ok(activated) => activated,
        Err(refusal) => return Err(refused(refusal)),
    };
    let known = licence::Known { customer, machines: activated.machines, objects: activated.objects };
    let whole = licence::complete(call.app().store.read(), activated.key, known).await?;
    let mut shown = whole.clone();
    // Who holds a floating seat sees no others.
    shown.machines.retain(|machine| match lease {
        Some(_) => Some(machine.id) == activated.own,
        None => !machine.floating,
    });
    Mask::of(call.token(), params.fields.0).apply(&mut shown, activated.own);
    let wanted = Wanted {
        metadata: params.metadata.0,
        sign: params.sign.0,
        method: params.sign_method,
        model: ModelVersion::from_number(params.model.0),
    };
    answer(call, &whole, &shown, wanted).await
}

fn refused(refusal: Refusal) -> Failure {
    Failure::refused(match refusal {
        Refusal::Replaced => return Failure::Explained { message: BLOCKED, reason: REPLACED },
        Refusal::Blocked => BLOCKED,
        Refusal::LimitReached => LIMIT_REACHED,
        Refusal::MachineNotAllowed => "The machine is not among those that may activate this key.",
        Refusal::NoMachine => BAD_PARAMETERS,
    })
}

pub async fn get_key(call: &Call, params: table::GetKey) -> WireResult {
    let (key, customer) = call.key_and_customer(params.product.0, &params.key.0).await?;
    let connection = call.app().store.read();
    let machines = activations::of_key(connection, call.access(), key.id.into(), call.now()).await?;
    let known = licence::Known { customer, machines, objects: None };
    let licence = licence::complete(connection, key, known).await?;
    let wanted = Wanted {
        metadata: params.metadata.0,
        sign: params.sign.0,
        method: params.sign_method,
        model: ModelVersion::from_number(params.model.0),
    };
    let mut shown = licence.clone();
    Mask::of(call.token(), params.fields.0).apply(&mut shown, None);
    answer(call, &licence, &shown, wanted).await
}

pub async fn deactivate(call: &Call, params: table::Deactivate) -> WireResult {
    call.note_machine(&params.machine.0, "");
    let key = call.key(params.product.0, &params.key.0).await?;
    if activation::deactivate(call.app(), key.id, &params.machine.0, params.floating.0).await? {
        Ok(Answer::done())
    } else {
        Err(Failure::refused(NEVER_ACTIVATED))
    }
}

/// How a licence is to be answered.
#[derive(Clone, Copy)]
struct Wanted {
    metadata: bool,
    sign: bool,
    method: SignMethod,
    model: ModelVersion,
}

/// The licence as `wanted`: `shown` is what the client sees, `whole` what the metadata count.
async fn answer(call: &Call, whole: &Licence, shown: &Licence, wanted: Wanted) -> WireResult {
    let now = call.now();
    // Signed as of the minute, so that the same answer soon after has the same signature.
    let signed_at = now - now.rem_euclid(MINUTE);
    let notes = if call.token().holds(NOTES_SCOPE) { Notes::Shown } else { Notes::Hidden };
    let text = signed_text(shown, wanted.model, notes, signed_at).map_err(AppError::internal)?;
    let status = wanted.metadata.then(|| metadata::of(whole, now)).transpose().map_err(AppError::internal)?;
    let mut messages = Vec::new();
    if wanted.sign {
        let message = match wanted.method {
            SignMethod::Text => text.clone().into_bytes(),
            SignMethod::Values => {
                linq::bytes(shown, if notes == Notes::Shown { &shown.key.notes } else { "" }, signed_at)
            }
        };
        messages.push((Digest::Sha256, message));
    }
    if let Some(status) = &status {
        messages.push((Digest::Sha512, status.data.clone().into_bytes()));
    }
    let app = call.app();
    let mut signatures = Vec::new();
    if !messages.is_empty() {
        let pair = signing::pair_of_product(app, ProductId(whole.key.product_id)).await?;
        signatures = app.signer.sign(app, pair, messages).await?;
    }
    let mut signatures = signatures.into_iter();
    let signature = if wanted.sign { signatures.next().unwrap_or_default() } else { String::new() };
    let mut answer = match wanted.method {
        SignMethod::Text => {
            Answer::done().with("licenseKey", STANDARD.encode(text)).with("signature", signature)
        }
        SignMethod::Values => {
            let mut licence = object(shown, notes);
            if let Value::Object(fields) = &mut licence {
                fields.insert(
                    "signDate".to_owned(),
                    super::super::licence::iso(signed_at.div_euclid(1_000)).into(),
                );
                fields.insert("signature".to_owned(), signature.into());
            }
            Answer::done().with("licenseKey", licence)
        }
    };
    if let Some(status) = status {
        answer = answer.with("metadata", status.signed(&signatures.next().unwrap_or_default(), now));
    }
    Ok(answer)
}
