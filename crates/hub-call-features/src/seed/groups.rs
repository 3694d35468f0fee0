//! Hunt groups and call queues of an invented organization.

use std::collections::BTreeMap;

use hub_directory::seed::{SeedLocation, SeedPerson};
use hub_directory::{LocationId, OrganizationId, SeedOrganization};
use hub_numbers::{Owner, OwnerKind, Wanted};
use kit::{Result, Uuid};

use super::group_plans::{GroupPlan, plans};
use super::{FIRST_EXTENSION, FIRST_NUMBER, made_id};
use crate::CallFeatures;
use crate::model::agent::Agent;
use crate::model::group::{Group, GroupKind, GroupSettings, Routing};
use crate::model::words::{OverflowAction, RoutingType};
use crate::store::groups::GroupFilter;
use crate::store::{agents, groups};
use crate::use_cases::owner;

/// What is to be stored.
#[derive(Default)]
struct Made {
    groups: Vec<Group>,
    agents: Vec<(Uuid, Vec<Agent>)>,
    owners: Vec<(Owner, Wanted)>,
}

/// Adds them all, once: an organization that has a group already keeps what it has.
pub(super) async fn seed(call_features: &CallFeatures, organization: &SeedOrganization) -> Result<()> {
    let organization_id = OrganizationId::new(organization.id);
    let everything = GroupFilter {
        kinds: GroupKind::ALL,
        ..GroupFilter::default()
    };
    let mut transaction = call_features.database().begin().await?;
    if groups::count((&mut transaction).into(), organization_id, &everything).await? > 0 {
        return Ok(());
    }
    let made = made(organization, organization_id);
    let now = call_features.clock().now();
    call_features
        .numbers()
        .assign_many(&mut transaction, made.owners)
        .await?;
    groups::insert(&mut transaction, &made.groups, now).await?;
    let agents: Vec<(Uuid, &[Agent])> = made
        .agents
        .iter()
        .map(|(id, agents)| (*id, agents.as_slice()))
        .collect();
    agents::insert(&mut transaction, organization_id, &agents).await?;
    transaction.commit().await
}

fn made(organization: &SeedOrganization, organization_id: OrganizationId) -> Made {
    let mut staff: BTreeMap<usize, Vec<&SeedPerson>> = BTreeMap::new();
    for person in organization.people.iter().filter(|person| can_be_called(person)) {
        staff.entry(person.location).or_default().push(person);
    }
    let mut made = Made::default();
    for (position, location) in organization.locations.iter().enumerate() {
        let Some(here) = staff.get(&position) else {
            continue;
        };
        let plans = plans(position, organization.locations.len());
        for (place, plan) in plans.iter().enumerate() {
            let name = format!("{}/{}", location.id, plan.name);
            let group = Group {
                id: made_id(organization, &name),
                organization_id,
                location_id: LocationId::new(location.id),
                kind: plan.kind,
                name: plan.name.to_owned(),
                enabled: true,
                settings: settings(plan),
            };
            made.add(group, agents(plan, here), wanted(plan, place, location));
        }
    }
    made
}

fn can_be_called(person: &SeedPerson) -> bool {
    person.licenses.iter().any(|kind| kind.is_calling())
        && person.login_enabled
        && (person.number.is_some() || person.extension.is_some())
}

impl Made {
    fn add(&mut self, group: Group, mut agents: Vec<Agent>, wanted: Wanted) {
        // The plans stay within what their policies can serve.
        if group.settle_agents(&mut agents).is_err() {
            return;
        }
        self.owners.push((owner(&group), wanted));
        self.agents.push((group.id, agents));
        self.groups.push(group);
    }
}

/// What the group at this place of the location's plans is called by.
fn wanted(plan: &GroupPlan, place: usize, location: &SeedLocation) -> Wanted {
    let number = location.spare_numbers.get(FIRST_NUMBER + place);
    let extension = (location.first_spare_extension + FIRST_EXTENSION..).nth(place);
    Wanted {
        number: number.filter(|_| plan.with_number).map(ToString::to_string),
        extension: extension.map(|extension| extension.to_string()),
        alternates: Vec::new(),
    }
}

fn settings(plan: &GroupPlan) -> GroupSettings {
    let mut settings = GroupSettings::new(plan.kind);
    match &mut settings.routing {
        Routing::HuntGroup(hunt) => {
            hunt.call_policies.policy = plan.policy;
            hunt.call_policies.no_answer.next_agent_enabled = true;
        }
        Routing::Queue(queue) => {
            queue.call_policies.policy = plan.policy;
            queue.call_policies.routing_type = plan.routing_type;
            queue.allow_agent_join_enabled = true;
            queue.phone_number_for_outgoing_calls_enabled = true;
            let room = &mut queue.queue_settings;
            room.queue_size = plan.queue_size;
            room.overflow.action = OverflowAction::Ringing;
            room.messages.comfort_message.enabled = true;
        }
    }
    settings
}

/// People of the wanted departments, and where there are too few, whoever else works there.
fn agents(plan: &GroupPlan, here: &[&SeedPerson]) -> Vec<Agent> {
    const FEWEST: usize = 2;
    let of_department = |wanted: &'static str| here.iter().filter(move |person| person.department == wanted);
    let mut chosen: Vec<&SeedPerson> = plan
        .departments
        .iter()
        .flat_map(|department| of_department(department))
        .copied()
        .take(plan.most_agents)
        .collect();
    for person in here {
        if chosen.len() >= FEWEST {
            break;
        }
        if chosen.iter().all(|known| known.id != person.id) {
            chosen.push(person);
        }
    }
    (0_i64..)
        .zip(chosen)
        .map(|(position, person)| Agent {
            kind: OwnerKind::Person,
            id: person.id,
            weight: 0,
            skill_level: (plan.routing_type == RoutingType::SkillBased).then_some(1 + position % 5),
            // Somebody is always away from their queues.
            joined: plan.kind == GroupKind::HuntGroup || position % 4 != 3,
        })
        .collect()
}
