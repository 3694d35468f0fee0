//! Which names people bear.

use super::ascii::Folding;
use super::dice::Dice;
use super::names_of_europe as europe;
use super::names_of_the_world as world;

/// Whose names a person bears. A culture is a pool of names and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culture {
    African,
    Arabic,
    Chinese,
    Czech,
    Dutch,
    English,
    Filipino,
    Finnish,
    French,
    German,
    Greek,
    Hebrew,
    Hungarian,
    Indian,
    Irish,
    Italian,
    Japanese,
    Korean,
    Malay,
    Maori,
    Nigerian,
    Nordic,
    Polish,
    Portuguese,
    Romanian,
    Spanish,
    Turkish,
    Ukrainian,
    Vietnamese,
}

/// The names of a culture as they are written down: separated by commas. A surname with two forms has the
/// men's before the slash and the women's behind it.
pub(super) struct NameList {
    pub(super) women: &'static str,
    pub(super) men: &'static str,
    pub(super) surnames: &'static str,
}

/// Every culture once, in the order of the enum: a culture's number is its place.
const CULTURES: [(Culture, &NameList); 29] = [
    (Culture::African, &world::AFRICAN),
    (Culture::Arabic, &world::ARABIC),
    (Culture::Chinese, &world::CHINESE),
    (Culture::Czech, &europe::CZECH),
    (Culture::Dutch, &europe::DUTCH),
    (Culture::English, &europe::ENGLISH),
    (Culture::Filipino, &world::FILIPINO),
    (Culture::Finnish, &europe::FINNISH),
    (Culture::French, &europe::FRENCH),
    (Culture::German, &europe::GERMAN),
    (Culture::Greek, &europe::GREEK),
    (Culture::Hebrew, &world::HEBREW),
    (Culture::Hungarian, &europe::HUNGARIAN),
    (Culture::Indian, &world::INDIAN),
    (Culture::Irish, &europe::IRISH),
    (Culture::Italian, &europe::ITALIAN),
    (Culture::Japanese, &world::JAPANESE),
    (Culture::Korean, &world::KOREAN),
    (Culture::Malay, &world::MALAY),
    (Culture::Maori, &world::MAORI),
    (Culture::Nigerian, &world::NIGERIAN),
    (Culture::Nordic, &europe::NORDIC),
    (Culture::Polish, &europe::POLISH),
    (Culture::Portuguese, &europe::PORTUGUESE),
    (Culture::Romanian, &europe::ROMANIAN),
    (Culture::Spanish, &europe::SPANISH),
    (Culture::Turkish, &world::TURKISH),
    (Culture::Ukrainian, &europe::UKRAINIAN),
    (Culture::Vietnamese, &world::VIETNAMESE),
];

/// The name of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) folding: Folding,
}

struct NamePool {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    womens_surnames: Vec<&'static str>,
    mens_surnames: Vec<&'static str>,
    folding: Folding,
}

/// All names, taken apart once per organization.
pub(super) struct NamePools {
    pools: Vec<NamePool>,
}

impl NamePools {
    pub(super) fn new() -> Self {
        Self {
            pools: CULTURES
                .iter()
                .map(|(culture, list)| NamePool::new(*culture, list))
                .collect(),
        }
    }

    /// A name that somebody of this culture could bear.
    pub(super) fn name(&self, culture: Culture, dice: &mut Dice) -> Name {
        let pool = &self.pools[culture as usize];
        let (given, surnames) = if dice.per_mille(500) {
            (&pool.women, &pool.womens_surnames)
        } else {
            (&pool.men, &pool.mens_surnames)
        };
        Name {
            first: dice.pick(given).copied().unwrap_or_default(),
            last: dice.pick(surnames).copied().unwrap_or_default(),
            folding: pool.folding,
        }
    }
}

impl NamePool {
    fn new(culture: Culture, list: &NameList) -> Self {
        let forms = |surname: &'static str| surname.split_once('/').unwrap_or((surname, surname));
        Self {
            women: list.women.split(',').collect(),
            men: list.men.split(',').collect(),
            womens_surnames: list.surnames.split(',').map(|name| forms(name).1).collect(),
            mens_surnames: list.surnames.split(',').map(|name| forms(name).0).collect(),
            folding: if culture == Culture::German {
                Folding::German
            } else {
                Folding::Plain
            },
        }
    }
}

