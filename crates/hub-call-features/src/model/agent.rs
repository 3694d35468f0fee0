use hub_numbers::{Held, OwnerKind};
use kit::{Error, Result, Uuid};
use webex::{PublicId, ResourceKind};

use super::fields::Fields;

/// The skill of an agent to whom nobody gave one; 1 is the best.
pub(crate) const USUAL_SKILL: i64 = 20;

/// Somebody or something that takes the calls of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) kind: OwnerKind,
    pub(crate) id: Uuid,
    /// The share of the calls, in percent; only with the policy WEIGHTED.
    pub(crate) weight: i64,
    /// Only where skills come before the policy.
    pub(crate) skill_level: Option<i64>,
    /// Whether the agent takes calls of this queue now.
    pub(crate) joined: bool,
}

/// An agent as a body names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgentDraft {
    /// The place in the body, for sentences.
    pub(crate) way: String,
    pub(crate) id: Uuid,
    weight: Option<i64>,
    skill_level: Option<i64>,
    joined: Option<bool>,
}

/// What an id of an agent can name.
const KINDS: [ResourceKind; 3] = [
    ResourceKind::People,
    ResourceKind::Place,
    ResourceKind::VirtualLine,
];

impl AgentDraft {
    /// The list of a body; nothing where the body leaves the agents as they are.
    pub(crate) fn list(body: &Fields<'_>) -> Result<Option<Vec<Self>>> {
        let Some(items) = body.objects("agents")? else {
            return Ok(None);
        };
        let drafts: Vec<Self> = items.iter().map(Self::of).collect::<Result<_>>()?;
        for (position, draft) in drafts.iter().enumerate() {
            if drafts.iter().take(position).any(|earlier| earlier.id == draft.id) {
                return Err(Error::invalid(format!(
                    "{} names an agent that the list names already. Leave it out.",
                    draft.way
                )));
            }
        }
        Ok(Some(drafts))
    }

    fn of(item: &Fields<'_>) -> Result<Self> {
        let mut text = None;
        item.text("id", 300, &mut text)?;
        let text = text.ok_or_else(|| item.missing("id"))?;
        let way = item.way_to("id");
        let id = KINDS
            .iter()
            .find_map(|kind| PublicId::parse_uuid(*kind, &text).ok())
            .ok_or_else(|| {
                Error::invalid(format!(
                    "{way} is not the id of a person, a workspace or a virtual line."
                ))
            })?;
        let (mut weight, mut skill_level, mut joined) = (0, USUAL_SKILL, true);
        item.count("weight", 0..=100, &mut weight)?;
        item.count("skillLevel", 1..=20, &mut skill_level)?;
        item.flag("joinEnabled", &mut joined)?;
        Ok(Self {
            way,
            id,
            weight: item.has("weight").then_some(weight),
            skill_level: item.has("skillLevel").then_some(skill_level),
            joined: item.has("joinEnabled").then_some(joined),
        })
    }

    /// The agent, where it can be called; what the body leaves out stays as it was before. `name` is that of the person
    /// with this id, whether they have calling or not.
    pub(crate) fn settled(self, held: Option<&Held>, name: Option<&str>, before: &[Agent]) -> Result<Agent> {
        let kind = held.map(|held| held.kind).filter(|kind| {
            matches!(
                kind,
                OwnerKind::Person | OwnerKind::Workspace | OwnerKind::VirtualLine
            )
        });
        let Some(kind) = kind else {
            return Err(Error::invalid(match name {
                Some(name) => format!(
                    "{}: {name} has no calling licence. Give them one with a number or an extension first, or leave them out.",
                    self.way
                ),
                None => format!(
                    "{} names no person, workspace or virtual line of this organization that has calling. Leave it out.",
                    self.way
                ),
            }));
        };
        let before = before.iter().find(|agent| agent.id == self.id);
        Ok(Agent {
            kind,
            id: self.id,
            weight: self
                .weight
                .or(before.map(|agent| agent.weight))
                .unwrap_or_default(),
            skill_level: self.skill_level.or(before.and_then(|agent| agent.skill_level)),
            joined: self.joined.or(before.map(|agent| agent.joined)).unwrap_or(true),
        })
    }
}
