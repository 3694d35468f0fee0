/// Why an answer must not be applied, in words; `None` where it may.
///
/// A directory that suddenly lost most of its people is far more often a broken answer, a wrong authorization or a
/// filter than the truth, and a synchronization that deletes by mistake is worse than one that is late.
pub(crate) fn refusal(fetched: i64, known: i64, accept_fewer: bool) -> Option<String> {
    if fetched == 0 {
        return Some(
            "Webex answered without a single person. Nothing was changed. Check that the authorizer is still a Full Admin and that the organization has people."
                .to_owned(),
        );
    }
    if fetched.saturating_mul(2) < known && !accept_fewer {
        let answered = if fetched == 1 {
            "1 person".to_owned()
        } else {
            format!("{fetched} people")
        };
        return Some(format!(
            "Webex answered {answered}, fewer than half of the {known} that are known. Nothing was changed. If that is right, synchronize again and accept fewer people."
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn an_empty_answer_is_never_applied_and_a_short_one_only_on_request() {
        assert!(refusal(0, 0, false).is_some());
        assert!(refusal(0, 60, true).is_some(), "not even on request");
        assert!(
            refusal(29, 60, false)
                .unwrap()
                .contains("29 people, fewer than half of the 60")
        );
        assert!(refusal(29, 60, true).is_none());
        assert!(refusal(30, 60, false).is_none(), "half is enough");
        assert!(refusal(60, 0, false).is_none());
    }
}
