use axum::response::{IntoResponse as _, Redirect, Response};
use hub_identity::SESSION_COOKIE;
use kit::{ExposeSecret as _, Result};
use kit_web::set_cookie;

use crate::Simulation;

impl Simulation {
    /// Lets this browser be somebody, without their password.
    pub(crate) async fn sign_in_as(&self, email: &str) -> Result<Response> {
        let person = self.account(email).await?;
        let parts = self.parts();
        let agent = kit_web::current_origin().user_agent;
        let signed_in = parts
            .identity
            .sign_in_without_password(person.person_id, &agent)
            .await?;
        let mut response = Redirect::to("/").into_response();
        let public_url = parts.directory.public_url();
        set_cookie(
            &mut response,
            public_url,
            SESSION_COOKIE,
            signed_in.token.expose_secret(),
            None,
        );
        Ok(response)
    }
}
