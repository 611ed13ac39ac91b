//! A picture that Telegram will take, looked at before it is sent: a refusal costs a call and a place in the queue.

use bytes::Bytes;
use imagesize::ImageType;
use reqwest::multipart::Part;

/// Bytes of an uploaded photo.
const MAX_SIZE: usize = 10_000_000;
/// Width and height together.
const MAX_SIDES: usize = 10_000;
/// The longer side to the shorter.
const MAX_RATIO: usize = 20;

/// A picture, uploaded or known to Telegram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Bytes { bytes: Bytes, extension: &'static str, mime: &'static str },
    FileId(String),
}

/// Why some bytes are no [`Photo`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    #[error("expected a JPEG, PNG, GIF or WebP picture")]
    Unknown,
    #[error("the picture breaks off")]
    Broken,
    #[error("the picture has {0} bytes: expected at most {MAX_SIZE}")]
    TooBig(usize),
    #[error("the picture has {width} × {height} dots: expected together at most {MAX_SIDES}, and none {MAX_RATIO} times the other")]
    Shape { width: usize, height: usize },
}

impl Photo {
    /// A picture to upload.
    ///
    /// # Errors
    /// [`BadPicture`] for what Telegram would refuse.
    pub fn new(bytes: Bytes) -> Result<Self, BadPicture> {
        let (extension, mime) = match imagesize::image_type(&bytes) {
            Ok(ImageType::Jpeg) => ("jpg", "image/jpeg"),
            Ok(ImageType::Png) => ("png", "image/png"),
            Ok(ImageType::Gif) => ("gif", "image/gif"),
            Ok(ImageType::Webp) => ("webp", "image/webp"),
            _ => return Err(BadPicture::Unknown),
        };
        if bytes.len() > MAX_SIZE {
            return Err(BadPicture::TooBig(bytes.len()));
        }
        let size = imagesize::blob_size(&bytes).map_err(|_| BadPicture::Broken)?;
        let (short, long) = (size.width.min(size.height), size.width.max(size.height));
        if short == 0 || short.saturating_add(long) > MAX_SIDES || long > short.saturating_mul(MAX_RATIO) {
            return Err(BadPicture::Shape { width: size.width, height: size.height });
        }
        Ok(Self(Kind::Bytes { bytes, extension, mime }))
    }

    /// A picture that was sent before, by this bot, to any chat.
    pub fn known(file_id: String) -> Self {
        Self(Kind::FileId(file_id))
    }

    /// Bytes that go out with a request.
    pub fn upload_size(&self) -> usize {
        match &self.0 {
            Kind::FileId(_) => 0,
            Kind::Bytes { bytes, .. } => bytes.len(),
        }
    }

    /// How a request mentions this picture as its `number`th, and what goes beside the request.
    pub(super) fn attach(&self, number: usize) -> (String, Option<(String, Part)>) {
        match &self.0 {
            Kind::FileId(id) => (id.clone(), None),
            Kind::Bytes { bytes, extension, mime } => {
                let name = format!("photo{number}");
                // A clone of `Bytes` is a reference. The type is a literal, so it is a type.
                let part = Part::stream_with_length(bytes.clone(), bytes.len() as u64).file_name(format!("{name}.{extension}"));
                let part = part.mime_str(mime).expect("a literal type");
                (format!("attach://{name}"), Some((name, part)))
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The beginning of a PNG, which is where its size stands.
    pub fn png(width: u32, height: u32) -> Bytes {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        bytes.into()
    }

    #[test]
    fn what_telegram_would_refuse_is_not_sent() {
        assert!(Photo::new(png(1200, 630)).is_ok());
        assert!(Photo::new(png(5000, 5000)).is_ok());
        assert!(Photo::new(png(2000, 100)).is_ok());
        for (width, height) in [(5001, 5000), (2001, 100), (0, 10), (u32::MAX, u32::MAX)] {
            assert!(matches!(Photo::new(png(width, height)), Err(BadPicture::Shape { .. })), "{width} {height}");
        }
        assert_eq!(Photo::new(png(10, 10).slice(..18)), Err(BadPicture::Broken));
        for other in [&b""[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"<html>", b"BM\0\0\0\0", b"%PDF-1.7"] {
            assert_eq!(Photo::new(Bytes::from_static(other)), Err(BadPicture::Unknown));
        }
        let mut big = png(100, 100).to_vec();
        big.resize(MAX_SIZE + 1, 0);
        assert_eq!(Photo::new(big.into()), Err(BadPicture::TooBig(MAX_SIZE + 1)));
    }

    #[test]
    fn a_known_picture_is_not_uploaded_again() {
        assert!(matches!(Photo::known("AgAC".into()).attach(0), (id, None) if id == "AgAC"));
        let (mention, part) = Photo::new(png(10, 10)).unwrap().attach(3);
        assert_eq!(mention, "attach://photo3");
        assert_eq!(part.unwrap().0, "photo3");
    }
}
