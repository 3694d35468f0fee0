//! Users' Synch: people and locations of the customer.
