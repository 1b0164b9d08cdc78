//! The key pairs that sign licences.
//!
//! A product names its pair. The first one is made at first start; its private half is sealed in the database
//! as `signing/{id}` (PKCS#8 in base64), its public half is what vendors build into their programs.

use aws_lc_rs::{
    encoding::AsDer as _,
    error::Unspecified,
    rsa::{KeySize, Pkcs1PrivateDecryptingKey, PrivateDecryptingKey},
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
    keep(app, &transaction, "Default", pair, now).await?;
    transaction.commit().await?;
    Ok(())
}

/// Stores a pair, its private half sealed.
pub(super) async fn keep<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    name: &str,
    pair: NewPair,
    now: i64,
) -> AppResult<signing_key::Model> {
    let row = signing_key::ActiveModel {
        id: NotSet,
        name: Set(name.to_owned()),
        public_xml: Set(pair.public_xml),
        public_pem: Set(pair.public_pem),
        retired: Set(false),
        created_at: Set(now),
    };
    let row = store::insert(connection, row).await?;
    app.sealer.put(connection, &secret_name(row.id), &pair.private, now).await?;
    Ok(row)
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
    let der = private_der(app, id).await?;
    RsaKeyPair::from_pkcs8(&der).map_err(|_| broken(id))
}

/// The private half of a pair, to open what was closed with its public half.
pub(super) async fn opening_half(app: &AppState, id: i64) -> AppResult<Pkcs1PrivateDecryptingKey> {
    let der = private_der(app, id).await?;
    let private = PrivateDecryptingKey::from_pkcs8(&der).map_err(|_| broken(id))?;
    Pkcs1PrivateDecryptingKey::new(private).map_err(|_| broken(id))
}

/// The private half of a pair as PEM, to be taken elsewhere.
pub(super) async fn private_pem(app: &AppState, id: i64) -> AppResult<String> {
    Ok(pem(PRIVATE, &private_der(app, id).await?))
}

/// PKCS#8.
async fn private_der(app: &AppState, id: i64) -> AppResult<Vec<u8>> {
    let sealed = app.sealer.get(app.store.read(), &secret_name(id)).await?;
    let sealed =
        sealed.ok_or_else(|| AppError::internal(format!("signing key pair {id} has no private half")))?;
    STANDARD.decode(sealed).map_err(|_| broken(id))
}

fn broken(id: i64) -> AppError {
    AppError::internal(format!("the private half of signing key pair {id} is broken"))
}

/// A pair that is not stored yet.
pub(super) struct NewPair {
    /// PKCS#8 in base64.
    private: String,
    pub public_xml: String,
    public_pem: String,
}

/// Why a private half is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Not an RSA key in one of the forms that are known.
    Unreadable,
    Encrypted,
    /// Other than 2,048 bits.
    Size,
}

impl NewPair {
    /// RSA with 2,048 bits: what the published licensing SDKs verify.
    pub fn generate() -> AppResult<Self> {
        let broken = |_| AppError::internal("a signing key pair could not be made");
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(broken)?;
        Self::of(&pair).map_err(broken)
    }

    /// Reads the PEM of PKCS#8 or PKCS#1.
    pub fn from_pem(text: &str) -> Result<Self, Unfit> {
        if text.contains("ENCRYPTED") {
            return Err(Unfit::Encrypted);
        }
        let decode = |body: &str| {
            let body: String = body.split_whitespace().collect();
            STANDARD.decode(body).map_err(|_| Unfit::Unreadable)
        };
        let pair = if let Some(body) = inside(text, PRIVATE) {
            RsaKeyPair::from_pkcs8(&decode(body)?)
        } else if let Some(body) = inside(text, PRIVATE_RSA) {
            RsaKeyPair::from_der(&decode(body)?)
        } else {
            return Err(Unfit::Unreadable);
        };
        let pair = pair.map_err(|rejected| {
            let size = ["TooSmall", "TooLarge"].contains(&rejected.description_());
            if size { Unfit::Size } else { Unfit::Unreadable }
        })?;
        if pair.public_modulus_len() != 256 {
            return Err(Unfit::Size);
        }
        Self::of(&pair).map_err(|_| Unfit::Unreadable)
    }

    fn of(pair: &RsaKeyPair) -> Result<Self, Unspecified> {
        let private = pair.as_der()?;
        let public = pair.public_key();
        let modulus = public.modulus();
        let exponent = public.exponent();
        Ok(Self {
            private: STANDARD.encode(private.as_ref()),
            public_xml: xml(
                modulus.big_endian_without_leading_zero(),
                exponent.big_endian_without_leading_zero(),
            ),
            public_pem: pem(PUBLIC, public.as_der()?.as_ref()),
        })
    }
}

/// The public half as .NET writes it, which is what the SDKs take.
fn xml(modulus: &[u8], exponent: &[u8]) -> String {
    let (modulus, exponent) = (STANDARD.encode(modulus), STANDARD.encode(exponent));
    format!("<RSAKeyValue><Modulus>{modulus}</Modulus><Exponent>{exponent}</Exponent></RSAKeyValue>")
}

/// `SubjectPublicKeyInfo`
const PUBLIC: &str = "PUBLIC KEY";
/// PKCS#8
const PRIVATE: &str = "PRIVATE KEY";
/// PKCS#1
const PRIVATE_RSA: &str = "RSA PRIVATE KEY";

/// What stands between the first and last line of a PEM with that label.
fn inside<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    Some(rest.split_once(&format!("-----END {label}-----"))?.0)
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(Ord::min(64, rest.len()));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END ");
    pem.push_str(label);
    pem.push_str("-----\n");
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

    #[test]
    fn a_private_half_is_read_in_both_forms_and_nothing_else_is() {
        let made = NewPair::generate().unwrap();
        let pkcs8 = STANDARD.decode(&made.private).unwrap();
        let text = pem(PRIVATE, &pkcs8);
        assert_eq!(
            NewPair::from_pem(&format!("  comment\r\n{}", text.replace('\n', "\r\n"))).unwrap().public_xml,
            made.public_xml
        );
        // The last field of PKCS#8 holds PKCS#1, behind 26 bytes that say that it is RSA.
        let pkcs1 = pem(PRIVATE_RSA, &pkcs8[26..]);
        let read = NewPair::from_pem(&pkcs1).unwrap();
        assert_eq!((read.public_xml, read.private), (made.public_xml.clone(), made.private.clone()));

        let unfit = |text: &str| NewPair::from_pem(text).err().unwrap();
        assert_eq!(unfit(&made.public_pem), Unfit::Unreadable);
        assert_eq!(unfit(&pem(PRIVATE, b"nothing")), Unfit::Unreadable);
        assert_eq!(unfit("-----BEGIN ENCRYPTED PRIVATE KEY-----"), Unfit::Encrypted);
        assert_eq!(unfit(""), Unfit::Unreadable);
    }
}
