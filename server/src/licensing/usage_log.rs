//! Logs of use that a vendor's licence server writes where there is no network, to be uploaded later.
//!
//! A log is a chain of blocks, the newest outermost. A block is a `MessagePack` array of an initialisation vector, an
//! AES-128 key under the vendor's public RSA key (PKCS #1 v1.5) and, under that AES key (CBC, filled up with zeros),
//! another array: what was counted (by how much, which data object), when in Unix seconds, and the block before it
//! or nothing. That is how the published licence server writes it (its `DOSerialization.cs`;
//! <https://eprint.iacr.org/2021/937>).
//!
//! The private half that opens a log also signs licences, so nobody may learn from an answer whether the padding of
//! an RSA block was right: where it was not, the block is opened with a key that nobody knows, and fails like every
//! other that cannot be read. Beside that, uploads are few (`Limited::UsageLog`).

use std::collections::BTreeSet;

use aws_lc_rs::{
    cipher::{AES_128, AES_CBC_IV_LEN, DecryptingKey, DecryptionContext, UnboundCipherKey},
    iv::FixedLength,
    rand,
    rsa::Pkcs1PrivateDecryptingKey,
};
use latchkey_shared::ids::ProductId;
use serde::Deserialize;
use serde_bytes::ByteBuf;
use sha2::{Digest as _, Sha256};

use super::signing;
use crate::{error::AppResult, state::AppState};

/// The most blocks of a log that were not uploaded before, as the documentation of the SDKs says.
const MOST_BLOCKS: usize = 1_000;
const AES_KEY_BYTES: usize = 16;

/// A block that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// SHA-256 over the block as it came, in hex: the same block is not counted twice.
    pub hash: String,
    /// By how much, either way.
    pub by: i64,
    /// The data object.
    pub object: i64,
}

/// Why a log is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Unreadable,
    TooLong,
}

#[derive(Deserialize)]
struct Sealed {
    vector: ByteBuf,
    key: ByteBuf,
    content: ByteBuf,
}

#[derive(Deserialize)]
struct Opened {
    operation: Operation,
    _at: i64,
    before: Option<ByteBuf>,
}

#[derive(Deserialize)]
struct Operation {
    by: i32,
    object: i64,
}

/// The blocks of a log that are not `known`, the oldest first.
pub async fn open(
    app: &AppState,
    product: ProductId,
    log: Vec<u8>,
    known: BTreeSet<String>,
) -> AppResult<Result<Vec<Counted>, Unfit>> {
    let pair = signing::pair_of_product(app, product).await?;
    let private = signing::opening_half(app, pair).await?;
    app.signer.in_turn(move || unwind(&private, log, &known)).await
}

fn unwind(
    private: &Pkcs1PrivateDecryptingKey,
    log: Vec<u8>,
    known: &BTreeSet<String>,
) -> Result<Vec<Counted>, Unfit> {
    let mut counted = Vec::new();
    let mut next = Some(log);
    while let Some(block) = next {
        let hash = hex::encode(Sha256::digest(&block));
        if known.contains(&hash) {
            break;
        }
        if counted.len() == MOST_BLOCKS {
            return Err(Unfit::TooLong);
        }
        let Opened { operation, before, .. } = open_block(private, &block).ok_or(Unfit::Unreadable)?;
        counted.push(Counted { hash, by: operation.by.into(), object: operation.object });
        next = before.map(ByteBuf::into_vec);
    }
    counted.reverse();
    Ok(counted)
}

fn open_block(private: &Pkcs1PrivateDecryptingKey, block: &[u8]) -> Option<Opened> {
    let Sealed { vector, key, content } = rmp_serde::from_slice(block).ok()?;
    let vector: &[u8; AES_CBC_IV_LEN] = vector.as_slice().try_into().ok()?;
    let mut content = content.into_vec();
    if content.is_empty() || !content.len().is_multiple_of(AES_CBC_IV_LEN) {
        return None;
    }
    let cipher = UnboundCipherKey::new(&AES_128, &content_key(private, &key)?).ok()?;
    let context = DecryptionContext::Iv128(FixedLength::from(vector));
    let plain = DecryptingKey::cbc(cipher).ok()?.decrypt(&mut content, context).ok()?;
    // What fills up the last block stands behind the array and is not read.
    rmp_serde::from_slice(plain).ok()
}

