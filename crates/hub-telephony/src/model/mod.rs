//! What this slice is about, and its rules: no database, no HTTP.

