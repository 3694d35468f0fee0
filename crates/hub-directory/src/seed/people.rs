//! The people of a seeded organization.

use std::collections::HashMap;

use super::ascii::fold_to_ascii;
use super::departments::{OrganizationChart, Post, department_named, departments_of_people};
use super::dice::Dice;
use super::licenses::{BASIC_SET, COLLABORATION_SET, FULL_SET, LicenseKind, MESSAGING_SET};
use super::named::{CastMember, NamedPerson};
use super::names::{Name, NamePools, usual_nick_name};
use super::numbers::SeedNumber;
use super::places::{Site, Sites};
use super::presence::{SeedPresence, idle_time, presence};
use super::{REFERENCE_MOMENT_MS, SeedPerson};

/// What the generator needs to know of the organization.
pub(super) struct Brief {
    pub(super) seed: u64,
    pub(super) label: &'static str,
    pub(super) domain: &'static str,
    pub(super) count: usize,
    /// Few enough people to know each: no department that only a big company has, nobody deactivated or invited
    /// but those of the cast.
    pub(super) intimate: bool,
    pub(super) cast: &'static [CastMember],
    pub(super) organization_created_ms: i64,
}

/// All people, each after their manager: first the heads of the departments, then the cast, then everybody else.
pub(super) fn people(brief: &Brief, places: &mut Sites) -> Vec<SeedPerson> {
    let mut generator = Generator::new(brief, places);
    (0..brief.count).map(|index| generator.person(index)).collect()
}

struct Generator<'a> {
    brief: &'a Brief,
    places: &'a mut Sites,
    ids: Dice,
    dice: Dice,
    names: NamePools,
    mailboxes: Mailboxes,
    departments: Vec<u8>,
    chart: OrganizationChart,
    heads: usize,
    /// Sum of the weights of all sites up to each.
    site_weights: Vec<usize>,
}

/// Whether and how somebody can sign in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    SignsIn,
    Deactivated,
    Invited,
}

impl<'a> Generator<'a> {
    fn new(brief: &'a Brief, places: &'a mut Sites) -> Self {
        let mut dice = Dice::new(brief.seed, &format!("{}/people", brief.label));
        let cast_departments = brief
            .cast
            .iter()
            .map(|member| department_named(member.department));
        let (heads, departments) =
            departments_of_people(brief.count, brief.intimate, cast_departments, &mut dice);
        let site_weights = places
            .sites
            .iter()
            .scan(0, |sum, site| {
                *sum += site.weight;
                Some(*sum)
            })
            .collect();
        Self {
            brief,
            places,
            ids: Dice::new(brief.seed, &format!("{}/person-ids", brief.label)),
            dice,
            names: NamePools::new(),
            mailboxes: Mailboxes::new(brief.domain, brief.count, brief.cast),
            chart: OrganizationChart::new(&departments),
            departments,
            heads,
            site_weights,
        }
    }

    fn person(&mut self, index: usize) -> SeedPerson {
        let id = self.ids.uuid();
        let cast: &'static [CastMember] = self.brief.cast;
        let member = index
            .checked_sub(self.heads)
            .and_then(|position| cast.get(position));
        let location = self.location(index, member);
        let name = self.name(location, member);
        let post = self.chart.place(
            id,
            self.departments[index],
            member.map(|member| member.title),
            &mut self.dice,
        );
        let standing = self.standing(member, &post);
        let licenses = match member {
            Some(member) => member.licenses,
            None => self.licenses(),
        };
        let (number, extension) = self.telephone(location, licenses, member.is_some());
        let mobile = self.mobile(location, licenses);
        let (created_ms, last_modified_ms) = self.moments();
        let presence = self.presence(standing, licenses);
        let last_activity_ms = idle_time(presence, &mut self.dice)
            .filter(|_| !licenses.is_empty())
            .map(|idle| (REFERENCE_MOMENT_MS - idle).max(created_ms));
        SeedPerson {
            id,
            named: member.map(|member| member.part),
            email: self.mailboxes.address(name, member),
            first_name: name.first,
            last_name: name.last,
            display_name: format!("{} {}", name.first, name.last),
            nick_name: self.nick_name(name, member),
            title: post.title,
            department: post.department,
            manager: post.manager,
            location,
            roles: member.map_or(&[], |member| member.roles),
            licenses,
            number,
            extension,
            mobile,
            preferred_language: self.places.sites[location].country.language,
            login_enabled: standing != Standing::Deactivated,
            invite_pending: standing == Standing::Invited,
            presence,
            last_activity_ms,
            created_ms,
            last_modified_ms,
        }
    }

    /// Everybody at a location in proportion to its weight, after one for each.
    fn location(&mut self, index: usize, member: Option<&CastMember>) -> usize {
        let sites = self.places.sites.len();
        if let Some(member) = member {
            return member.location % sites;
        }
        if index == 0 {
            // The head of the organization sits at its first location.
            return 0;
        }
        let past_cast = index.saturating_sub(self.heads + self.brief.cast.len());
        if index >= self.heads && past_cast < sites {
            return past_cast;
        }
        let total = self.site_weights.last().copied().unwrap_or(0);
        let draw = self.dice.below(total);
        self.site_weights.partition_point(|sum| *sum <= draw)
    }

