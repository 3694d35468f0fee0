//! `trunkline suite sync`: Users' Synch of one customer, to its end.

use crate::config::SuiteConfig;
use crate::failure::{Failure, Result};
use crate::output::Output;

pub(crate) async fn run(_config: &SuiteConfig, _customer: &str, _output: Output) -> Result<()> {
    Err(Failure::unchanged("not composed yet"))
}
