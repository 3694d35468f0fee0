use unicode_normalization::UnicodeNormalization;

/// The form of a text that searches compare: lower case, without accents, single spaces.
///
/// Both databases fold only ASCII by themselves, and differently; so the folding is done here, once,
/// and stored beside what it folds.
pub fn search_key(text: &str) -> String {
    if text.is_ascii() {
        return ascii_key(text);
    }
    let mut key = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' | 'ẞ' => key.push_str("ss"),
            'æ' | 'Æ' => key.push_str("ae"),
            'œ' | 'Œ' => key.push_str("oe"),
            'ø' | 'Ø' => key.push('o'),
            'ł' | 'Ł' => key.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => key.push('d'),
            'þ' | 'Þ' => key.push_str("th"),
            'ı' => key.push('i'),
            '’' | '‘' => key.push('\''),
            other if other.is_whitespace() => push_single_space(&mut key),
            other => key.extend(other.to_lowercase()),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The same for most names and every address, without the tables of Unicode.
fn ascii_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            push_single_space(&mut key);
        } else {
            key.push(character.to_ascii_lowercase());
        }
    }
    key.truncate(key.trim_end().len());
    key
}

fn push_single_space(key: &mut String) {
    if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

fn is_combining_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::{ascii_key, search_key};

    #[test]
    fn the_short_way_for_ascii_leads_to_the_same_place() {
        let every_character: String = (0..128_u8).map(char::from).collect();
        for text in [
            every_character.as_str(),
            "  Ada\tKing  LOVELACE ",
            "a.b@c-d.example",
            "",
            " ",
        ] {
            // A letter that is no ASCII sends the whole text the long way round.
            let long = search_key(&format!("{text}é"));
            let short = search_key(&format!("{text}e"));
            assert_eq!(long, short);
            assert_eq!(ascii_key(text), search_key(text));
        }
    }

    #[test]
    fn folds_what_people_do_not_type() {
        assert_eq!(search_key("  Łukasz   MÜLLER "), "lukasz muller");
        assert_eq!(search_key("Nguyễn Søren Straße"), "nguyen soren strasse");
        assert_eq!(search_key("O’Brien"), "o'brien");
    }
}
