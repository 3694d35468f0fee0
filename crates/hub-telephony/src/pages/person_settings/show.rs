use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, Caller, Person};
use hub_numbers::Held;
use kit::Result;
use kit_web::{Page, PageError};

use super::person_of;
use crate::Telephony;
use crate::model::person_settings::rights::{ADMIN_READ, ADMIN_WRITE};
use crate::model::person_settings::{CallForwarding, CallWaiting, DoNotDisturb, MonitoredElement, Voicemail};
use crate::use_cases::person_settings::{Line, Target};

#[derive(Template)]
#[template(path = "person_calling.html")]
struct CallingPage<'a> {
    person: &'a Person,
    held: Option<Held>,
    distinctive_ring: bool,
    ways: Vec<WayShown>,
    voicemail: VoicemailShown,
    do_not_disturb: &'static str,
    call_waiting: &'static str,
    monitored: Vec<LineShown>,
    may_change: bool,
    notice: Option<&'static str>,
}

struct WayShown {
    name: &'static str,
    note: String,
    enabled: bool,
    destination: Option<String>,
}

#[derive(Default)]
struct VoicemailShown {
    enabled: bool,
    calls: Vec<String>,
    further: Vec<String>,
}

/// One line of what is monitored.
pub(super) struct LineShown {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) link: Option<String>,
    pub(super) kind: &'static str,
    pub(super) dialled: String,
    pub(super) location: String,
    pub(super) label: Option<String>,
}

pub(super) async fn show(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> std::result::Result<Response, PageError> {
    ADMIN_READ.require(&caller, caller.person_id)?;
    let person = person_of(&telephony, &caller, &id).await?;
    let held = telephony
        .numbers()
        .held_by(
            telephony.database().into(),
            caller.organization_id,
            &[person.id.uuid()],
        )
        .await?
        .remove(&person.id.uuid());
    let template = match held {
        None => without_calling(&person),
        Some(held) => whole(&telephony, &caller, &person, held, pairs.text("done")).await?,
    };
    let title = format!("Call settings of {}", person.display_name);
    Ok(Page::new(title, &template).into_response())
}

fn without_calling(person: &Person) -> CallingPage<'_> {
    CallingPage {
        person,
        held: None,
        distinctive_ring: false,
        ways: Vec::new(),
        voicemail: VoicemailShown::default(),
        do_not_disturb: "",
        call_waiting: "",
        monitored: Vec::new(),
        may_change: false,
        notice: None,
    }
}

async fn whole<'a>(
    telephony: &Telephony,
    caller: &Caller,
    person: &'a Person,
    held: Held,
    done: Option<&str>,
) -> Result<CallingPage<'a>> {
    let forwarding: CallForwarding = telephony.show_setting(caller, person.id, ADMIN_READ).await?;
    let voicemail: Voicemail = telephony.show_setting(caller, person.id, ADMIN_READ).await?;
    let dnd: DoNotDisturb = telephony.show_setting(caller, person.id, ADMIN_READ).await?;
    let waiting: CallWaiting = telephony.show_setting(caller, person.id, ADMIN_READ).await?;
    let numbers = telephony.show_numbers(caller, person.id).await?;
    let monitoring = telephony.show_monitoring(caller, person.id).await?;
    Ok(CallingPage {
        person,
        held: Some(held),
        distinctive_ring: numbers.ringing.distinctive_ring_enabled,
        ways: ways(forwarding),
        voicemail: voicemail_shown(&voicemail),
        do_not_disturb: match (dnd.enabled, dnd.ring_splash_enabled) {
            (true, true) => "On: calls find the person busy, and a short tone tells of each",
            (true, false) => "On: calls find the person busy",
            (false, _) => "Off",
        },
        call_waiting: if waiting.enabled { "On" } else { "Off" },
        monitored: monitoring.lines.into_iter().map(line).collect(),
        may_change: ADMIN_WRITE.has(caller),
        notice: match done {
            Some("saved") => Some("The call settings were saved."),
            Some("monitoring") => Some("The list was changed."),
            _ => None,
        },
    })
}

fn ways(forwarding: CallForwarding) -> Vec<WayShown> {
    let ways = forwarding.call_forwarding;
    let rings = ways.no_answer.number_of_rings;
    vec![
        WayShown {
            name: "Always",
            note: "Every call".to_owned(),
            enabled: ways.always.enabled,
            destination: ways.always.destination,
        },
        WayShown {
            name: "When busy",
            note: "While the person is on a call".to_owned(),
            enabled: ways.busy.enabled,
            destination: ways.busy.destination,
        },
        WayShown {
            name: "When not answered",
            note: format!("After {rings} rings"),
            enabled: ways.no_answer.enabled,
            destination: ways.no_answer.destination,
        },
        WayShown {
            name: "When not reachable",
            note: "While the person's phones are cut off from the network".to_owned(),
            enabled: forwarding.business_continuity.enabled,
            destination: forwarding.business_continuity.destination,
        },
    ]
}

fn voicemail_shown(voicemail: &Voicemail) -> VoicemailShown {
    let mut calls = Vec::new();
    if voicemail.send_all_calls.enabled {
        calls.push("All calls".to_owned());
    }
    if voicemail.send_busy_calls.enabled {
        calls.push("Calls while busy".to_owned());
    }
    if voicemail.send_unanswered_calls.enabled {
        let rings = voicemail.send_unanswered_calls.number_of_rings;
        calls.push(format!("Calls that are not answered after {rings} rings"));
    }
    let told = [
        (
            voicemail.notifications.enabled,
            "Notification to",
            &voicemail.notifications.destination,
        ),
        (
            voicemail.email_copy_of_message.enabled,
            "Copy to",
            &voicemail.email_copy_of_message.email_id,
        ),
        (
            voicemail.transfer_to_number.enabled,
            "0 leads to",
            &voicemail.transfer_to_number.destination,
        ),
        (
            voicemail.fax_message.enabled,
            "Fax at",
            &voicemail.fax_message.phone_number,
        ),
    ];
    let further = told
        .into_iter()
        .filter(|(enabled, _, _)| *enabled)
        .filter_map(|(_, what, place)| Some(format!("{what} {}", place.as_deref()?)))
        .collect();
    VoicemailShown {
        enabled: voicemail.enabled,
        calls,
        further,
    }
}

fn line(line: Line) -> LineShown {
    let Line { element, target } = line;
    match target {
        Some(target) => shown(&target, element.key(), &element),
        None => LineShown {
            key: element.key(),
            name: element.label.clone().unwrap_or_else(|| "Speed dial".to_owned()),
            link: None,
            kind: "Speed dial",
            dialled: element.phone_number.unwrap_or_default(),
            location: String::new(),
            label: None,
        },
    }
}

/// Somebody with calling, as a line.
pub(super) fn shown(target: &Target, key: String, element: &MonitoredElement) -> LineShown {
    use hub_numbers::OwnerKind;
    let owner = &target.holder.owner;
    let (kind, place) = match owner.kind {
        OwnerKind::Person => ("Person", "/users"),
        OwnerKind::Workspace => ("Workspace", "/workspaces"),
        _ => ("Virtual line", "/calling/virtual-lines"),
    };
    let held = &target.holder.held;
    let dialled = [held.number.as_deref(), held.extension.as_deref()];
    LineShown {
        key,
        name: owner.display_name.clone(),
        link: Some(format!("{place}/{}", owner.id)),
        kind,
        dialled: dialled.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        location: target.location_name.clone(),
        label: element.label.clone(),
    }
}
