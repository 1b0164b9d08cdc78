//! Files that are there as a whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// A file that is being written beside its place; it takes its place with [`WholeFile::keep`] and is gone
/// otherwise.
pub struct WholeFile {
    file: File,
    place: PathBuf,
    unfinished: PathBuf,
}

impl WholeFile {
    /// For its owner's eyes only: what is written down here are customers' data.
    ///
    /// # Errors
    /// In words, where the place is taken or cannot be written to.
    pub fn begin(place: &Path) -> Result<Self, String> {
        let shown = place.display();
        if place.exists() {
            return Err(format!("{shown} exists already"));
        }
        let mut name = place.as_os_str().to_owned();
        name.push(".unfinished");
        let unfinished = PathBuf::from(name);
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished);
        let file = file.map_err(|error| format!("cannot write {shown}: {error}"))?;
        Ok(Self { file, place: place.to_owned(), unfinished })
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// Puts the file in its place.
    pub fn keep(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.unfinished, &self.place)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // Half a file is worth nothing; after `keep` there is none.
        let _ = fs::remove_file(&self.unfinished);
    }
}
