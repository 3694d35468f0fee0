use hub_directory::seed::{self, NamedPerson};
use hub_directory::{OrganizationId, PersonId, SeedOrganization, Size};
use kit::{Randomness, Result, SecretString};

use crate::options::{FirstStart, HubOptions, SeededOrganization, SeededPerson};
use crate::settings;
use crate::wiring::Slices;

/// Makes the organization that is asked for, a small second one, and the partner that looks after both, each once. A start that was cut short is
/// completed by the next: whoever has no note of being seeded is seeded, and every step leaves alone what is there.
pub(crate) async fn seed(slices: &Slices, options: &HubOptions) -> Result<Option<FirstStart>> {
    let Some(size) = options.seed_size else {
        return Ok(None);
    };
    let wanted = [
        (label(size), Make::Main(size)),
        ("other", Make::Other),
        // Last: it looks after the two.
        ("partner", Make::Partner),
    ];
    let customers = [
        OrganizationId::new(seed::organization_id(size, options.seed_number)),
        OrganizationId::new(seed::other_organization_id(options.seed_number)),
    ];
    let mut first_start = FirstStart {
        organizations: Vec::new(),
        people: Vec::new(),
    };
    for (label, make) in wanted {
        let note = format!("seeded:{label}:{}", options.seed_number);
        if settings::read(&slices.database, &note).await?.is_some() {
            continue;
        }
        // Inventing 100,000 people takes a second: only where they are needed.
        let organization = make.invent(options.seed_number);
        let blocked = options
            .blocked_client
            .as_deref()
            .filter(|_| matches!(make, Make::Main(_)));
        if matches!(make, Make::Partner) {
            slices.partners.seed(&organization, &customers).await?;
        }
        seed_one(slices, options, organization, blocked, &mut first_start).await?;
        settings::keep(&slices.database, &note, &options.clock.now().to_string()).await?;
    }
    Ok((!first_start.organizations.is_empty()).then_some(first_start))
}

#[derive(Clone, Copy)]
enum Make {
    Main(Size),
    Other,
    Partner,
}

impl Make {
    fn invent(self, seed_number: u64) -> SeedOrganization {
        match self {
            Self::Main(size) => seed::organization(size, seed_number),
            Self::Other => seed::other_small_organization(seed_number),
            Self::Partner => seed::partner_organization(seed_number),
        }
    }
}

const fn label(size: Size) -> &'static str {
    match size {
        Size::Small => "small",
        Size::Medium => "medium",
        Size::Large => "large",
    }
}

async fn seed_one(
    slices: &Slices,
    options: &HubOptions,
    organization: SeedOrganization,
    blocked_client: Option<&str>,
    first_start: &mut FirstStart,
) -> Result<()> {
    let id = OrganizationId::new(organization.id);
    let named: Vec<(PersonId, NamedPerson)> = organization
        .named_people()
        .filter_map(|person| Some((PersonId::new(person.id), person.named?)))
        .collect();
    first_start.organizations.push(SeededOrganization {
        id: organization.id,
        name: organization.name.to_owned(),
        people: organization.people.len(),
    });
    let name = organization.name.to_owned();
    slices.directory.seed(&organization).await?;
    slices.seed(&organization).await?;
    slices.governance.seed_policies(id, blocked_client).await?;
    for (person_id, part) in named {
        let Some(account) = slices.directory.account(person_id).await? else {
            continue;
        };
        let password = match options.seed_passwords.get(&account.email) {
            Some(password) => password.clone(),
            None => random_password(options.randomness.as_ref()),
        };
        slices.identity.set_password(person_id, &password).await?;
        first_start.people.push(SeededPerson {
            name: account.display_name,
            email: account.email,
            password,
            roles: account.roles.iter().map(|role| role.name().to_owned()).collect(),
            organization: name.clone(),
            note: note(part).to_owned(),
        });
    }
    Ok(())
}

const fn note(part: NamedPerson) -> &'static str {
    match part {
        NamedPerson::Deactivated => "Deactivated: may not sign in",
        NamedPerson::InvitePending => "Was invited and never signed in",
        NamedPerson::ServiceAdmin => "Full Admin without licences, made to authorize integrations",
        NamedPerson::SecondFullAdmin => "Stands by",
        _ => "",
    }
}

/// Four groups of four characters: some 95 bits, and readable from a terminal.
fn random_password(randomness: &dyn Randomness) -> SecretString {
    let text = randomness.alphanumeric(16);
    let groups: Vec<&str> = (0..4)
        .filter_map(|group| text.get(group * 4..group * 4 + 4))
        .collect();
    SecretString::from(groups.join("-"))
}
