//! The catalogue of integrations, who may use them, and the requests of those who may not.
