use hub_directory::public_api::e164;
use kit::{Error, Result};

/// What an owner shall hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// E.164, or as people write it.
    pub number: Option<String>,
    /// Without the location's prefix.
    pub extension: Option<String>,
    /// Further numbers that ring the same owner.
    pub alternates: Vec<String>,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) number: Option<String>,
    pub(crate) extension: Option<String>,
    pub(crate) alternates: Vec<String>,
}

const MOST_ALTERNATES: usize = 10;

impl Settled {
    pub(crate) fn of(wanted: &Wanted) -> Result<Self> {
        let number = given(wanted.number.as_deref()).map(e164).transpose()?;
        let extension = given(wanted.extension.as_deref()).map(extension).transpose()?;
        if number.is_none() && extension.is_none() {
            return Err(Error::invalid(
                "phoneNumber and extension are missing; one of them must be given.",
            ));
        }
        if wanted.alternates.len() > MOST_ALTERNATES {
            return Err(Error::invalid(format!(
                "alternateNumbers holds more than {MOST_ALTERNATES} numbers."
            )));
        }
        let mut alternates: Vec<String> = Vec::with_capacity(wanted.alternates.len());
        for text in &wanted.alternates {
            let alternate = e164(text)?;
            if number.as_ref() == Some(&alternate) || alternates.contains(&alternate) {
                return Err(Error::invalid(format!("The number {alternate} is named twice.")));
            }
            alternates.push(alternate);
        }
        Ok(Self {
            number,
            extension,
            alternates,
        })
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn extension(text: &str) -> Result<String> {
    if (2..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err(Error::invalid(format!(
            "The extension “{}” must have two to ten digits, without the location's routing prefix.",
            text.chars().take(40).collect::<String>()
        )))
    }
}