    fn name(&mut self, location: usize, member: Option<&CastMember>) -> Name {
        if let Some(member) = member {
            return member.name;
        }
        let cultures = self.places.sites[location].country.cultures;
        let position = self.dice.weighted(cultures.iter().map(|(_, share)| *share));
        self.names.name(cultures[position].0, &mut self.dice)
    }

    fn nick_name(&mut self, name: Name, member: Option<&CastMember>) -> Option<&'static str> {
        match member {
            Some(member) => member.nick_name,
            None => usual_nick_name(name.first).filter(|_| self.dice.per_mille(600)),
        }
    }

    fn standing(&mut self, member: Option<&CastMember>, post: &Post) -> Standing {
        match member.map(|member| member.part) {
            Some(NamedPerson::Deactivated) => return Standing::Deactivated,
            Some(NamedPerson::InvitePending) => return Standing::Invited,
            Some(_) => return Standing::SignsIn,
            None if self.brief.intimate || post.has_reports => return Standing::SignsIn,
            None => {}
        }
        match self.dice.below(1000) {
            0..15 => Standing::Deactivated,
            15..40 => Standing::Invited,
            _ => Standing::SignsIn,
        }
    }

    fn licenses(&mut self) -> &'static [LicenseKind] {
        match self.dice.below(100) {
            0..70 => FULL_SET,
            70..75 => BASIC_SET,
            75..95 => COLLABORATION_SET,
            _ => MESSAGING_SET,
        }
    }

    /// The direct number and the extension of somebody with a calling licence; the cast always has both.
    fn telephone(
        &mut self,
        location: usize,
        licenses: &[LicenseKind],
        in_cast: bool,
    ) -> (Option<SeedNumber>, Option<u32>) {
        if !licenses.iter().any(|kind| kind.is_calling()) {
            return (None, None);
        }
        let professional = licenses.contains(&LicenseKind::CallingProfessional);
        let direct = in_cast || self.dice.per_mille(if professional { 860 } else { 250 });
        let site = &mut self.places.sites[location];
        let number = direct.then(|| site.direct_numbers.take()).flatten();
        (number, Some(next_extension(site, &mut self.dice)))
    }

    fn mobile(&mut self, location: usize, licenses: &[LicenseKind]) -> Option<SeedNumber> {
        if licenses.is_empty() || !self.dice.per_mille(240) {
            return None;
        }
        let contract = self.places.sites[location].mobile_contract;
        self.places.mobiles[contract].take()
    }

    /// When the person came, between the organization's first day and two days before the reference moment, and
    /// when somebody last changed something about them.
    fn moments(&mut self) -> (i64, i64) {
        let first = self.brief.organization_created_ms;
        let last = REFERENCE_MOMENT_MS - 2 * 24 * 60 * 60 * 1000;
        let created = first + self.dice.milliseconds_below(last - first);
        let modified = created + self.dice.milliseconds_below(REFERENCE_MOMENT_MS - created);
        (created, modified)
    }

    fn presence(&mut self, standing: Standing, licenses: &[LicenseKind]) -> SeedPresence {
        let has_calling = licenses.iter().any(|kind| kind.is_calling());
        match standing {
            Standing::Invited => SeedPresence::Pending,
            Standing::Deactivated => SeedPresence::Unknown,
            Standing::SignsIn if licenses.is_empty() => SeedPresence::Unknown,
            Standing::SignsIn => presence(has_calling, &mut self.dice),
        }
    }
}

fn next_extension(site: &mut Site, dice: &mut Dice) -> u32 {
    let extension = site.next_extension;
    // In a bigger office, people have left and their extensions were not given away again.
    let gap = u32::from(site.extensions_left_free && dice.per_mille(120));
    site.next_extension += 1 + gap;
    extension
}

/// E-mail addresses of which no two are equal.
struct Mailboxes {
    domain: &'static str,
    /// How many people have a mailbox of this name, with or without a numeral.
    given: HashMap<String, u32>,
}

impl Mailboxes {
    /// The mailboxes of the cast are theirs, whoever comes first.
    fn new(domain: &'static str, people: usize, cast: &[CastMember]) -> Self {
        let mut given = HashMap::with_capacity(people);
        given.extend(cast.iter().map(|member| (mailbox_of(member), 1)));
        Self { domain, given }
    }

    fn address(&mut self, name: Name, member: Option<&CastMember>) -> String {
        if let Some(member) = member {
            return format!("{}@{}", mailbox_of(member), self.domain);
        }
        let mailbox = mailbox_named(name);
        // No folded name ends in a digit, so that a numeral cannot lead to somebody else's mailbox.
        match self.given.get_mut(&mailbox) {
            Some(others) => {
                *others += 1;
                format!("{mailbox}{others}@{}", self.domain)
            }
            None => {
                let address = format!("{mailbox}@{}", self.domain);
                self.given.insert(mailbox, 1);
                address
            }
        }
    }
}

fn mailbox_of(member: &CastMember) -> String {
    member
        .mailbox
        .map_or_else(|| mailbox_named(member.name), str::to_owned)
}

fn mailbox_named(name: Name) -> String {
    let mut mailbox = fold_to_ascii(name.first, name.folding);
    mailbox.push('.');
    mailbox.push_str(&fold_to_ascii(name.last, name.folding));
    mailbox
}
