//! Where a seeded organization has its offices.
//!
//! Cities, postal codes, zones and coordinates are real; streets are ordinary and house numbers invented.
//! Telephone numbers ring nobody where that can be had: the small organizations use ranges that numbering
//! authorities keep for drama (+1 NPA 555 01xx, +49 30 23125 xxx). Those are too small for 100,000 people:
//! the bigger organizations use synthetic numbers of the right form and length, in North America always of
//! the exchange 555, elsewhere of a drama range where the city has one, lengthened to four digits.
//!
//! Each city has 10,000 numbers (the last four digits): the large organization uses 1000 to 3499 and 3500 to
//! 5999 for its two sites and, in North America, 7000 to 8999 for mobiles; the medium one 6000 to 6999 and
//! 9000 to 9999. So no two seeded organizations ever share a number.

use super::cities::{CITIES, City};
use super::countries::{Country, country};
use super::dice::Dice;
use super::numbers::{NumberBlock, SeedNumber};
use super::{SeedLocation, Size};

/// A location together with what the generator of people needs to know of it.
pub(super) struct Site {
    pub(super) location: SeedLocation,
    pub(super) country: &'static Country,
    /// How many of the organization's people work here, relative to the other sites.
    pub(super) weight: usize,
    pub(super) direct_numbers: NumberBlock,
    /// Which of the mobile contracts the people here use.
    pub(super) mobile_contract: usize,
    pub(super) next_extension: u32,
    pub(super) extensions_left_free: bool,
}

/// All sites of an organization, and the mobile contracts that they share.
pub(super) struct Sites {
    pub(super) sites: Vec<Site>,
    pub(super) mobiles: Vec<NumberBlock>,
}

/// An office of one of the small organizations, written out by hand.
struct HandmadeOffice {
    name: &'static str,
    street: &'static str,
    suite: Option<&'static str>,
    city: &'static str,
    state: &'static str,
    postal_code: &'static str,
    country: &'static str,
    time_zone: &'static str,
    latitude: &'static str,
    longitude: &'static str,
    routing_prefix: &'static str,
    main_number: u64,
    direct_numbers: u64,
    mobile_first: u64,
    first_extension: u32,
    weight: usize,
}

const SMALL_OFFICES: &[HandmadeOffice] = &[
    HandmadeOffice {
        name: "Boston Headquarters",
        street: "60 Seaport Boulevard",
        suite: Some("Suite 1200"),
        city: "Boston",
        state: "MA",
        postal_code: "02210",
        country: "US",
        time_zone: "America/New_York",
        latitude: "42.351900",
        longitude: "-71.044600",
        routing_prefix: "801",
        main_number: 16_175_550_100,
        direct_numbers: 99,
        mobile_first: 17_815_550_100,
        first_extension: 2001,
        weight: 24,
    },
    HandmadeOffice {
        name: "Chicago Distribution Center",
        street: "2240 West Ogden Avenue",
        suite: Some("Dock Office"),
        city: "Chicago",
        state: "IL",
        postal_code: "60612",
        country: "US",
        time_zone: "America/Chicago",
        latitude: "41.862900",
        longitude: "-87.682700",
        routing_prefix: "802",
        main_number: 13_125_550_100,
        direct_numbers: 99,
        mobile_first: 17_735_550_100,
        first_extension: 3001,
        weight: 14,
    },
    HandmadeOffice {
        name: "Oakland Terminal",
        street: "1290 Middle Harbor Road",
        suite: None,
        city: "Oakland",
        state: "CA",
        postal_code: "94607",
        country: "US",
        time_zone: "America/Los_Angeles",
        latitude: "37.803700",
        longitude: "-122.309100",
        routing_prefix: "803",
        main_number: 15_105_550_100,
        direct_numbers: 99,
        mobile_first: 13_415_550_100,
        first_extension: 4001,
        weight: 10,
    },
    HandmadeOffice {
        name: "Berlin Office",
        street: "Stralauer Allee 14",
        suite: Some("3. Obergeschoss"),
        city: "Berlin",
        state: "BE",
        postal_code: "10245",
        country: "DE",
        time_zone: "Europe/Berlin",
        latitude: "52.502300",
        longitude: "13.452600",
        routing_prefix: "804",
        main_number: 493_023_125_100,
        direct_numbers: 899,
        mobile_first: 491_713_920_000,
        first_extension: 5001,
        weight: 12,
    },
];

