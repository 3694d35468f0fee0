//! `trunkline demo`: Hub and Suite as two processes on loopback, with an invented organization.

mod child;
mod facts;
mod folder;
mod ports;
mod words;

use std::time::Duration;

use kit::{Clock, SystemClock};

use crate::cli::DemoFlags;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::shutdown;
use child::Child;
use facts::Facts;
use folder::Folder;
use ports::Addresses;

/// Where the demonstration of this folder is: the Hub and the Suite.
pub(crate) fn places_of(folder: &std::path::Path) -> Result<Option<(String, String)>> {
    Ok(Facts::of_folder(folder)?.map(|facts| (facts.hub.url, facts.suite.url)))
}

/// A first start with 100,000 people takes a while on a small machine.
const PATIENCE: Duration = Duration::from_secs(600);

pub(crate) async fn run(flags: DemoFlags, output: Output) -> Result<()> {
    let stop = shutdown::requested()?;
    let mut addresses = Addresses::free(flags.hub_port, flags.suite_port, flags.gateway_port)?;
    let folder = Folder::open(&flags.data)?;
    let mut facts = Facts::read_or_new(&folder, &addresses, &flags)?;
    tokio::pin!(stop);
    // Ctrl-C during a long first start ends the children too: they are dropped, and their standard input closes.
    let (mut hub, mut suite) = tokio::select! {
        started = start(&folder, &mut addresses, &mut facts, output) => started?,
        () = &mut stop => return Ok(()),
    };
    output.result(&facts, |facts| words::ready(facts, &folder));
    let died = tokio::select! {
        // Whoever asked us to stop may have asked the children too.
        biased;
        () = stop => None,
        code = hub.ended() => Some(format!("The Hub ended by itself ({code}), so the Suite was ended too.{}", hub.last_words())),
        code = suite.ended() => Some(format!("The Suite ended by itself ({code}), so the Hub was ended too.{}", suite.last_words())),
    };
    // The Suite first: it talks to the Hub until its end.
    suite.end().await;
    hub.end().await;
    match died {
        None => {
            output.remark("\nHub and Suite have ended. The data is kept; the same command goes on with it.");
            Ok(())
        }
        Some(message) => Err(Failure::failed(message)),
    }
}

async fn start(
    folder: &Folder,
    addresses: &mut Addresses,
    facts: &mut Facts,
    output: Output,
) -> Result<(Child, Child)> {
    if facts.is_first_start() {
        output.remark("Inventing an organization and starting the Hub…");
    }
    let config = folder.write_hub_config(addresses, facts)?;
    addresses.give_to_hub();
    let mut hub = Child::start("hub", &config, &[], folder)?;
    wait_for(&mut hub, &addresses.hub_url()).await?;
    facts.take_hub_first_start(folder)?;
    let config = folder.write_suite_config(addresses, facts)?;
    addresses.give_to_suite();
    let mut suite = Child::start("suite", &config, &facts.first_customer(), folder)?;
    wait_for(&mut suite, &addresses.suite_url()).await?;
    facts.take_suite_first_start(folder)?;
    Ok((hub, suite))
}

async fn wait_for(child: &mut Child, url: &str) -> Result<()> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(2))
        .build()
        .map_err(|error| Failure::failed(format!("No HTTP client can be made: {error}")))?;
    let health = format!("{url}/healthz");
    let deadline = SystemClock.now().plus(PATIENCE);
    loop {
        tokio::select! {
            code = child.ended() => {
                return Err(Failure::failed(format!("The {} did not start ({code}).{}", child.title(), child.last_words())));
            }
            () = SystemClock.sleep(Duration::from_millis(50)) => {}
        }
        if client
            .get(&health)
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            return Ok(());
        }
        if SystemClock.now() > deadline {
            return Err(Failure::failed(format!(
                "{health} does not answer.{}",
                child.last_words()
            )));
        }
    }
}
