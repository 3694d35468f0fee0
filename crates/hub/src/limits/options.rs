use kit_web::Quota;

/// Which limits a Hub keeps; `None` keeps none of that kind. Each counts by token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// First pages of lists of people that answer presence and look for nobody in particular: what a program that
    /// polls presence of everybody asks again and again. Documented without a number; the number is ours.
    pub people_lists: Option<Quota>,
    /// Reads of one person with presence, of all people together. Documented without a number; the number is ours.
    pub people_reads: Option<Quota>,
    /// Requests for call records that begin with a window of time, each of the two feeds by itself. Documented.
    pub call_records: Option<Quota>,
    /// Further pages of call records, each of the two feeds by itself. Documented.
    pub call_record_pages: Option<Quota>,
    /// All other requests, each part of the API by itself. What one reads of 300 in a minute is documented for Contact
    /// Center alone, so it is off unless somebody wants it.
    pub general: Option<Quota>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            people_lists: Some(Quota::per_seconds(60, 60)),
            people_reads: Some(Quota::per_seconds(300, 60)),
            call_records: Some(Quota::per_seconds(1, 60)),
            call_record_pages: Some(Quota::per_seconds(10, 60)),
            general: None,
        }
    }
}

impl RateLimits {
    /// No limits.
    pub const OFF: Self = Self {
        people_lists: None,
        people_reads: None,
        call_records: None,
        call_record_pages: None,
        general: None,
    };
}