const OTHER_OFFICES: &[HandmadeOffice] = &[HandmadeOffice {
    name: "Portland Clinic",
    street: "1815 Northwest Marshall Street",
    suite: Some("Floor 2"),
    city: "Portland",
    state: "OR",
    postal_code: "97209",
    country: "US",
    time_zone: "America/Los_Angeles",
    latitude: "45.530900",
    longitude: "-122.689600",
    routing_prefix: "805",
    main_number: 15_035_550_100,
    direct_numbers: 99,
    mobile_first: 19_715_550_100,
    first_extension: 6001,
    weight: 1,
}];

const PARTNER_OFFICES: &[HandmadeOffice] = &[HandmadeOffice {
    name: "Baltimore Operations",
    street: "700 South President Street",
    suite: Some("Suite 410"),
    city: "Baltimore",
    state: "MD",
    postal_code: "21202",
    country: "US",
    time_zone: "America/New_York",
    latitude: "39.281600",
    longitude: "-76.602800",
    routing_prefix: "806",
    main_number: 14_105_550_100,
    direct_numbers: 99,
    mobile_first: 14_435_550_100,
    first_extension: 7001,
    weight: 1,
}];

/// The sites of the organization of a size.
pub(super) fn sites(size: Size, dice: &mut Dice) -> Sites {
    match size {
        Size::Small => handmade(SMALL_OFFICES, dice),
        Size::Medium => generated(&MEDIUM_PLAN, dice),
        Size::Large => generated(&LARGE_PLAN, dice),
    }
}

/// The sites of the other small organization.
pub(super) fn other_sites(dice: &mut Dice) -> Sites {
    handmade(OTHER_OFFICES, dice)
}

/// The sites of the partner.
pub(super) fn partner_sites(dice: &mut Dice) -> Sites {
    handmade(PARTNER_OFFICES, dice)
}

fn handmade(offices: &'static [HandmadeOffice], dice: &mut Dice) -> Sites {
    let mut sites = Vec::with_capacity(offices.len());
    let mut mobiles = Vec::with_capacity(offices.len());
    for (contract, office) in offices.iter().enumerate() {
        let country = country(office.country);
        mobiles.push(NumberBlock::scattered(office.mobile_first, 100));
        sites.push(Site {
            location: SeedLocation {
                id: dice.uuid(),
                name: office.name.to_owned(),
                address1: office.street.to_owned(),
                address2: office.suite,
                city: office.city,
                state: office.state,
                postal_code: office.postal_code,
                country: country.code,
                time_zone: office.time_zone,
                preferred_language: country.announcement,
                announcement_language: country.announcement,
                latitude: office.latitude,
                longitude: office.longitude,
                main_number: SeedNumber::new(office.main_number),
                routing_prefix: office.routing_prefix.to_owned(),
                outside_dial_digit: country.outside_dial_digit,
                enforce_outside_dial_digit: false,
                spare_numbers: Vec::new(),
                first_spare_extension: 0,
            },
            country,
            weight: office.weight,
            direct_numbers: NumberBlock::in_order(office.main_number + 1, office.direct_numbers),
            mobile_contract: contract,
            next_extension: office.first_extension,
            extensions_left_free: false,
        });
    }
    Sites { sites, mobiles }
}

