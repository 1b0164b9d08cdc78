//! What a sweep says of each account. One whose key is refused does not keep the others from being looked at.

use crate::{
    billing::accounts::{self, Connected},
    error::AppResult,
    state::AppState,
};

/// The connected accounts, and what was said of them so far.
pub(super) struct PerAccount {
    several: bool,
    said: Vec<String>,
}

impl PerAccount {
    /// The accounts to look at.
    pub async fn begin(app: &AppState) -> AppResult<(Self, Vec<Connected>)> {
        let accounts = accounts::all_connected(app).await?;
        Ok((Self { several: accounts.len() > 1, said: Vec::new() }, accounts))
    }

    /// Whether there is more than one.
    pub const fn are_several(&self) -> bool {
        self.several
    }

    /// Takes what looking at an account came to.
    ///
    /// # Errors
    /// What it failed with, unless only this account's key is refused.
    pub fn note(&mut self, connected: &Connected, outcome: AppResult<String>) -> AppResult<()> {
        let words = match outcome {
            Err(error) if self.several && error.is_about_key() => {
                tracing::warn!(account = connected.account.id, %error, "an account cannot be looked at");
                error.message().to_owned()
            }
            outcome => outcome?,
        };
        let name = &connected.account.name;
        self.said.push(if self.several { format!("{name}: {words}") } else { words });
        Ok(())
    }

    /// All that was said.
    pub fn words(self) -> String {
        if self.said.is_empty() { "No Stripe account is connected.".to_owned() } else { self.said.join(" ") }
    }
}
