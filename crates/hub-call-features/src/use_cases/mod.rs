//! One verb a file; the authorization check comes first.
