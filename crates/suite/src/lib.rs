//! The Suite, composed.
