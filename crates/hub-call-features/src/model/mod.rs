//! Settings and their rules: pure, no I/O.
