//! The Hub, composed.
