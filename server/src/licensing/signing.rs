//! The key pairs that sign licences.
//!
//! A product names its pair. The first one is made at first start; its private half is sealed in the database
//! as `signing/{id}` (PKCS#8 in base64), its public half is what vendors build into their programs.

use aws_lc_rs::{
    encoding::AsDer as _,
    rsa::KeySize,
    signature::{KeyPair as _, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::ids::ProductId;
use latchkey_store::{entity::signing_key, products, signing_keys as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

/// The name under which the private half of a pair is sealed.
fn secret_name(id: i64) -> String {
    format!("signing/{id}")
}

/// The pair that new products name.
pub async fn default_pair<C: ConnectionTrait>(connection: &C) -> AppResult<signing_key::Model> {
    store::default_pair(connection).await?.ok_or_else(|| AppError::internal("there is no signing key pair"))
}

/// Makes the first pair on an empty database. Of several processes that start at once, one makes it.
pub async fn ensure(app: &AppState) -> AppResult<()> {
    if store::default_pair(app.store.read()).await?.is_some() {
        return Ok(());
    }
    let pair = tokio::task::spawn_blocking(NewPair::generate).await.map_err(AppError::internal)??;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    store::lock(&transaction).await?;
    if store::default_pair(&transaction).await?.is_some() {
        return Ok(());
    }
    let row = signing_key::ActiveModel {
        id: NotSet,
        name: Set("Default".to_owned()),
        public_xml: Set(pair.public_xml),
        public_pem: Set(pair.public_pem),
        retired: Set(false),
        created_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    app.sealer.put(&transaction, &secret_name(row.id), &pair.private, now).await?;
    transaction.commit().await?;
    Ok(())
}

/// The pair that a product names; a change is honoured within a second.
pub async fn pair_of_product(app: &AppState, product: ProductId) -> AppResult<i64> {
    if let Some(pair) = app.signer.known_pair(product) {
        return Ok(pair);
    }
    let row = products::find(app.store.read(), product).await?;
    let pair = row.ok_or_else(|| AppError::not_found("product"))?.signing_key_id;
    app.signer.remember_pair(product, pair);
    Ok(pair)
}

/// The private half of a pair.
pub async fn private_half(app: &AppState, id: i64) -> AppResult<RsaKeyPair> {
    let sealed = app.sealer.get(app.store.read(), &secret_name(id)).await?;
    let sealed =
        sealed.ok_or_else(|| AppError::internal(format!("signing key pair {id} has no private half")))?;
    let broken = || AppError::internal(format!("the private half of signing key pair {id} is broken"));
    let der = STANDARD.decode(sealed).map_err(|_| broken())?;
    RsaKeyPair::from_pkcs8(&der).map_err(|_| broken())
}

/// A pair that was just made.
struct NewPair {
    /// PKCS#8 in base64.
    private: String,
    public_xml: String,
    public_pem: String,
}

impl NewPair {
    /// RSA with 2,048 bits: what the published licensing SDKs verify.
    fn generate() -> AppResult<Self> {
        let broken = |_| AppError::internal("a signing key pair could not be made");
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(broken)?;
        let private = pair.as_der().map_err(broken)?;
        let public = pair.public_key();
        let modulus = public.modulus();
        let exponent = public.exponent();
        Ok(Self {
            private: STANDARD.encode(private.as_ref()),
            public_xml: xml(
                modulus.big_endian_without_leading_zero(),
                exponent.big_endian_without_leading_zero(),
            ),
            public_pem: pem(public.as_der().map_err(broken)?.as_ref()),
        })
    }
}

/// The public half as .NET writes it, which is what the SDKs take.
fn xml(modulus: &[u8], exponent: &[u8]) -> String {
    let (modulus, exponent) = (STANDARD.encode(modulus), STANDARD.encode(exponent));
    format!("<RSAKeyValue><Modulus>{modulus}</Modulus><Exponent>{exponent}</Exponent></RSAKeyValue>")
}

/// The public half as PEM, from its `SubjectPublicKeyInfo`.
fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = "-----BEGIN PUBLIC KEY-----\n".to_owned();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(Ord::min(64, rest.len()));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END PUBLIC KEY-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        rand::SystemRandom,
        signature::{
            RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
        },
    };

    use super::*;

    fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
        text.split_once(before).unwrap().1.split_once(after).unwrap().0
    }

    #[test]
    fn both_public_forms_verify_what_the_sealed_half_signs() {
        let made = NewPair::generate().unwrap();
        let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(&made.private).unwrap()).unwrap();
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"a licence", &mut signature).unwrap();

        let part = |tag: &str| {
            STANDARD.decode(between(&made.public_xml, &format!("<{tag}>"), &format!("</{tag}>"))).unwrap()
        };
        let from_xml = RsaPublicKeyComponents { n: part("Modulus"), e: part("Exponent") };
        assert_eq!(part("Modulus").len(), 256, "2,048 bits without a leading zero");
        from_xml.verify(&RSA_PKCS1_2048_8192_SHA256, b"a licence", &signature).unwrap();
        from_xml.verify(&RSA_PKCS1_2048_8192_SHA256, b"another", &signature).unwrap_err();

        let lines: Vec<&str> = made.public_pem.lines().collect();
        assert!(lines.iter().all(|line| line.len() <= 64));
        let body = lines[1..lines.len() - 1].concat();
        assert_eq!(
            (lines[0], lines[lines.len() - 1]),
            ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----")
        );
        let from_pem = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, STANDARD.decode(body).unwrap());
        from_pem.verify(b"a licence", &signature).unwrap();
    }
}
