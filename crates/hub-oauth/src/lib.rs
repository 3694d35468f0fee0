//! Clients, grants and tokens, what makes them valid, and the protocol endpoints.
