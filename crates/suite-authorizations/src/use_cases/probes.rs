use std::time::Duration;

use kit::Timestamp;
use webex::{Person, Role};
use webex_client::{CallRecordsWindow, ErrorKind, PeopleQuery, WebexClient};

use super::check::failed;
use crate::model::{Finding, IntegrationKey, Verdict};

/// One cheap call of the kind that the integration lives from.
pub(super) async fn probe(
    client: &WebexClient,
    integration: IntegrationKey,
    me: &Person,
    now: Timestamp,
) -> Vec<Finding> {
    match integration {
        IntegrationKey::UsersSynch => {
            vec![people_with_numbers(client).await, calling_locations(client).await]
        }
        IntegrationKey::Presence => vec![presence(client).await],
        IntegrationKey::CallControl => vec![calls(client, me).await],
        IntegrationKey::CallAnalytics => vec![call_records(client, now).await],
        IntegrationKey::SingleSignOn => vec![user_info(client).await],
    }
}

async fn people_with_numbers(client: &WebexClient) -> Finding {
    const ASKED: &str = "Are people readable? (GET /people?callingData=true&max=1)";
    let query = PeopleQuery {
        calling_data: true,
        max: Some(1),
        ..PeopleQuery::default()
    };
    match client.first_people(&query).await {
        Ok(page) if page.items.is_empty() => Finding::new(
            ASKED,
            Verdict::Doubtful,
            "The platform answered with an empty list of people.",
        ),
        Ok(_) => Finding::new(ASKED, Verdict::Fine, "Yes."),
        Err(error) => failed(ASKED, &error),
    }
}

async fn calling_locations(client: &WebexClient) -> Finding {
    const ASKED: &str = "Are locations readable? (GET /telephony/config/locations?max=1)";
    match client
        .get::<webex::TelephonyLocations>(&["telephony", "config", "locations"], &[("max", "1".to_owned())])
        .await
    {
        Ok(_) => Finding::new(ASKED, Verdict::Fine, "Yes."),
        Err(error) => failed(ASKED, &error),
    }
}

/// When the authorizer switches sharing off, presence vanishes from every answer without any error.
async fn presence(client: &WebexClient) -> Finding {
    const ASKED: &str = "Does presence come with people? (GET /people?max=50)";
    let query = PeopleQuery {
        max: Some(50),
        ..PeopleQuery::default()
    };
    match client.first_people(&query).await {
        Ok(page) => {
            let with_status = page.items.iter().filter(|person| person.status.is_some()).count();
            if with_status > 0 {
                Finding::new(
                    ASKED,
                    Verdict::Fine,
                    format!("Yes, for {with_status} of {} people.", page.items.len()),
                )
            } else {
                Finding::new(
                    ASKED,
                    Verdict::Wrong,
                    format!(
                        "No: of {} people none has a presence status. The person who authorized has most likely switched off sharing of presence; they must switch it on again. No new authorization is needed.",
                        page.items.len()
                    ),
                )
            }
        }
        Err(error) => failed(ASKED, &error),
    }
}

async fn calls(client: &WebexClient, me: &Person) -> Finding {
    const ASKED: &str = "Are live calls readable? (GET /telephony/calls/members/{id}/calls)";
    match client.member_calls(&me.id).await {
        Ok(calls) => Finding::new(
            ASKED,
            Verdict::Fine,
            format!(
                "Yes, {} at this moment for the person who authorized.",
                calls.items.len()
            ),
        ),
        Err(error) if matches!(error.kind, ErrorKind::NotFound | ErrorKind::Refused { .. }) => Finding::new(
            ASKED,
            Verdict::Doubtful,
            format!(
                "Not known: the platform does not offer it here, or the person who authorized has no calling line. {error}"
            ),
        ),
        Err(error) => failed(ASKED, &error),
    }
}

/// The last hour that is complete. The platform wants at least five minutes between the end and now, and allows one
/// first request a minute.
async fn call_records(client: &WebexClient, now: Timestamp) -> Finding {
    const ASKED: &str = "Are call records readable? (GET /cdr_feed, one hour)";
    let end = now.minus(Duration::from_secs(6 * 60));
    let window = CallRecordsWindow {
        start: end.minus(Duration::from_secs(3600)),
        end,
        max: 500,
    };
    match client.call_records(window).await {
        Ok(records) => Finding::new(
            ASKED,
            Verdict::Fine,
            format!("Yes, {} in the last hour.", records.items.len()),
        ),
        Err(error) if error.kind == ErrorKind::NotFound && error.message.contains("No CDRs") => {
            Finding::new(ASKED, Verdict::Fine, "Yes; there was no call in the last hour.")
        }
        Err(error) if error.kind == ErrorKind::NotFound => Finding::new(
            ASKED,
            Verdict::Doubtful,
            format!("Not known: the platform does not offer call records at this address. {error}"),
        ),
        Err(error) if error.kind == ErrorKind::Forbidden => Finding::new(
            ASKED,
            Verdict::Wrong,
            format!(
                "No. The person who authorized needs the administrator role “{}” beside Full Administrator. {error}",
                Role::CallHistory.name()
            ),
        ),
        Err(error) => failed(ASKED, &error),
    }
}

async fn user_info(client: &WebexClient) -> Finding {
    const ASKED: &str = "Does sign-in say who somebody is? (GET /userinfo)";
    match client.user_info().await {
        Ok(info) => match info.email {
            Some(email) => Finding::new(ASKED, Verdict::Fine, format!("Yes: {email}.")),
            None => Finding::new(
                ASKED,
                Verdict::Doubtful,
                "The answer holds no e-mail address, by which people are found.",
            ),
        },
        Err(error) => failed(ASKED, &error),
    }
}
