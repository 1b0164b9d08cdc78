//! The secret key file: seals what must be kept in the database, and signs links.
//!
//! The file holds 32 random bytes in base64 and is made with mode 0600 at first start. Whoever restores a
//! backup needs it too.

use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    hmac,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_store::{Store, entity::secret};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use crate::error::{AppError, AppResult};

/// Seals and opens secrets, and makes keyed hashes, all from the secret key file.
pub struct Sealer {
    key: [u8; 32],
}

#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("cannot read or make the secret key file {path}: {source}")]
    Io { path: String, source: io::Error },
    #[error("the secret key file {0} does not hold 32 bytes in base64")]
    Malformed(String),
    #[error("the secret key file {0} can be read by others; run: chmod 600 {0}")]
    TooOpen(String),
}

impl Sealer {
    /// Reads the key file, making it where it is missing.
    ///
    /// # Errors
    /// Where it cannot be read or made, is malformed or readable by others.
    pub fn open(path: &Path) -> Result<Self, KeyFileError> {
        let shown = path.display().to_string();
        let io = |source| KeyFileError::Io { path: shown.clone(), source };
        if !path.try_exists().map_err(io)? {
            make_key_file(path).map_err(io)?;
        }
        if fs::metadata(path).map_err(io)?.permissions().mode() & 0o077 != 0 {
            return Err(KeyFileError::TooOpen(shown));
        }
        let text = fs::read_to_string(path).map_err(io)?;
        let bytes = STANDARD.decode(text.trim()).ok();
        let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        key.map(|key| Self { key }).ok_or(KeyFileError::Malformed(shown))
    }

    /// For tests: a fixed key.
    pub const fn from_key(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// HMAC-SHA-256 with a key of its own per `purpose`.
    pub fn keyed_hash(&self, purpose: &str, message: &str) -> Vec<u8> {
        let purpose_key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.key), purpose.as_bytes());
        let key = hmac::Key::new(hmac::HMAC_SHA256, purpose_key.as_ref());
        hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
    }

    fn cipher(&self) -> AppResult<RandomizedNonceKey> {
        let key = self.keyed_hash("seal", "v1");
        RandomizedNonceKey::new(&AES_256_GCM, &key)
            .map_err(|_| AppError::internal("the sealing key does not work"))
    }

    /// AES-256-GCM; `name` is bound in, so that sealed values cannot be swapped.
    fn seal(&self, name: &str, secret: &str) -> AppResult<Vec<u8>> {
        let mut bytes = secret.as_bytes().to_vec();
        let nonce = self
            .cipher()?
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut bytes)
            .map_err(|_| AppError::internal("cannot seal a secret"))?;
        Ok([nonce.as_ref().as_slice(), &bytes].concat())
    }

    fn unseal(&self, name: &str, sealed: &[u8]) -> AppResult<String> {
        let broken = || {
            AppError::internal(format!("cannot open the secret {name}: was the secret key file replaced?"))
        };
        let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut bytes = bytes.to_vec();
        let plain = self
            .cipher()?
            .open_in_place(nonce, Aad::from(name.as_bytes()), &mut bytes)
            .map_err(|_| broken())?;
        String::from_utf8(plain.to_vec()).map_err(|_| broken())
    }

    /// Seals and stores a secret under `name`, replacing the one before.
    pub async fn put<C: ConnectionTrait>(
        &self,
        connection: &C,
        name: &str,
        value: &str,
        now: i64,
    ) -> AppResult<()> {
        let row = secret::ActiveModel {
            name: Set(name.to_owned()),
            sealed: Set(self.seal(name, value)?),
            updated_at: Set(now),
        };
        secret::Entity::insert(row)
            .on_conflict(
                OnConflict::column(secret::Column::Name)
                    .update_columns([secret::Column::Sealed, secret::Column::UpdatedAt])
                    .to_owned(),
            )
            .exec_without_returning(connection)
            .await?;
        Ok(())
    }

    /// The secret stored under `name`, if any.
    pub async fn get<C: ConnectionTrait>(&self, connection: &C, name: &str) -> AppResult<Option<String>> {
        let row = secret::Entity::find_by_id(name).one(connection).await?;
        row.map(|row| self.unseal(name, &row.sealed)).transpose()
    }

    /// When the secret under `name` was stored, if there is one.
    pub async fn stored_at<C: ConnectionTrait>(&self, connection: &C, name: &str) -> AppResult<Option<i64>> {
        let row = secret::Entity::find_by_id(name).one(connection).await?;
        Ok(row.map(|row| row.updated_at))
    }

    pub async fn remove<C: ConnectionTrait>(&self, connection: &C, name: &str) -> AppResult<()> {
        secret::Entity::delete_by_id(name).exec(connection).await?;
        Ok(())
    }

    /// Whether this key opens what the database holds; a restored backup with another key file fails here.
    pub async fn check(&self, store: &Store) -> AppResult<()> {
        for row in secret::Entity::find().all(store.read()).await? {
            self.unseal(&row.name, &row.sealed)?;
        }
        Ok(())
    }
}

/// Makes the file under another name first: of several processes that start at once one makes it, and nobody
/// ever reads half of it.
fn make_key_file(path: &Path) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", hex::encode(crate::random::bytes::<8>())));
    let unfinished = Path::new(&name);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(unfinished)?;
    let written = writeln!(file, "{}", STANDARD.encode(crate::random::bytes::<32>()))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(unfinished, path));
    fs::remove_file(unfinished)?;
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_values_open_only_under_their_name_and_key() {
        let sealer = Sealer::from_key([7; 32]);
        let sealed = sealer.seal("a", "sk_test_1").unwrap();
        assert_eq!(sealer.unseal("a", &sealed).unwrap(), "sk_test_1");
        assert!(sealer.unseal("b", &sealed).is_err());
        assert!(Sealer::from_key([8; 32]).unseal("a", &sealed).is_err());
        let mut bent = sealed.clone();
        *bent.last_mut().unwrap() ^= 1;
        assert!(sealer.unseal("a", &bent).is_err());
        assert_ne!(sealer.seal("a", "sk_test_1").unwrap(), sealed);
    }

    #[test]
    fn the_key_file_is_private_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latchkey.key");
        let first = Sealer::open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(first.key, Sealer::open(&path).unwrap().key);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Sealer::open(&path), Err(KeyFileError::TooOpen(_))));
    }

    #[test]
    fn many_that_start_at_once_have_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latchkey.key");
        let start = std::sync::Barrier::new(8);
        let open = || {
            start.wait();
            Sealer::open(&path).unwrap().key
        };
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
