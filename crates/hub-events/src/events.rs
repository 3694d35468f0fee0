use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kit::{Result, SecretString, SharedClock, SharedRandomness, Timestamp, Uuid};
use kit_sql::Database;
use kit_web::PublicUrl;
use tokio::sync::Notify;

use crate::mail::PostOffice;
use crate::net::{NameLookup, Sender, SystemNames};
use crate::{ClientCheck, GrantStanding, KnownNames, Recorder, SetSigner};

/// The front door of this slice: what was recorded goes out through it. Cheap to clone.
#[derive(Clone)]
pub struct Events(Arc<Inner>);

/// What this slice stands on.
pub struct EventsParts {
    /// The database of the recorder.
    pub database: Database,
    /// Time.
    pub clock: SharedClock,
    /// Randomness for ids.
    pub randomness: SharedRandomness,
    /// The issuer of security event tokens; links begin with it.
    pub public_url: PublicUrl,
    /// The recorder that the other slices record with.
    pub recorder: Recorder,
    /// Whether a grant lives.
    pub grants: Arc<dyn GrantStanding>,
    /// The key of security event tokens.
    pub signer: Arc<dyn SetSigner>,
    /// Secrets of clients.
    pub clients: Arc<dyn ClientCheck>,
    /// Names of people and organizations.
    pub names: Arc<dyn KnownNames>,
    /// What the operator chose.
    pub options: EventsOptions,
}

/// What the operator of a Hub chooses.
#[derive(Clone)]
pub struct EventsOptions {
    /// Whether webhooks and streams may lead to this machine and its network, and without TLS. For development only.
    pub allow_private_targets: bool,
    /// How long one request to a receiver may take, from the look-up of its name to its answer.
    pub patience: Duration,
    /// Which addresses a name has.
    pub lookup: Arc<dyn NameLookup>,
    /// How mail leaves.
    pub mail: MailRoad,
    /// The address that mail comes from.
    pub mail_from: String,
}

/// How mail leaves.
#[derive(Clone)]
pub enum MailRoad {
    /// Through this server: `smtp://USER:PASSWORD@HOST:PORT`, `smtps://…`.
    Server(SecretString),
    /// Not at all: each letter becomes a file in this folder.
    Folder(PathBuf),
}

struct Inner {
    parts: EventsParts,
    sender: Sender,
    post_office: PostOffice,
    bell: Arc<Notify>,
    /// Rung when a set is ready for whoever polls.
    sets: Notify,
    /// Whether questions that wait are to be answered now.
    is_closing: AtomicBool,
    /// What this process is delivering to right now. The leases say so too; a clock that jumps cannot end this.
    busy: Mutex<HashSet<Uuid>>,
}

/// Whether a person at the keyboard would call it soon: how long what was recorded waits where nobody rings.
pub(crate) const PERIOD: Duration = Duration::from_secs(1);

impl EventsOptions {
    /// Strict, with the names that this machine knows, and mail in this folder.
    pub fn strict(mail_folder: PathBuf) -> Self {
        Self {
            allow_private_targets: false,
            patience: Duration::from_secs(10),
            lookup: Arc::new(SystemNames),
            mail: MailRoad::Folder(mail_folder),
            mail_from: "Trunkline Hub <no-reply@trunkline.invalid>".to_owned(),
        }
    }
}

impl Events {
    /// The slice on these parts.
    pub fn new(parts: EventsParts) -> Result<Self> {
        let options = &parts.options;
        let sender = Sender::new(
            Arc::clone(&options.lookup),
            options.allow_private_targets,
            options.patience,
        )?;
        let post_office = PostOffice::open(&options.mail, &options.mail_from)?;
        let bell = parts.recorder.bell();
        Ok(Self(Arc::new(Inner {
            parts,
            sender,
            post_office,
            bell,
            sets: Notify::new(),
            is_closing: AtomicBool::new(false),
            busy: Mutex::default(),
        })))
    }

    /// Says that something may have been recorded: whoever hands out looks at once.
    pub fn ring(&self) {
        self.0.bell.notify_waiters();
    }

    /// Answers every question that waits, and those that come: the Hub is about to end.
    pub fn stop_waiting(&self) {
        self.0.is_closing.store(true, Ordering::Release);
        self.0.sets.notify_waiters();
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.0.is_closing.load(Ordering::Acquire)
    }

    pub(crate) fn bell(&self) -> &Notify {
        &self.0.bell
    }

    pub(crate) fn sets(&self) -> &Notify {
        &self.0.sets
    }

    /// Whether this process is not at it yet; from now on it is.
    pub(crate) fn begin_with(&self, id: Uuid) -> bool {
        self.0
            .busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id)
    }

    /// Whether this process is at it.
    pub(crate) fn is_busy_with(&self, id: Uuid) -> bool {
        self.0
            .busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&id)
    }

    pub(crate) fn done_with(&self, id: Uuid) {
        self.0
            .busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&id);
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.parts.clock.now()
    }

    pub(crate) fn randomness(&self) -> &SharedRandomness {
        &self.0.parts.randomness
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        &self.0.parts.public_url
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        &self.0.parts.recorder
    }

    pub(crate) fn grants(&self) -> &dyn GrantStanding {
        &*self.0.parts.grants
    }

    pub(crate) fn signer(&self) -> &dyn SetSigner {
        &*self.0.parts.signer
    }

    pub(crate) fn clients(&self) -> &dyn ClientCheck {
        &*self.0.parts.clients
    }

    pub(crate) fn names(&self) -> &dyn KnownNames {
        &*self.0.parts.names
    }

    pub(crate) fn options(&self) -> &EventsOptions {
        &self.0.parts.options
    }

    pub(crate) fn sender(&self) -> &Sender {
        &self.0.sender
    }

    pub(crate) fn post_office(&self) -> &PostOffice {
        &self.0.post_office
    }
}
