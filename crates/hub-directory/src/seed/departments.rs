//! Departments, titles, and who reports to whom.

use uuid::Uuid;

use super::dice::Dice;

/// A department, with how its people are called.
pub(super) struct Department {
    pub(super) name: &'static str,
    head: &'static str,
    director: &'static str,
    manager: &'static str,
    staff: &'static [&'static str],
    /// How many people work here, relative to the others.
    weight: usize,
    /// Whether a company of some dozen people has it.
    in_small: bool,
}

macro_rules! departments {
    ($( $name:literal $weight:literal $in_small:literal $head:literal $director:literal $manager:literal [$($staff:literal),*]; )*) => {
        &[ $( Department {
            name: $name, head: $head, director: $director, manager: $manager, staff: &[$($staff),*],
            weight: $weight, in_small: $in_small,
        } ),* ]
    };
}

pub(super) static DEPARTMENTS: &[Department] = departments! {
    "Executive Office" 1 true "Chief Executive Officer" "Chief of Staff" "Chief of Staff"
        ["Executive Assistant", "Board Secretary", "Communications Advisor"];
    "Information Technology" 9 true "Chief Information Officer" "Director of Infrastructure" "IT Team Lead"
        ["Systems Administrator", "Network Engineer", "Support Technician", "Security Analyst", "Collaboration Engineer", "Database Administrator"];
    "Customer Service" 15 true "Vice President Customer Service" "Director of Customer Service" "Customer Service Supervisor"
        ["Customer Service Representative", "Senior Customer Service Representative", "Contact Center Agent", "Service Quality Analyst"];
    "Sales" 14 true "Vice President Sales" "Regional Sales Director" "Sales Manager"
        ["Account Manager", "Account Executive", "Sales Representative", "Inside Sales Representative", "Sales Engineer", "Key Account Manager"];
    "Operations" 14 true "Chief Operating Officer" "Director of Operations" "Operations Manager"
        ["Operations Coordinator", "Dispatcher", "Shift Supervisor", "Planner", "Operations Analyst"];
    "Finance" 6 true "Chief Financial Officer" "Finance Director" "Finance Manager"
        ["Accountant", "Senior Accountant", "Financial Analyst", "Payroll Specialist", "Credit Controller"];
    "Human Resources" 4 true "Chief People Officer" "Human Resources Director" "Human Resources Manager"
        ["Recruiter", "Human Resources Partner", "Training Coordinator", "Benefits Specialist"];
    "Supply Chain" 8 true "Vice President Supply Chain" "Director of Logistics" "Logistics Manager"
        ["Logistics Coordinator", "Customs Specialist", "Warehouse Associate", "Inventory Analyst", "Freight Forwarder"];
    "Facilities" 3 true "Head of Facilities" "Facilities Director" "Facilities Manager"
        ["Receptionist", "Facilities Technician", "Office Coordinator", "Security Officer"];
    "Engineering" 11 false "Chief Technology Officer" "Director of Engineering" "Engineering Manager"
        ["Software Engineer", "Senior Software Engineer", "Mechanical Engineer", "Test Engineer", "Design Engineer", "Staff Engineer"];
    "Marketing" 5 false "Chief Marketing Officer" "Marketing Director" "Marketing Manager"
        ["Content Specialist", "Brand Specialist", "Campaign Specialist", "Market Researcher", "Event Coordinator"];
    "Product Management" 3 false "Chief Product Officer" "Director of Product" "Group Product Manager"
        ["Product Manager", "Product Owner", "User Researcher", "Product Designer"];
    "Legal" 2 false "General Counsel" "Associate General Counsel" "Legal Manager"
        ["Corporate Counsel", "Paralegal", "Compliance Analyst", "Contract Specialist"];
    "Procurement" 3 false "Chief Procurement Officer" "Procurement Director" "Procurement Manager"
        ["Buyer", "Senior Buyer", "Category Specialist", "Vendor Analyst"];
    "Quality and Safety" 2 false "Head of Quality and Safety" "Quality Director" "Quality Manager"
        ["Quality Inspector", "Safety Officer", "Quality Engineer", "Auditor"];
};

/// How many people report to one manager, at most.
const SPAN_OF_CONTROL: usize = 8;

