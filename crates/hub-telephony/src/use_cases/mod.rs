//! What the slice does: one verb a file, the authorization check first.

