//! The Hub in somebody's hands: its clock moved, people acted for without their passwords, faults injected, requests seen.
//!
//! [`Simulation`] is the front door. It is there where the Hub was started with `--simulate`, which loopback alone allows. It
//! changes nothing by itself: everything goes through the front doors of the slices, as if the person or an administrator had
//! done it, so that the true cascades run.

mod acts;
mod api;
mod meet;
mod model;
mod pages;
mod routes;
mod simulation;

pub use acts::{Acted, IntegrationAct, PersonAct, Wish};
pub use meet::meet;
pub use model::fault::{Fault, NewFault};
pub use model::request_log::SeenRequest;
pub use routes::{ROUTES, router};
pub use simulation::{Simulation, SimulationParts};