/// Where the next person belongs, and whose reports they are.
pub(super) struct Post {
    pub(super) department: &'static str,
    pub(super) title: &'static str,
    pub(super) manager: Option<Uuid>,
    pub(super) has_reports: bool,
}

struct Lead {
    id: Uuid,
    depth: usize,
}

struct Branch {
    department: &'static Department,
    /// How many people the department will have in the end.
    size: usize,
    /// The head and everybody else who can have reports, each before their own reports.
    leads: Vec<Lead>,
    /// Everybody but the head.
    members: usize,
}

/// The organization chart while it grows. Nobody reports to somebody who came later, so there is no cycle, and
/// whoever stores people in order finds each manager stored already.
pub(super) struct OrganizationChart {
    branches: Vec<Branch>,
}

impl OrganizationChart {
    /// A chart for the departments (as indexes) of all people of the organization.
    pub(super) fn new(departments_of_people: &[u8]) -> Self {
        let mut branches: Vec<Branch> = DEPARTMENTS
            .iter()
            .map(|department| Branch {
                department,
                size: 0,
                leads: Vec::new(),
                members: 0,
            })
            .collect();
        for department in departments_of_people {
            branches[usize::from(*department)].size += 1;
        }
        Self { branches }
    }

    /// Places one more person. With a title of their own, a person is nobody's manager.
    pub(super) fn place(
        &mut self,
        person: Uuid,
        department: u8,
        own_title: Option<&'static str>,
        dice: &mut Dice,
    ) -> Post {
        let top = self.branches[0].leads.first().map(|lead| lead.id);
        let branch = &mut self.branches[usize::from(department)];
        let names = branch.department;
        if branch.leads.is_empty() && own_title.is_none() {
            branch.leads.push(Lead { id: person, depth: 1 });
            return Post {
                department: names.name,
                title: names.head,
                manager: top,
                has_reports: true,
            };
        }
        let (manager, manager_depth) = branch.manager_of_next().unwrap_or((top, 0));
        branch.members += 1;
        let has_reports = own_title.is_none() && branch.next_lead_is_needed();
        let depth = manager_depth + 1;
        if has_reports {
            branch.leads.push(Lead { id: person, depth });
        }
        let title = match own_title {
            Some(title) => title,
            None if has_reports && depth == 2 => names.director,
            None if has_reports => names.manager,
            None => dice.pick(names.staff).copied().unwrap_or(names.manager),
        };
        Post {
            department: names.name,
            title,
            manager,
            has_reports,
        }
    }
}

impl Branch {
    fn manager_of_next(&self) -> Option<(Option<Uuid>, usize)> {
        let position = (self.members / SPAN_OF_CONTROL).min(self.leads.len().checked_sub(1)?);
        let lead = self.leads.get(position)?;
        Some((Some(lead.id), lead.depth))
    }

    /// Whether the department will have more people than the leads so far can take.
    fn next_lead_is_needed(&self) -> bool {
        self.leads.len() * SPAN_OF_CONTROL < self.size.saturating_sub(1)
    }
}

/// How many departments have a head, and the departments of all people as indexes: first the head of each, then the given ones, then the rest at random
/// in proportion to the departments' weights.
pub(super) fn departments_of_people(
    count: usize,
    small: bool,
    given: impl Iterator<Item = u8>,
    dice: &mut Dice,
) -> (usize, Vec<u8>) {
    let exists = |department: &Department| !small || department.in_small;
    let weights: Vec<usize> = DEPARTMENTS
        .iter()
        .map(|department| if exists(department) { department.weight } else { 0 })
        .collect();
    let mut departments: Vec<u8> = (0_u8..)
        .zip(DEPARTMENTS)
        .filter(|(_, department)| exists(department))
        .map(|(index, _)| index)
        .collect();
    let heads = departments.len();
    departments.extend(given);
    while departments.len() < count {
        let index = dice.weighted(weights.iter().copied());
        departments.push(u8::try_from(index).unwrap_or(0));
    }
    departments.truncate(count);
    (heads, departments)
}

/// The index of a department by its name; the first one for a name that does not exist.
pub(super) fn department_named(name: &str) -> u8 {
    (0_u8..)
        .zip(DEPARTMENTS)
        .find(|(_, department)| department.name == name)
        .map_or(0, |(index, _)| index)
}
