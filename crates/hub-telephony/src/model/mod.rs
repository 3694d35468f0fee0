//! What this slice is about, and its rules: no database, no HTTP.

pub(crate) mod person_settings;
pub(crate) mod rights;
pub(crate) mod text;
mod virtual_line;
mod words;
mod workspace;
mod workspace_draft;

pub(crate) use virtual_line::{LinePlace, VirtualLine, VirtualLineDraft, replaced};
pub(crate) use workspace::{
    Calendar, CalendarKind, CallingKind, DevicePlatform, SupportedDevices, Workspace, WorkspaceCalling,
    WorkspaceKind,
};
pub(crate) use workspace_draft::{
    NewWorkspace, WorkspaceCallingDraft, WorkspaceDraft, chosen_license, fits_workspaces, is_professional,
};
