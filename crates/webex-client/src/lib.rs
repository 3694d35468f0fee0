//! The client of the Webex contract: paging, Retry-After, 451 region, one refresh and replay on 401.
