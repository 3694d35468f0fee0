//! A person's call settings: documents whose members all have a default, so that only what differs from it is kept.
//! Their shape is that of the public API; what is computed anew at each look is added there.

mod call_waiting;
mod caller_id;
mod destination;
mod do_not_disturb;
mod document;
mod forwarding;
mod monitored;
pub(crate) mod rights;
mod ringing;
mod subject;
mod voicemail;

pub(crate) use call_waiting::CallWaiting;
pub(crate) use caller_id::{CallerId, CallerIdAround, NumberShown};
pub(crate) use do_not_disturb::DoNotDisturb;
pub(crate) use document::{difference, merged, mistyped};
pub(crate) use forwarding::CallForwarding;
pub(crate) use monitored::{
    ElementDraft, MONITORED, MOST_MONITORED, MonitoredElement, MonitoredKind, Monitoring, require_list,
    unknown,
};
pub(crate) use ringing::{AlternateAction, AlternateChange, RingPattern, Ringing};
pub(crate) use subject::Subject;
pub(crate) use voicemail::Voicemail;

use kit::Result;
use serde::Serialize;
use serde::de::DeserializeOwned;

use rights::Rights;

/// One of the documents.
pub(crate) trait Setting: Clone + Default + Serialize + DeserializeOwned + Send + Sync {
    /// Under which name it is kept, which is also the last part of its address.
    const NAME: &'static str;
    /// Who sees it.
    const READ: Rights;
    /// Who changes it.
    const WRITE: Rights;

    /// The document as it is kept after `self` was asked for, or what is wrong with it.
    fn settled(self, subject: &Subject) -> Result<Self>;
}
