use http::Method;
use hub_directory::public_api::{TELEPHONY_READ, TELEPHONY_WRITE};
use kit_web::RouteSpec;

use crate::OwnerKind;
use crate::use_cases::offer_numbers::Purpose;

/// What cannot be done with a job that is done.
pub(super) const HALTS: &[&str] = &[
    "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}/actions/pause/invoke",
    "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}/actions/resume/invoke",
    "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}/actions/abandon/invoke",
];

/// Available numbers of all locations, or of the one in the query.
pub(super) const ANYWHERE: &[(&str, Purpose)] = &[
    (
        "/v1/telephony/config/people/primary/availableNumbers",
        Purpose::Line,
    ),
    (
        "/v1/telephony/config/virtualLines/availableNumbers",
        Purpose::Line,
    ),
    ("/v1/telephony/config/workspaces/availableNumbers", Purpose::Line),
];

/// Available numbers of the location in the path.
pub(super) const AT_LOCATION: &[(&str, Purpose)] = &[
    (
        "/v1/telephony/config/locations/{location_id}/huntGroups/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/huntGroups/alternate/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/huntGroups/callForwarding/availableNumbers",
        Purpose::Destination,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/queues/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/queues/alternate/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/queues/callForwarding/availableNumbers",
        Purpose::Destination,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/autoAttendants/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/autoAttendants/alternate/availableNumbers",
        Purpose::Feature,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/autoAttendants/callForwarding/availableNumbers",
        Purpose::Destination,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/availableNumbers",
        Purpose::Location,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/externalCallerId/availableNumbers",
        Purpose::Location,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/webexGo/availableNumbers",
        Purpose::Line,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/emergencyCallbackNumber/availableNumbers",
        Purpose::Destination,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/chargeNumber/availableNumbers",
        Purpose::Charge,
    ),
    (
        "/v1/telephony/config/locations/{location_id}/callIntercept/availableNumbers",
        Purpose::Location,
    ),
];

/// Available numbers of the location of whoever stands in the path.
pub(super) const OF_OWNER: &[(&str, Purpose, OwnerKind)] = &[
    (
        "/v1/telephony/config/people/{person_id}/secondary/availableNumbers",
        Purpose::Line,
        OwnerKind::Person,
    ),
    (
        "/v1/telephony/config/people/{person_id}/callIntercept/availableNumbers",
        Purpose::Destination,
        OwnerKind::Person,
    ),
    (
        "/v1/telephony/config/people/{person_id}/faxMessage/availableNumbers",
        Purpose::Line,
        OwnerKind::Person,
    ),
    (
        "/v1/telephony/config/people/{person_id}/callForwarding/availableNumbers",
        Purpose::Destination,
        OwnerKind::Person,
    ),
    (
        "/v1/telephony/config/people/{person_id}/emergencyCallbackNumber/availableNumbers",
        Purpose::Destination,
        OwnerKind::Person,
    ),
    (
        "/v1/telephony/config/workspaces/{workspace_id}/secondary/availableNumbers",
        Purpose::Line,
        OwnerKind::Workspace,
    ),
    (
        "/v1/telephony/config/workspaces/{workspace_id}/callIntercept/availableNumbers",
        Purpose::Destination,
        OwnerKind::Workspace,
    ),
    (
        "/v1/telephony/config/workspaces/{workspace_id}/faxMessage/availableNumbers",
        Purpose::Line,
        OwnerKind::Workspace,
    ),
    (
        "/v1/telephony/config/workspaces/{workspace_id}/callForwarding/availableNumbers",
        Purpose::Destination,
        OwnerKind::Workspace,
    ),
    (
        "/v1/telephony/config/workspaces/{workspace_id}/emergencyCallbackNumber/availableNumbers",
        Purpose::Destination,
        OwnerKind::Workspace,
    ),
    (
        "/v1/telephony/config/virtualLines/{virtual_line_id}/faxMessage/availableNumbers",
        Purpose::Line,
        OwnerKind::VirtualLine,
    ),
    (
        "/v1/telephony/config/virtualLines/{virtual_line_id}/callForwarding/availableNumbers",
        Purpose::Destination,
        OwnerKind::VirtualLine,
    ),
    (
        "/v1/telephony/config/virtualLines/{virtual_line_id}/emergencyCallbackNumber/availableNumbers",
        Purpose::Destination,
        OwnerKind::VirtualLine,
    ),
];