/// How the numbers of the cities are divided for one of the generated organizations.
struct SitePlan {
    sites: usize,
    /// Last four digits of the main number of the first and of the second site in a city.
    main_numbers: [u64; 2],
    numbers_per_site: u64,
    /// Where mobiles look like a city's numbers: last four digits of the first, and how many.
    city_mobiles: (u64, u64),
    /// Elsewhere: last five digits of the first, and how many, per country.
    country_mobiles: (u64, u64),
    /// The bigger, the more equal the sites are in size.
    evenness: usize,
}

const MEDIUM_PLAN: SitePlan = SitePlan {
    sites: 20,
    main_numbers: [6000, 6000],
    numbers_per_site: 1000,
    city_mobiles: (9000, 1000),
    country_mobiles: (80_000, 20_000),
    evenness: 5,
};

const LARGE_PLAN: SitePlan = SitePlan {
    sites: 2 * CITIES.len(),
    main_numbers: [1000, 3500],
    numbers_per_site: 2500,
    city_mobiles: (7000, 2000),
    country_mobiles: (0, 80_000),
    evenness: 20,
};

fn generated(plan: &SitePlan, dice: &mut Dice) -> Sites {
    let mut mobiles = MobileContracts::default();
    let sites = (0..plan.sites)
        .map(|position| generated_site(plan, position, &mut mobiles, dice))
        .collect();
    Sites {
        sites,
        mobiles: mobiles.blocks,
    }
}

fn generated_site(plan: &SitePlan, position: usize, mobiles: &mut MobileContracts, dice: &mut Dice) -> Site {
    let city = &CITIES[position % CITIES.len()];
    let round = position / CITIES.len();
    let country = country(city.country);
    let main_number = city.number_prefix * 10_000 + plan.main_numbers[round.min(1)];
    Site {
        location: SeedLocation {
            id: dice.uuid(),
            name: if round == 0 {
                city.name.to_owned()
            } else {
                format!("{} Campus", city.name)
            },
            address1: street_address(country, dice),
            address2: None,
            city: city.name,
            state: city.state,
            postal_code: city.postal_code,
            country: country.code,
            time_zone: city.time_zone,
            preferred_language: country.announcement,
            announcement_language: country.announcement,
            latitude: city.latitude,
            longitude: city.longitude,
            main_number: SeedNumber::new(main_number),
            routing_prefix: (8001 + position).to_string(),
            outside_dial_digit: country.outside_dial_digit,
            enforce_outside_dial_digit: dice.per_mille(300),
            spare_numbers: Vec::new(),
            first_spare_extension: 0,
        },
        country,
        weight: 100_000 / (position + plan.evenness),
        direct_numbers: NumberBlock::in_order(main_number + 1, plan.numbers_per_site - 1),
        mobile_contract: mobiles.contract_of(plan, city, country),
        next_extension: 20_001,
        extensions_left_free: true,
    }
}

fn street_address(country: &Country, dice: &mut Dice) -> String {
    let streets: Vec<&str> = country.streets.split(';').collect();
    let street = dice.pick(&streets).copied().unwrap_or_default();
    street.replacen('#', &(1 + dice.below(240)).to_string(), 1)
}

/// One mobile contract per country, or per city where mobiles are numbered like everything else.
#[derive(Default)]
struct MobileContracts {
    first_numbers: Vec<u64>,
    blocks: Vec<NumberBlock>,
}

impl MobileContracts {
    fn contract_of(&mut self, plan: &SitePlan, city: &City, country: &Country) -> usize {
        let (first, size) = if country.mobile_prefix == 0 {
            let (offset, size) = plan.city_mobiles;
            (city.number_prefix * 10_000 + offset, size)
        } else {
            let (offset, size) = plan.country_mobiles;
            (country.mobile_prefix * 100_000 + offset, size)
        };
        if let Some(known) = self.first_numbers.iter().position(|other| *other == first) {
            return known;
        }
        self.first_numbers.push(first);
        self.blocks.push(NumberBlock::scattered(first, size));
        self.blocks.len() - 1
    }
}
