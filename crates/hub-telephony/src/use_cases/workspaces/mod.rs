//! Workspaces: one verb a file.

mod calling;
mod create;
mod delete;
mod list;
mod numbers;
mod show;
mod update;

use hub_directory::License;
use hub_numbers::Held;

use crate::model::Workspace;
pub(crate) use calling::owner;
pub(crate) use list::WorkspaceQuery;
pub(crate) use numbers::{NumberAction, NumberChange, NumbersChange};

/// A workspace with what others keep of it.
#[derive(Clone, Debug)]
pub(crate) struct WorkspaceView {
    pub(crate) workspace: Workspace,
    /// Of a workspace with Webex Calling.
    pub(crate) license: Option<License>,
    /// Of a workspace with Webex Calling.
    pub(crate) held: Option<Held>,
}