const fn read(path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::api(&Method::GET, path, TELEPHONY_READ, summary)
}

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    read(
        "/v1/telephony/config/numbers",
        "Numbers and extensions with their owners",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/locations/{location_id}/numbers",
        TELEPHONY_WRITE,
        "Add numbers to a location",
    ),
    RouteSpec::api(
        &Method::PUT,
        "/v1/telephony/config/locations/{location_id}/numbers",
        TELEPHONY_WRITE,
        "Put numbers into service or out of it",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/telephony/config/locations/{location_id}/numbers",
        TELEPHONY_WRITE,
        "Remove numbers from a location",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/actions/validateNumbers/invoke",
        TELEPHONY_WRITE,
        "Whether numbers can be added",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/actions/validateExtensions/invoke",
        TELEPHONY_READ,
        "Whether extensions are well formed",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/locations/{location_id}/actions/validateExtensions/invoke",
        TELEPHONY_READ,
        "Whether extensions are free at a location",
    ),
    read(
        "/v1/telephony/config/people/primary/availableNumbers",
        "Numbers for a person",
    ),
    read(
        "/v1/telephony/config/virtualLines/availableNumbers",
        "Numbers for a virtual line",
    ),
    read(
        "/v1/telephony/config/workspaces/availableNumbers",
        "Numbers for a workspace",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/huntGroups/availableNumbers",
        "Numbers for a hunt group",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/huntGroups/alternate/availableNumbers",
        "Further numbers for a hunt group",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/huntGroups/callForwarding/availableNumbers",
        "Numbers to which a hunt group can forward",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/queues/availableNumbers",
        "Numbers for a call queue",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/queues/alternate/availableNumbers",
        "Further numbers for a call queue",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/queues/callForwarding/availableNumbers",
        "Numbers to which a call queue can forward",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/autoAttendants/availableNumbers",
        "Numbers for an auto attendant",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/autoAttendants/alternate/availableNumbers",
        "Further numbers for an auto attendant",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/autoAttendants/callForwarding/availableNumbers",
        "Numbers to which an auto attendant can forward",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/availableNumbers",
        "Numbers for the main number of a location",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/externalCallerId/availableNumbers",
        "Numbers that lines of a location can show outside",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/webexGo/availableNumbers",
        "Numbers for Webex Go",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/emergencyCallbackNumber/availableNumbers",
        "Numbers that emergency services can call back",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/chargeNumber/availableNumbers",
        "Numbers to which a location's calls can be charged",
    ),
    read(
        "/v1/telephony/config/locations/{location_id}/callIntercept/availableNumbers",
        "Numbers to which intercepted calls of a location can go",
    ),
    read(
        "/v1/telephony/config/people/{person_id}/secondary/availableNumbers",
        "Further numbers for a person",
    ),
    read(
        "/v1/telephony/config/people/{person_id}/callIntercept/availableNumbers",
        "Numbers to which intercepted calls of a person can go",
    ),
    read(
        "/v1/telephony/config/people/{person_id}/faxMessage/availableNumbers",
        "Fax numbers for a person",
    ),
    read(
        "/v1/telephony/config/people/{person_id}/callForwarding/availableNumbers",
        "Numbers to which a person can forward",
    ),
    read(
        "/v1/telephony/config/people/{person_id}/emergencyCallbackNumber/availableNumbers",
        "Numbers at which emergency services reach a person",
    ),
    read(
        "/v1/telephony/config/workspaces/{workspace_id}/secondary/availableNumbers",
        "Further numbers for a workspace",
    ),
    read(
        "/v1/telephony/config/workspaces/{workspace_id}/callIntercept/availableNumbers",
        "Numbers to which intercepted calls of a workspace can go",
    ),
    read(
        "/v1/telephony/config/workspaces/{workspace_id}/faxMessage/availableNumbers",
        "Fax numbers for a workspace",
    ),
    read(
        "/v1/telephony/config/workspaces/{workspace_id}/callForwarding/availableNumbers",
        "Numbers to which a workspace can forward",
    ),
    read(
        "/v1/telephony/config/workspaces/{workspace_id}/emergencyCallbackNumber/availableNumbers",
        "Numbers at which emergency services reach a workspace",
    ),
    read(
        "/v1/telephony/config/virtualLines/{virtual_line_id}/faxMessage/availableNumbers",
        "Fax numbers for a virtual line",
    ),
    read(
        "/v1/telephony/config/virtualLines/{virtual_line_id}/callForwarding/availableNumbers",
        "Numbers to which a virtual line can forward",
    ),
    read(
        "/v1/telephony/config/virtualLines/{virtual_line_id}/emergencyCallbackNumber/availableNumbers",
        "Numbers at which emergency services reach a virtual line",
    ),
    read(
        "/v1/telephony/config/jobs/numbers/manageNumbers",
        "Jobs on many numbers",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/jobs/numbers/manageNumbers",
        TELEPHONY_WRITE,
        "Move, remove or mark many numbers",
    ),
    read(
        "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}",
        "One job on many numbers",
    ),
    read(
        "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}/errors",
        "What failed of a job on many numbers",
    ),
    RouteSpec::api(
        &Method::POST,
        HALTS[0],
        TELEPHONY_WRITE,
        "Pause a job on many numbers",
    ),
    RouteSpec::api(
        &Method::POST,
        HALTS[1],
        TELEPHONY_WRITE,
        "Resume a job on many numbers",
    ),
    RouteSpec::api(
        &Method::POST,
        HALTS[2],
        TELEPHONY_WRITE,
        "Abandon a job on many numbers",
    ),
    RouteSpec::page(&Method::GET, "/calling/numbers", "The stock of numbers"),
    RouteSpec::page(&Method::GET, "/calling/numbers", "The stock of numbers"),
    RouteSpec::page(&Method::GET, "/calling/numbers/add", "The form for new numbers"),
    RouteSpec::page(&Method::POST, "/calling/numbers/add", "Add numbers"),
    RouteSpec::page(
        &Method::POST,
        "/calling/numbers/activate",
        "Put a number into service",
    ),
    RouteSpec::page(
        &Method::POST,
        "/calling/numbers/deactivate",
        "Take a number out of service",
    ),
    RouteSpec::page(
        &Method::GET,
        "/calling/numbers/remove",
        "Ask before a number is removed",
    ),
    RouteSpec::page(&Method::POST, "/calling/numbers/remove", "Remove a number"),
];
