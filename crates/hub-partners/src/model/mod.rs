mod role;

pub use role::PartnerRole;
