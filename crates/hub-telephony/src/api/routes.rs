use http::Method;
use hub_directory::public_api::{TELEPHONY_READ, TELEPHONY_WRITE};
use kit_web::RouteSpec;

use crate::model::person_settings::rights as settings;
use crate::model::rights;

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    // Workspaces and virtual lines.
    RouteSpec::api(&Method::GET, "/v1/workspaces", rights::WORKSPACES_READ, "List or find workspaces"),
    RouteSpec::api(&Method::POST, "/v1/workspaces", rights::WORKSPACES_WRITE, "Create a workspace")
        .in_part("Hybrid, edge and third-party SIP calling, floors, hot-desk-only licences and planned maintenance: this Hub has none."),
    RouteSpec::api(&Method::GET, "/v1/workspaces/{workspace_id}", rights::WORKSPACES_READ, "One workspace"),
    RouteSpec::api(&Method::PUT, "/v1/workspaces/{workspace_id}", rights::WORKSPACES_WRITE, "Replace a workspace")
        .in_part("Hybrid, edge and third-party SIP calling, floors, hot-desk-only licences and planned maintenance: this Hub has none."),
    RouteSpec::api(&Method::DELETE, "/v1/workspaces/{workspace_id}", rights::WORKSPACES_WRITE, "Delete a workspace"),
    RouteSpec::api(&Method::GET, "/v1/workspaces/{workspace_id}/capabilities", rights::WORKSPACES_READ, "What the devices of a workspace sense"),
    RouteSpec::api(&Method::GET, "/v1/workspaces/{workspace_id}/features/numbers", rights::WORKSPACES_READ, "The numbers of a workspace"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/workspaces/{workspace_id}/numbers", rights::WORKSPACE_NUMBERS_READ, "The numbers of a workspace"),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/workspaces/{workspace_id}/numbers", rights::WORKSPACES_WRITE, "Assign and unassign numbers of a workspace")
        .in_part("Ring patterns but NORMAL: no telephone rings here."),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/virtualLines", TELEPHONY_READ, "List or find virtual lines"),
    RouteSpec::api(&Method::POST, "/v1/telephony/config/virtualLines", TELEPHONY_WRITE, "Create a virtual line"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/virtualLines/{virtual_line_id}", TELEPHONY_READ, "One virtual line"),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/virtualLines/{virtual_line_id}", TELEPHONY_WRITE, "Change a virtual line"),
    RouteSpec::api(&Method::DELETE, "/v1/telephony/config/virtualLines/{virtual_line_id}", TELEPHONY_WRITE, "Delete a virtual line"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/virtualLines/{virtual_line_id}/number", TELEPHONY_READ, "The number and extension of a virtual line"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/virtualLines/{virtual_line_id}/devices", TELEPHONY_READ, "The devices of a virtual line")
        .in_part("Devices: none registers here yet, so the list is empty."),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/virtualLines/{virtual_line_id}/dectNetworks", TELEPHONY_READ, "The DECT networks of a virtual line")
        .in_part("DECT networks: none registers here yet, so the list is empty."),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/virtualLines/{virtual_line_id}/directorySearch", TELEPHONY_WRITE, "Show a virtual line in the directory, or hide it"),
    RouteSpec::page(&Method::GET, "/workspaces", "Find workspaces"),
    RouteSpec::page(&Method::GET, "/workspaces/new", "The form of a new workspace"),
    RouteSpec::page(&Method::POST, "/workspaces/new", "Add a workspace"),
    RouteSpec::page(&Method::GET, "/workspaces/{workspace_id}", "One workspace"),
    RouteSpec::page(&Method::GET, "/workspaces/{workspace_id}/edit", "The form of a workspace"),
    RouteSpec::page(&Method::POST, "/workspaces/{workspace_id}/edit", "Change a workspace"),
    RouteSpec::page(&Method::GET, "/workspaces/{workspace_id}/delete", "Ask before a workspace is deleted"),
    RouteSpec::page(&Method::POST, "/workspaces/{workspace_id}/delete", "Delete a workspace"),
    RouteSpec::page(&Method::GET, "/calling/virtual-lines", "Find virtual lines"),
    RouteSpec::page(&Method::GET, "/calling/virtual-lines/new", "The form of a new virtual line"),
    RouteSpec::page(&Method::POST, "/calling/virtual-lines/new", "Add a virtual line"),
    RouteSpec::page(&Method::GET, "/calling/virtual-lines/{virtual_line_id}", "One virtual line"),
    RouteSpec::page(&Method::GET, "/calling/virtual-lines/{virtual_line_id}/edit", "The form of a virtual line"),
    RouteSpec::page(&Method::POST, "/calling/virtual-lines/{virtual_line_id}/edit", "Change a virtual line"),
    RouteSpec::page(&Method::GET, "/calling/virtual-lines/{virtual_line_id}/delete", "Ask before a virtual line is deleted"),
    RouteSpec::page(&Method::POST, "/calling/virtual-lines/{virtual_line_id}/delete", "Delete a virtual line"),
    // A person's call settings.
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/callForwarding", settings::READ.scopes, "A person's call forwarding"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/callForwarding", settings::WRITE.scopes, "Change a person's call forwarding"),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/voicemail", settings::READ.scopes, "A person's voicemail"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/voicemail", settings::WRITE.scopes, "Change a person's voicemail").in_part("Custom greetings: there is nowhere to upload one."),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/doNotDisturb", settings::READ.scopes, "Whether a person wants no calls"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/doNotDisturb", settings::WRITE.scopes, "Change whether a person wants no calls"),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/callWaiting", settings::ADMIN_READ.scopes, "Whether second calls make themselves heard"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/callWaiting", settings::ADMIN_WRITE.scopes, "Change whether second calls make themselves heard"),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/callerId", settings::READ.scopes, "Who a person is to those whom they call"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/callerId", settings::WRITE.scopes, "Change who a person is to those whom they call"),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/numbers", settings::ADMIN_READ.scopes, "A person's numbers and how they ring"),
    RouteSpec::api(&Method::GET, "/v1/people/{person_id}/features/monitoring", settings::ADMIN_READ.scopes, "What a person monitors"),
    RouteSpec::api(&Method::PUT, "/v1/people/{person_id}/features/monitoring", settings::ADMIN_WRITE.scopes, "Change what a person monitors").in_part("Call park extensions: there are none."),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/people/{person_id}/numbers", settings::NUMBERS_WRITE.scopes, "Assign and unassign a person's alternate numbers"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/{person_id}/monitoring/availableMembers", settings::CANDIDATES_READ.scopes, "Whom a person could monitor"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/{person_id}/monitoring/speedDials/availableMembers", settings::CANDIDATES_READ.scopes, "Whom a person could dial by a key"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/{person_id}/preferredAnswerEndpoint", settings::ENDPOINT_READ.scopes, "Where a person answers").in_part("Endpoints: nothing registers here yet, so the list is empty."),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/people/{person_id}/preferredAnswerEndpoint", settings::ENDPOINT_WRITE.scopes, "Choose where a person answers").in_part("Endpoints: nothing registers here yet, so there is only null to choose."),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/me/settings/callForwarding", settings::ME_READ.scopes, "The caller's own call forwarding"),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/people/me/settings/callForwarding", settings::ME_WRITE.scopes, "Change the caller's own call forwarding"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/me/settings/doNotDisturb", settings::ME_READ.scopes, "The caller's own do not disturb"),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/people/me/settings/doNotDisturb", settings::ME_WRITE.scopes, "Change the caller's own do not disturb"),
    RouteSpec::api(&Method::GET, "/v1/telephony/config/people/me/settings/callWaiting", settings::ME_READ.scopes, "The caller's own call waiting"),
    RouteSpec::api(&Method::PUT, "/v1/telephony/config/people/me/settings/callWaiting", settings::ME_WRITE.scopes, "Change the caller's own call waiting"),
    RouteSpec::page(&Method::GET, "/users/{person_id}/calling", "A person's call settings"),
    RouteSpec::page(&Method::GET, "/users/{person_id}/calling/edit", "The form of a person's call settings"),
    RouteSpec::page(&Method::POST, "/users/{person_id}/calling/edit", "Change a person's call settings"),
    RouteSpec::page(&Method::GET, "/users/{person_id}/calling/monitoring", "Find whom a person could monitor"),
    RouteSpec::page(&Method::POST, "/users/{person_id}/calling/monitoring", "Change what a person monitors"),
];
