use imagesize::{ImageType, blob_size, image_type};
use kit::{Error, Result};

/// A logo that was looked at before it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// `image/png` or `image/jpeg`, as its bytes say; what the browser said does not count.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "Logo({}, {} bytes)",
            self.content_type,
            self.bytes.len()
        )
    }
}

const MOST_BYTES: usize = 256 * 1024;
const SIDES: std::ops::RangeInclusive<usize> = 32..=2048;

impl Logo {
    /// Takes a file that is a PNG or a JPEG by its own bytes, small enough, and of a sensible size.
    pub fn check(bytes: Vec<u8>) -> Result<Self> {
        if bytes.is_empty() {
            return Err(Error::invalid(
                "Choose a file: a PNG or a JPEG of at most 256 KB.",
            ));
        }
        if bytes.len() > MOST_BYTES {
            return Err(Error::invalid(format!(
                "The file has {} KB; a logo has 256 KB at the most.",
                bytes.len().div_ceil(1024)
            )));
        }
        let content_type = match image_type(&bytes) {
            Ok(ImageType::Png) => "image/png",
            Ok(ImageType::Jpeg) => "image/jpeg",
            _ => {
                return Err(Error::invalid(
                    "The file is neither a PNG nor a JPEG, whatever its name says.",
                ));
            }
        };
        let size = blob_size(&bytes).map_err(|error| {
            Error::invalid("The file begins like a picture and is damaged; export it again.").because(error)
        })?;
        if !SIDES.contains(&size.width) || !SIDES.contains(&size.height) {
            return Err(Error::invalid(format!(
                "The picture has {} × {} pixels; each side has to have between 32 and 2,048.",
                size.width, size.height
            )));
        }
        Ok(Self { content_type, bytes })
    }

    pub(crate) fn content_type_of(text: &str) -> Result<&'static str> {
        match text {
            "image/png" => Ok("image/png"),
            "image/jpeg" => Ok("image/jpeg"),
            other => Err(Error::internal(format!("a logo of the type {other}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a PNG of this size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x06\0\0\0");
        bytes
    }

    fn refusal(bytes: Vec<u8>) -> String {
        Logo::check(bytes).unwrap_err().public().to_owned()
    }

    #[test]
    fn a_logo_is_what_its_bytes_say() {
        assert_eq!(Logo::check(png(128, 128)).unwrap().content_type, "image/png");
        assert!(refusal(b"<svg onload=alert(1)>".to_vec()).contains("neither a PNG nor a JPEG"));
        assert!(refusal(b"GIF89a\x80\0\x80\0".to_vec()).contains("neither"));
        assert!(refusal(png(8, 128)).contains("8 × 128"));
        assert!(refusal(png(128, 100_000)).contains("100000"));
        assert!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()).contains("damaged"));
        let mut large = png(128, 128);
        large.resize(MOST_BYTES + 1, 0);
        assert!(refusal(large).contains("257 KB"));
        assert!(refusal(Vec::new()).contains("Choose a file"));
    }
}
