//! Passwords, sign-in, sessions.
