//! Static copies of the feeds: each file is whole at every moment, and is touched only when it says something new.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::render::Document;

/// A file that could not be written or removed; what was there before still is.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} `{}`: {cause}\nhint: `publish.folder` must be a folder that Loa may write to, with room on its disk; \"\" writes no files", path.display())]
pub struct Error {
    doing: &'static str,
    path: PathBuf,
    cause: io::Error,
}

/// Writes what has changed into `folder`, which is created where it is missing; an empty one stands for none. A file
/// that cannot be written costs no other.
pub fn write(folder: &Path, documents: &[Document]) -> Vec<Error> {
    if folder.as_os_str().is_empty() {
        return Vec::new();
    }
    if let Err(cause) = fs::create_dir_all(folder) {
        return vec![failed("create the folder", folder)(cause)];
    }
    let is_current = |document: &&Document| fs::read(folder.join(&document.name)).is_ok_and(|bytes| bytes == document.bytes);
    let changed: Vec<_> = documents.iter().filter(|document| !is_current(document)).collect();
    let mut errors: Vec<_> = changed.iter().filter_map(|document| replace(folder, &document.name, &document.bytes).err()).collect();
    if errors.len() < changed.len() {
        errors.extend(sync(folder).err());
    }
    errors
}

/// Removes those of the files called `names` that are there.
pub fn remove(folder: &Path, names: &[String]) -> Vec<Error> {
    if folder.as_os_str().is_empty() {
        return Vec::new();
    }
    let paths: Vec<_> =
        names.iter().map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_ok_and(|it| it.is_file())).collect();
    let mut errors: Vec<_> = paths.iter().filter_map(|path| fs::remove_file(path).map_err(failed("remove", path)).err()).collect();
    if errors.len() < paths.len() {
        errors.extend(sync(folder).err());
    }
    errors
}

/// A rename or a removal is kept over a power cut only when the folder is.
fn sync(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("write", folder))
}

/// Under a name of its own first, then in one step under the right one. The first name is always
/// the same, so that what a kill left behind is overwritten the next time.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = folder.join(name);
    let part = folder.join(format!(".{name}.part"));
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, &path)).map_err(|cause| {
        // The disk may be full because of it; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&part);
        failed("write", &path)(cause)
    })
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |cause| Error { doing, path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    fn document(name: &str, text: &str) -> Document {
        Document { name: name.into(), content_type: "text/plain", bytes: text.to_owned().into(), changed: None }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_what_changed_is_written_and_nothing_is_left_over() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("a/b");
        assert!(write(&folder, &[document("x.rss", "một"), document("x.atom", "hai")]).is_empty());
        let written = || fs::metadata(folder.join("x.atom")).unwrap().ino();
        let before = written();
        fs::write(folder.join(".x.rss.part"), "half of someth").unwrap();
        assert!(write(&folder, &[document("x.rss", "ba"), document("x.atom", "hai")]).is_empty());
        assert_eq!(fs::read_to_string(folder.join("x.rss")).unwrap(), "ba");
        assert_eq!(written(), before);
        assert_eq!(names(&folder), ["x.atom", "x.rss"]);
    }

    #[test]
    fn a_folder_that_cannot_be_is_named() {
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("file");
        fs::write(&file, "").unwrap();
        let errors = write(&file, &[document("x.rss", ""), document("y.rss", "")]);
        assert_eq!(errors.len(), 1);
        insta::assert_snapshot!(errors[0].to_string().replace(scratch.path().to_str().unwrap(), "…"), @r#"
        cannot create the folder `…/file`: File exists (os error 17)
        hint: `publish.folder` must be a folder that Loa may write to, with room on its disk; "" writes no files
        "#);
    }

    #[test]
    fn a_file_that_cannot_be_written_costs_no_other_and_leaves_the_folder_clean() {
        let scratch = tempfile::tempdir().unwrap();
        fs::create_dir_all(scratch.path().join("x.rss/in the way")).unwrap();
        let errors = write(scratch.path(), &[document("x.rss", ""), document("x.atom", "")]);
        assert!(errors.len() == 1 && errors[0].to_string().contains("x.rss"), "{errors:?}");
        assert_eq!(names(scratch.path()), ["x.atom", "x.rss"]);
    }

    #[test]
    fn only_files_of_the_given_names_are_removed() {
        let scratch = tempfile::tempdir().unwrap();
        for name in ["x.rss", "x.json", "y.rss", "x.html"] {
            fs::write(scratch.path().join(name), "").unwrap();
        }
        fs::create_dir(scratch.path().join("x.atom")).unwrap();
        assert!(remove(scratch.path(), &["x.rss", "x.atom", "x.json"].map(str::to_owned)).is_empty());
        assert_eq!(names(scratch.path()), ["x.atom", "x.html", "y.rss"]);
    }
}
