use serde::Serialize;

use crate::model::person_settings::{CallerId, NumberShown, RingPattern};
use crate::use_cases::person_settings::{CallerIdView, NumbersView};

/// A caller id as it is shown: the document, and what it chooses among.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallerIdWire {
    types: Vec<NumberShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direct_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mobile_number: Option<String>,
    toll_free_location_number: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_external_caller_id_name: Option<String>,
    #[serde(flatten)]
    chosen: CallerId,
}

pub(super) fn caller_id(view: CallerIdView) -> CallerIdWire {
    let CallerIdView {
        subject,
        caller_id,
        around,
    } = view;
    let person = subject.person;
    let chosen = CallerId {
        selected: caller_id.selected.or_else(|| Some(around.usual())),
        first_name: caller_id.first_name.or_else(|| person.first_name.clone()),
        last_name: caller_id.last_name.or_else(|| person.last_name.clone()),
        dial_by_first_name: caller_id.dial_by_first_name.or(person.first_name),
        dial_by_last_name: caller_id.dial_by_last_name.or(person.last_name),
        ..caller_id
    };
    CallerIdWire {
        types: around.types(),
        toll_free_location_number: around.location_number.as_deref().is_some_and(is_toll_free),
        direct_number: around.direct_number,
        extension_number: around.extension,
        location_number: around.location_number,
        mobile_number: around.mobile_number,
        location_external_caller_id_name: around.location_name,
        chosen,
    }
}

/// The codes of the North American plan that the called party pays for.
fn is_toll_free(number: &str) -> bool {
    const CODES: [&str; 7] = ["+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"];
    CODES.iter().any(|code| number.starts_with(code))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumbersWire {
    distinctive_ring_enabled: bool,
    phone_numbers: Vec<NumberWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NumberWire {
    primary: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    direct_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ring_pattern: Option<RingPattern>,
}

pub(super) fn numbers(view: NumbersView) -> NumbersWire {
    let NumbersView { subject, ringing } = view;
    let held = subject.held;
    let primary = NumberWire {
        primary: true,
        direct_number: held.number,
        extension: held.extension,
        routing_prefix: held.routing_prefix,
        esn: held.esn,
        ring_pattern: None,
    };
    let alternates = held.alternates.into_iter().map(|number| NumberWire {
        primary: false,
        ring_pattern: Some(ringing.ring_patterns.get(&number).copied().unwrap_or_default()),
        direct_number: Some(number),
        extension: None,
        routing_prefix: None,
        esn: None,
    });
    NumbersWire {
        distinctive_ring_enabled: ringing.distinctive_ring_enabled,
        phone_numbers: std::iter::once(primary).chain(alternates).collect(),
    }
}
