//! A licence as a file: the answer of `Activate`, which SDKs load without network.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::ids::ProductId;

use super::{
    Answer,
    licence::{ModelVersion, Notes, signed_text},
};
use crate::{
    error::{AppError, AppResult},
    licensing::{licence::Licence, signer::Digest, signing},
    state::AppState,
};

/// The text of a licence file, signed now.
pub async fn file(app: &AppState, licence: &Licence) -> AppResult<String> {
    let text = signed_text(licence, ModelVersion::Three, Notes::Hidden, app.clock.now())
        .map_err(AppError::internal)?;
    let pair = signing::pair_of_product(app, ProductId(licence.key.product_id)).await?;
    let signatures = app.signer.sign(app, pair, vec![(Digest::Sha256, text.clone().into_bytes())]).await?;
    let signature = signatures.into_iter().next().unwrap_or_default();
    let answer = Answer::done().with("licenseKey", STANDARD.encode(text)).with("signature", signature);
    Ok(answer.into_body().to_string())
}
