//! What an invented organization has of this.

