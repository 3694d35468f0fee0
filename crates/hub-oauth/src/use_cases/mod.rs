//! What can be done with clients, grants and tokens: one verb a file, authorization check first.

mod access_token_expiry;
mod adoption;
mod authenticate;
mod authenticate_client;
mod authorize;
mod change_clients;
mod clients;
mod decide;
mod delete_authorizations;
mod expected_scopes;
mod expire_access_tokens;
mod grants_of_person;
mod hanging_grants;
mod id_token;
mod implicit;
mod issue_tokens;
mod list_authorizations;
mod personal_token;
mod redeem_code;
mod refresh;
mod revoke_token;
mod service_app_tokens;
mod standing;
mod sweep;
mod telling;
mod theft;
mod user_info;
mod wait_for_policy;
mod withdraw;

pub use adoption::Adopter;
pub use clients::DEVELOPER_PORTAL;
pub use grants_of_person::AuthorizedApplication;
pub use hanging_grants::HangingGrant;
pub use personal_token::PersonalToken;
pub use service_app_tokens::ServiceAppTokens;

pub(crate) use authenticate::Bearer;
pub(crate) use authenticate_client::PresentedClient;
pub(crate) use authorize::{Begun, Opened};
pub(crate) use decide::Decision;
pub(crate) use issue_tokens::IssuedTokens;
pub(crate) use list_authorizations::{Authorization, TokenOfGrant, Whose};
pub(crate) use refresh::RefreshFacts;
pub(crate) use user_info::UserInfo;
pub(crate) use wait_for_policy::Waiting;
