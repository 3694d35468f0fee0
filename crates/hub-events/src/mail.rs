//! How a letter leaves this Hub: through a mail server, or into a folder where there is none.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use kit::{Error, ExposeSecret as _, Result, Timestamp, Uuid};
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Mailbox, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::MailRoad;

/// Where letters are handed in.
pub(crate) struct PostOffice {
    from: Mailbox,
    road: Road,
}

enum Road {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// A letter that is ready to leave.
pub(crate) struct Envelope<'a> {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) to: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) text: String,
    /// The host that message ids end with.
    pub(crate) host: &'a str,
}

impl PostOffice {
    pub(crate) fn open(road: &MailRoad, from: &str) -> Result<Self> {
        let from = from.parse::<Mailbox>().map_err(|error| {
            Error::invalid(format!(
                "The address that mail comes from, “{from}”, cannot be read; write it like Hub <hub@example.com>."
            ))
            .because(error)
        })?;
        let road = match road {
            MailRoad::Folder(folder) => Road::Folder(folder.clone()),
            MailRoad::Server(url) => {
                let builder =
                    AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()).map_err(|error| {
                        Error::invalid(
                            "The address of the mail server cannot be read; write smtp://HOST:25, or smtps://USER:PASSWORD@HOST:465.",
                        )
                        .because(error)
                    })?;
                Road::Server(builder.timeout(Some(Duration::from_secs(20))).build())
            }
        };
        Ok(Self { from, road })
    }

    /// The name of the road, for pages.
    pub(crate) const fn road(&self) -> &'static str {
        match self.road {
            Road::Server(_) => "smtp",
            Road::Folder(_) => "file",
        }
    }

    pub(crate) async fn hand_in(&self, envelope: &Envelope<'_>) -> Result<()> {
        let message = self.message(envelope)?;
        match &self.road {
            Road::Server(server) => {
                let sent = server.send(message).await;
                sent.map(|_| ()).map_err(|error| {
                    Error::unavailable(format!("The mail server did not take the letter: {error}."))
                        .because(error)
                })
            }
            Road::Folder(folder) => keep(folder, envelope, message.formatted()).await,
        }
    }

    fn message(&self, envelope: &Envelope<'_>) -> Result<Message> {
        let to = envelope.to.parse::<Mailbox>().map_err(|error| {
            Error::invalid(format!(
                "“{}” is not an address that mail can be sent to.",
                envelope.to
            ))
            .because(error)
        })?;
        let at = u64::try_from(envelope.at.as_millis()).unwrap_or_default();
        let part = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(envelope.text.clone());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            // A line break in a subject would be a header of its own.
            .subject(envelope.subject.replace(['\r', '\n'], " "))
            .date(UNIX_EPOCH + Duration::from_millis(at))
            .message_id(Some(format!("<{}@{}>", envelope.id, envelope.host)))
            .singlepart(part)
            .map_err(Error::internal)
    }
}

/// A file is whole or not there.
async fn keep(folder: &Path, envelope: &Envelope<'_>, bytes: Vec<u8>) -> Result<()> {
    let cannot = |error| {
        Error::unavailable(format!("Mail cannot be kept in the folder {}.", folder.display())).because(error)
    };
    tokio::fs::create_dir_all(folder).await.map_err(cannot)?;
    let day: String = envelope
        .at
        .to_string()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let path = folder.join(format!("{day}-{}.eml", envelope.id));
    let unfinished = folder.join(format!(".{}.part", envelope.id));
    tokio::fs::write(&unfinished, bytes).await.map_err(cannot)?;
    tokio::fs::rename(&unfinished, &path).await.map_err(cannot)
}
