//! What the small organizations have, written out.

use super::rooms::{Line, Room};
use crate::model::WorkspaceKind;

/// What stands at the location of this name; nothing for the locations of the bigger organizations.
pub(super) fn at(location: &str) -> Option<(Vec<Room>, Vec<Line>)> {
    Some(match location {
        "Boston Headquarters" => (
            vec![
                Room::meeting("Atlantic Boardroom", WorkspaceKind::MeetingRoom, 14)
                    .with_professional_calling()
                    .with_notes("Screen sharing by cable only while the ceiling is repaired."),
                Room::meeting("Harbor Huddle", WorkspaceKind::Huddle, 4),
                Room::phone("Lobby Phone", WorkspaceKind::Open, true),
            ],
            Vec::new(),
        ),
        "Chicago Distribution Center" => (
            vec![
                Room::phone("Warehouse Desk Dock 4", WorkspaceKind::Desk, false)
                    .with_notes("Drivers sign in here."),
            ],
            vec![Line {
                first_name: "Night",
                last_name: "Dispatch",
                has_number: true,
            }],
        ),
        "Oakland Terminal" => (
            vec![Room::hot_desk("Terminal Hot Desk")],
            vec![Line {
                first_name: "Customs",
                last_name: "Hotline",
                has_number: false,
            }],
        ),
        "Berlin Office" => (
            vec![Room::meeting(
                "Besprechungsraum Spree",
                WorkspaceKind::MeetingRoom,
                8,
            )],
            Vec::new(),
        ),
        "Portland Clinic" => (
            vec![
                Room::meeting("Consultation Room", WorkspaceKind::Focus, 3),
                Room::phone("Reception Phone", WorkspaceKind::Open, true),
            ],
            vec![Line {
                first_name: "After-Hours",
                last_name: "Triage",
                has_number: true,
            }],
        ),
        _ => return None,
    })
}