/// The block's AES key; one that nobody knows where there is none.
fn content_key(private: &Pkcs1PrivateDecryptingKey, sealed: &[u8]) -> Option<[u8; AES_KEY_BYTES]> {
    let mut instead = [0; AES_KEY_BYTES];
    rand::fill(&mut instead).ok()?;
    let mut room = vec![0; private.min_output_size()];
    let key =
        private.decrypt(sealed, &mut room).ok().and_then(|key| <[u8; AES_KEY_BYTES]>::try_from(&*key).ok());
    Some(key.unwrap_or(instead))
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        cipher::{DecryptionContext, EncryptingKey},
        rsa::{KeySize, Pkcs1PublicEncryptingKey, PrivateDecryptingKey},
    };
    use proptest::prelude::*;

    use super::*;

    /// Closes blocks as a licence server does.
    struct LicenceServer(Pkcs1PublicEncryptingKey);

    impl LicenceServer {
        fn block(&self, by: i32, object: i64, before: Option<&[u8]>) -> Vec<u8> {
            let content = ((by, object), 1_700_000_000_i64, before.map(serde_bytes::Bytes::new));
            let mut content = rmp_serde::to_vec(&content).unwrap();
            content.resize(content.len().next_multiple_of(AES_CBC_IV_LEN), 0);
            let key = [7; AES_KEY_BYTES];
            let cipher = EncryptingKey::cbc(UnboundCipherKey::new(&AES_128, &key).unwrap()).unwrap();
            let DecryptionContext::Iv128(vector) = cipher.encrypt(&mut content).unwrap() else { panic!() };
            let vector: &[u8] = vector.as_ref();
            self.seal(vector, &key, &content)
        }

        fn seal(&self, vector: &[u8], key: &[u8], content: &[u8]) -> Vec<u8> {
            let mut room = vec![0; self.0.ciphertext_size()];
            let key = self.0.encrypt(key, &mut room).unwrap();
            let bytes = serde_bytes::Bytes::new;
            rmp_serde::to_vec(&(bytes(vector), bytes(key), bytes(content))).unwrap()
        }
    }

    fn pair() -> (Pkcs1PrivateDecryptingKey, LicenceServer) {
        let private = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
        let public = Pkcs1PublicEncryptingKey::new(private.public_key()).unwrap();
        (Pkcs1PrivateDecryptingKey::new(private).unwrap(), LicenceServer(public))
    }

    fn steps(blocks: &[Counted]) -> Vec<(i64, i64)> {
        blocks.iter().map(|block| (block.by, block.object)).collect()
    }

    #[test]
    fn a_chain_is_read_oldest_first_and_what_is_known_only_once() {
        let (private, server) = pair();
        let first = server.block(5, 11, None);
        let second = server.block(-2, 12, Some(&first));
        let third = server.block(1, 11, Some(&second));
        let all = unwind(&private, third.clone(), &BTreeSet::new()).unwrap();
        assert_eq!(steps(&all), [(5, 11), (-2, 12), (1, 11)]);
        let known = all[..2].iter().map(|block| block.hash.clone()).collect();
        assert_eq!(steps(&unwind(&private, third, &known).unwrap()), [(1, 11)]);
        assert_eq!(unwind(&private, second, &known).unwrap(), []);
    }

    #[test]
    fn what_is_longer_than_a_thousand_is_refused() {
        let (private, server) = pair();
        let mut log = server.block(1, 1, None);
        for _ in 1..MOST_BLOCKS {
            log = server.block(1, 1, Some(&log));
        }
        assert_eq!(unwind(&private, log.clone(), &BTreeSet::new()).unwrap().len(), MOST_BLOCKS);
        let longer = server.block(1, 1, Some(&log));
        assert_eq!(unwind(&private, longer, &BTreeSet::new()).unwrap_err(), Unfit::TooLong);
    }

    #[test]
    fn wrong_padding_fails_like_wrong_content() {
        let (private, server) = pair();
        let unreadable = |log: Vec<u8>| unwind(&private, log, &BTreeSet::new()).unwrap_err();
        let whole = server.block(1, 1, None);
        for key in [[9; AES_KEY_BYTES].as_slice(), &[9; 5], &[]] {
            assert_eq!(unreadable(server.seal(&[0; 16], key, &[1; 32])), Unfit::Unreadable);
        }
        let (other, _) = pair();
        assert_eq!(unwind(&other, whole.clone(), &BTreeSet::new()).unwrap_err(), Unfit::Unreadable);
        assert_eq!(unreadable(server.seal(&[0; 15], &[9; 16], &[1; 32])), Unfit::Unreadable);
        assert_eq!(unreadable(server.seal(&[0; 16], &[9; 16], &[1; 31])), Unfit::Unreadable);
        for end in 0..whole.len() {
            assert_eq!(unreadable(whole[..end].to_vec()), Unfit::Unreadable, "{end} bytes of it");
        }
    }

    proptest! {
        #[test]
        fn anything_else_is_refused(log in proptest::collection::vec(any::<u8>(), 0..400)) {
            static PRIVATE: std::sync::LazyLock<Pkcs1PrivateDecryptingKey> = std::sync::LazyLock::new(|| pair().0);
            prop_assert_eq!(unwind(&PRIVATE, log, &BTreeSet::new()), Err(Unfit::Unreadable));
        }
    }
}
