/// The letters in the round mark of a person or an integration.
pub(crate) fn initials(name: &str) -> String {
    let first_letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|character| character.is_alphanumeric()));
    first_letters.take(2).flat_map(char::to_uppercase).collect()
}
