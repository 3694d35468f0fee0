//! From a name in any Latin spelling to the ASCII letters of an e-mail address.

/// How a culture writes its letters in plain ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// The accent is dropped: Søren becomes soren, Łukasz lukasz, Nguyễn nguyen.
    Plain,
    /// An umlaut becomes two letters, as in German-speaking countries: Müller becomes mueller.
    German,
}

/// The lower-case ASCII letters and digits of a name; blanks, apostrophes and dots disappear, hyphens stay.
pub(super) fn fold_to_ascii(name: &str, folding: Folding) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        // Most letters need no table.
        if letter.is_ascii() {
            push_ascii(&mut folded, letter);
            continue;
        }
        for lower in letter.to_lowercase() {
            if lower.is_ascii() {
                // The lower case of İ is an i and a combining dot.
                push_ascii(&mut folded, lower);
            } else {
                folded.push_str(fold_letter(lower, folding));
            }
        }
    }
    folded
}

fn push_ascii(folded: &mut String, letter: char) {
    if letter.is_ascii_alphanumeric() || letter == '-' {
        folded.push(letter.to_ascii_lowercase());
    }
}

fn fold_letter(letter: char, folding: Folding) -> &'static str {
    match (folding, letter) {
        (Folding::German, 'ä') => "ae",
        (Folding::German, 'ö') => "oe",
        (Folding::German, 'ü') => "ue",
        _ => fold_accent(letter),
    }
}

/// The table for the letters of Latin-1, Latin Extended-A, Romanian and Vietnamese. What it does not know
/// (combining marks, apostrophes, other scripts) is dropped.
fn fold_accent(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ả' | 'ạ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ'
        | 'ặ' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẻ' | 'ẽ' | 'ẹ' | 'ế' | 'ề' | 'ể' | 'ễ'
        | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ỏ' | 'ọ' | 'ố' | 'ồ' | 'ổ' | 'ỗ'
        | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ủ' | 'ụ' | 'ứ' | 'ừ' | 'ử'
        | 'ữ' | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_languages_become_plain_letters() {
        let expected = [
            ("Müller", "muller"),
            ("Łukasz", "lukasz"),
            ("Søren", "soren"),
            ("Nguyễn", "nguyen"),
            ("Đặng", "dang"),
            ("Åsa", "asa"),
            ("O'Brien", "obrien"),
            ("O’Sullivan", "osullivan"),
            ("de la Cruz", "delacruz"),
            ("Anne-Marie", "anne-marie"),
            ("Þórdís", "thordis"),
            ("İpek", "ipek"),
            ("Işık", "isik"),
            ("Weiß", "weiss"),
            ("Lefèvre", "lefevre"),
            ("Ștefan", "stefan"),
        ];
        for (name, folded) in expected {
            assert_eq!(fold_to_ascii(name, Folding::Plain), folded);
        }
    }

    #[test]
    fn german_umlauts_become_two_letters() {
        assert_eq!(fold_to_ascii("Jürgen", Folding::German), "juergen");
        assert_eq!(fold_to_ascii("Österreicher", Folding::German), "oesterreicher");
        assert_eq!(fold_to_ascii("Schäfer", Folding::German), "schaefer");
        assert_eq!(fold_to_ascii("Groß", Folding::German), "gross");
        assert_eq!(fold_to_ascii("José", Folding::German), "jose");
    }
}
