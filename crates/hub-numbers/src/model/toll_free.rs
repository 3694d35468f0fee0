/// Whether a number is free for those who call it: by the prefixes of the plans that the seeded countries use, and of
/// their neighbours.
pub(crate) fn is_toll_free(number: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "+1800", "+1822", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888", // North America
        "+44800", "+44808", "+49800", "+33800", "+33805", "+39800", "+34900", "+34800", "+31800", "+41800",
        "+43800", "+32800", "+4680020", "+81120", "+81800", "+611800", "+800",
    ];
    PREFIXES.iter().any(|prefix| number.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_that_cost_the_caller_nothing_are_known() {
        assert!(super::is_toll_free("+18005550100"));
        assert!(super::is_toll_free("+498005550100"));
        assert!(!super::is_toll_free("+16175550100"));
    }
}
