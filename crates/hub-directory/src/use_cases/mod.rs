//! What can be done with the directory: one verb a file, authorization check first.

mod set_presence_sharing;
mod stamp_sign_in;
