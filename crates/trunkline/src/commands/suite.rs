//! `trunkline suite`: runs the Suite alone.

use std::path::Path;

use ::suite::{FirstAdministrator, Suite};
use serde::Serialize;
use suite_tenancy::Actor;

use crate::cli::{SuiteCommand, SuiteTask};
use crate::commands::{listen, shutdown_of, suite_sync};
use crate::config::SuiteConfig;
use crate::failure::{Failure, Result};
use crate::first_start::{self, AdministratorFacts, CustomerFacts, SuiteFirstStart};
use crate::output::Output;
use crate::{logs, private_file};

/// What is printed when the Suite is about to serve.
#[derive(Serialize)]
struct Listening {
    url: String,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<AdministratorFacts>,
}

pub(crate) async fn run(command: SuiteCommand, output: Output) -> Result<()> {
    let config = SuiteConfig::read(command.config.as_ref(), &command.flags)?;
    if let Some(SuiteTask::Sync {
        customer,
        accept_fewer,
    }) = command.task
    {
        return suite_sync::run(&config, &customer, accept_fewer, output).await;
    }
    logs::start(&config.log, config.log_format)?;
    let shutdown = shutdown_of(&command.child)?;
    // The port first: a taken one is said before anything is written.
    let listener = listen(config.listen, "--listen").await?;
    private_file::make_folder(&config.data)?;
    let (suite, first) = Suite::open(config.options()?).await?;
    let customer = match (&first, &command.first_customer) {
        (Some(_), Some(wanted)) => Some(add_first_customer(&suite, wanted).await?),
        _ => None,
    };
    let listening = Listening {
        url: config.public_url()?.to_string(),
        address: listener.local_addr()?.to_string(),
        administrator: None,
    };
    announce(
        listening,
        first.as_ref(),
        customer,
        command.child.first_start_file.as_deref(),
        output,
    )?;
    Ok(suite.serve(listener, shutdown).await?)
}

async fn add_first_customer(suite: &Suite, wanted: &str) -> Result<CustomerFacts> {
    let (name, organization) = wanted
        .rsplit_once('=')
        .ok_or_else(|| Failure::usage("--first-customer wants NAME=ORGANIZATION-ID."))?;
    let customer = suite
        .tenancy()
        .add_customer(&Actor::system("Demonstration"), name, organization)
        .await?;
    Ok(CustomerFacts {
        id: customer.id.to_string(),
        name: customer.name,
    })
}

fn announce(
    mut listening: Listening,
    first: Option<&FirstAdministrator>,
    customer: Option<CustomerFacts>,
    file: Option<&Path>,
    output: Output,
) -> Result<()> {
    let administrator = first.map(AdministratorFacts::from);
    match (file, administrator) {
        (Some(file), Some(administrator)) => first_start::hand_over(
            &SuiteFirstStart {
                administrator,
                customer,
            },
            file,
        )?,
        (_, administrator) => listening.administrator = administrator,
    }
    tracing::info!(url = %listening.url, address = %listening.address, "the Suite serves");
    output.result(&listening, |listening| match &listening.administrator {
        None => format!("The Suite serves {} on {}.", listening.url, listening.address),
        Some(administrator) => format!(
            "The Suite serves {} on {}.\n\n{}",
            listening.url,
            listening.address,
            administrator.in_words()
        ),
    });
    Ok(())
}
