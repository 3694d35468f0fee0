//! SQL of this slice; nobody else reads these tables.

pub(crate) mod extras;
pub(crate) mod groups;
pub(crate) mod members;
pub(crate) mod migrations;
pub(crate) mod organization;
#[cfg(test)]
mod plans;

use kit::{Error, Result};

use crate::model::resource::Tree;

fn tree(json: &str) -> Result<Tree> {
    serde_json::from_str(json).map_err(Error::internal)
}

fn json(tree: &Tree) -> Result<String> {
    serde_json::to_string(tree).map_err(Error::internal)
}
