//! What a location of the bigger organizations has: five to ten workspaces, one or two virtual lines.

use super::rooms::{Line, Room};
use crate::model::WorkspaceKind;

const ROOMS: [&str; 24] = [
    "Alder", "Aspen", "Beech", "Birch", "Cedar", "Chestnut", "Cypress", "Elder", "Elm", "Fir", "Hawthorn",
    "Hazel", "Juniper", "Larch", "Linden", "Maple", "Mulberry", "Oak", "Olive", "Pine", "Poplar", "Rowan",
    "Spruce", "Willow",
];

const LINES: [(&str, &str); 6] = [
    ("Night", "Desk"),
    ("Facility", "Hotline"),
    ("Delivery", "Desk"),
    ("Security", "Line"),
    ("Visitor", "Line"),
    ("Callback", "Line"),
];

/// The same bytes give the same rooms.
pub(super) fn at(location: &str, bytes: [u8; 16]) -> (Vec<Room>, Vec<Line>) {
    let name = |room: &str| format!("{room}, {location}");
    let mut rooms = vec![
        Room::phone(name("Lobby Phone"), WorkspaceKind::Open, true),
        Room::phone(name("Break Room Phone"), WorkspaceKind::Other, false),
        Room::meeting(name("Boardroom"), WorkspaceKind::MeetingRoom, 16).with_professional_calling(),
        Room::hot_desk(name("Hot Desk")),
    ];
    let first = usize::from(bytes[0]);
    for position in 0..usize::from(1 + bytes[1] % 6) {
        // Five steps apart, so that neighbours in the alphabet are rarely neighbours in the house.
        let room = ROOMS[(first + position * 5) % ROOMS.len()];
        let (kind, capacity) = match bytes[2 + position] % 3 {
            0 => (WorkspaceKind::Huddle, 4),
            1 => (WorkspaceKind::Focus, 2),
            _ => (WorkspaceKind::MeetingRoom, 6 + i64::from(bytes[2 + position] % 7)),
        };
        rooms.push(Room::meeting(name(room), kind, capacity));
    }
    let lines = (0..1 + usize::from(bytes[9] % 2)).map(|position| {
        let (first_name, last_name) = LINES[(usize::from(bytes[10]) + position) % LINES.len()];
        Line {
            first_name,
            last_name,
            has_number: position == 0,
        }
    });
    (rooms, lines.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_location_has_five_to_ten_rooms_of_different_names_and_one_or_two_lines() {
        for byte in 0..=255_u8 {
            let (rooms, lines) = at("Oslo", [byte; 16]);
            assert!((5..=10).contains(&rooms.len()), "{byte}: {}", rooms.len());
            assert!((1..=2).contains(&lines.len()), "{byte}: {}", lines.len());
            let names: BTreeSet<&str> = rooms.iter().map(|room| room.name.as_str()).collect();
            assert_eq!(names.len(), rooms.len(), "{byte}");
        }
    }
}
