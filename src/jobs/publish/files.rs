//! Static copies of the feeds: each file is whole at every moment, and is touched only when it says something new.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::render::Document;

/// A file that could not be written; what was there before still is.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} `{}`\nhint: `publish.folder` must be a folder that Loa may write to, with room on its disk; \"\" writes no files", path.display())]
pub struct Error {
    doing: &'static str,
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// Writes what has changed into `folder`, which is created where it is missing. Returns how many files were written.
pub async fn write(folder: &Path, documents: &[Document]) -> Result<usize, Error> {
    let (folder, documents) = (folder.to_owned(), documents.to_vec());
    let writing = tokio::task::spawn_blocking(move || write_now(&folder, &documents));
    writing.await.expect("writing files does not panic and is not cancelled")
}

fn write_now(folder: &Path, documents: &[Document]) -> Result<usize, Error> {
    fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
    let mut written = 0;
    for document in documents {
        let path = folder.join(&document.name);
        if fs::read(&path).is_ok_and(|bytes| bytes == document.bytes) {
            continue;
        }
        replace(folder, &path, &document.name, &document.bytes)?;
        written += 1;
    }
    if written > 0 {
        // A rename is kept over a power cut only when the folder is.
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("write", folder))?;
    }
    Ok(written)
}

/// Under a name of its own first, then in one step under the right one. The first name is always
/// the same, so that what a kill left behind is overwritten the next time.
fn replace(folder: &Path, path: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let part = folder.join(format!(".{name}.part"));
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, path)).map_err(|source| {
        // The disk may be full because of it; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&part);
        failed("write", path)(source)
    })
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error { doing, path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, text: &str) -> Document {
        Document { name: name.into(), content_type: "text/plain", bytes: text.to_owned().into(), changed: None }
    }

    #[tokio::test]
    async fn only_what_changed_is_written_and_nothing_is_left_over() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("a/b");
        let documents = [document("x.rss", "một"), document("x.atom", "hai")];
        assert_eq!(write(&folder, &documents).await.unwrap(), 2);
        assert_eq!(write(&folder, &documents).await.unwrap(), 0);
        fs::write(folder.join(".x.rss.part"), "half of someth").unwrap();
        assert_eq!(write(&folder, &[document("x.rss", "ba")]).await.unwrap(), 1);
        assert_eq!(fs::read_to_string(folder.join("x.rss")).unwrap(), "ba");
        let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["x.atom", "x.rss"]);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_is_named() {
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("file");
        fs::write(&file, "").unwrap();
        let error = write(&file, &[document("x.rss", "")]).await.unwrap_err().to_string();
        insta::assert_snapshot!(error.replace(scratch.path().to_str().unwrap(), "…"), @r#"
        cannot create the folder `…/file`
        hint: `publish.folder` must be a folder that Loa may write to, with room on its disk; "" writes no files
        "#);
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_written_leaves_the_folder_clean() {
        let scratch = tempfile::tempdir().unwrap();
        fs::create_dir_all(scratch.path().join("x.rss/in the way")).unwrap();
        let error = write(scratch.path(), &[document("x.rss", "")]).await.unwrap_err();
        assert!(error.to_string().contains("x.rss"), "{error}");
        assert!(!scratch.path().join(".x.rss.part").exists());
    }
}