/// What friends call somebody of this first name, where that is not the first name itself.
pub(super) fn usual_nick_name(first: &str) -> Option<&'static str> {
    NICK_NAMES
        .iter()
        .find(|(full, _)| *full == first)
        .map(|(_, short)| *short)
}

// Sorted by nothing but habit: 40 comparisons of short strings are cheaper than a map.
const NICK_NAMES: &[(&str, &str)] = &[
    ("Alexander", "Alex"),
    ("Alexandra", "Lexi"),
    ("Andrew", "Andy"),
    ("Anthony", "Tony"),
    ("Benjamin", "Ben"),
    ("Charles", "Charlie"),
    ("Christopher", "Chris"),
    ("Daniel", "Dan"),
    ("Elizabeth", "Liz"),
    ("Francisco", "Paco"),
    ("Giuseppe", "Beppe"),
    ("Gregory", "Greg"),
    ("Guadalupe", "Lupita"),
    ("Ignacio", "Nacho"),
    ("James", "Jim"),
    ("Jennifer", "Jen"),
    ("Johannes", "Hannes"),
    ("Jonathan", "Jon"),
    ("José", "Pepe"),
    ("Joseph", "Joe"),
    ("Katherine", "Kate"),
    ("Katarzyna", "Kasia"),
    ("Małgorzata", "Gosia"),
    ("Margaret", "Maggie"),
    ("Matthew", "Matt"),
    ("Michael", "Mike"),
    ("Nicholas", "Nick"),
    ("Patricia", "Pat"),
    ("Rebecca", "Becky"),
    ("Richard", "Rick"),
    ("Robert", "Bob"),
    ("Samantha", "Sam"),
    ("Stephanie", "Steph"),
    ("Susanne", "Susi"),
    ("Thomas", "Tom"),
    ("Timothy", "Tim"),
    ("Victoria", "Vicky"),
    ("William", "Bill"),
    ("Zachary", "Zach"),
];

#[cfg(test)]
mod tests {
    use super::super::ascii::fold_to_ascii;
    use super::*;

    #[test]
    fn every_culture_is_found_at_its_own_number() {
        for (number, (culture, _)) in CULTURES.iter().enumerate() {
            assert_eq!(*culture as usize, number);
        }
    }

    #[test]
    fn every_name_is_clean_unique_in_its_list_and_has_an_address() {
        for (culture, list) in CULTURES {
            for names in [list.women, list.men, list.surnames] {
                let mut seen = std::collections::HashSet::new();
                for name in names.split([',', '/']) {
                    assert_eq!(name, name.trim(), "{culture:?}");
                    assert!(!name.is_empty(), "{culture:?} has an empty name");
                    assert!(!fold_to_ascii(name, Folding::Plain).is_empty(), "{name}");
                    assert!(!name.contains("  "), "{name}");
                    assert!(
                        name.chars()
                            .all(|letter| letter.is_alphabetic() || " -'’".contains(letter)),
                        "{name}"
                    );
                    assert!(seen.insert(name), "{culture:?} lists {name} twice");
                }
            }
        }
    }

    #[test]
    fn no_letter_of_any_name_is_lost_in_its_address() {
        for (_, list) in CULTURES {
            for name in [list.women, list.men, list.surnames]
                .iter()
                .flat_map(|names| names.split([',', '/']))
            {
                let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
                assert!(fold_to_ascii(name, Folding::Plain).len() >= letters, "{name}");
            }
        }
    }

    #[test]
    fn surnames_with_two_forms_follow_the_person() {
        let pools = NamePools::new();
        let polish = &pools.pools[Culture::Polish as usize];
        assert!(polish.womens_surnames.contains(&"Kowalska"));
        assert!(polish.mens_surnames.contains(&"Kowalski"));
        assert!(!polish.mens_surnames.contains(&"Kowalska"));
    }
}
