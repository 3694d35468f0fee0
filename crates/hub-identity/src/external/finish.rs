use hub_directory::PersonId;
use jsonwebtoken::jwk::JwkSet;
use kit::{Error, ExposeSecret as _, Result, SecretString};
use serde::Deserialize;

use super::configure::secret_place;
use super::discovery::{Discovered, SecretPlace};
use super::http::Outgoing;
use super::id_token::{Claims, Expected, verify};
use super::send_away::verifier_place;
use crate::model::provider::{IdentityProvider, domain_of};
use crate::sign_in::Visitor;
use crate::store::epochs;
use crate::store::providers::{self, Away, Stored};
use crate::token_hash::token_hash;
use crate::{Identity, SignIn};

/// The query with which a browser comes back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CameBack {
    state: String,
    code: String,
    error: String,
    iss: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum ExternalAnswer {
    /// Somebody is signed in, and goes on here.
    SignedIn {
        /// The session.
        sign_in: SignIn,
        /// A path of this Hub.
        return_to: String,
    },
    /// An administrator tried the configuration, and it works.
    Tried {
        /// Whose domain.
        domain: String,
        /// Who came back, as the provider calls them.
        email: String,
    },
}

/// The answer of a token endpoint.
#[derive(Deserialize)]
struct Tokens {
    #[serde(default)]
    id_token: Option<String>,
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: Option<serde_json::Value>,
}

impl Identity {
    /// Takes a browser back from a provider: once, the same browser, within ten minutes.
    pub async fn finish_external(
        &self,
        browser: &str,
        came_back: CameBack,
        visitor: &Visitor,
    ) -> Result<ExternalAnswer> {
        let state_hash = token_hash(&came_back.state);
        let away =
            providers::take_back(self.database(), &state_hash, &token_hash(browser), self.now()).await?;
        let away = away.ok_or_else(|| {
            Error::new(
                kit::Kind::Gone,
                "This sign-in was begun in another browser, took more than ten minutes, or is finished already. Begin again.",
            )
        })?;
        let stored = providers::by_id(self.database(), away.provider_id).await?;
        let stored = stored.ok_or_else(|| Error::not_found("This provider is not configured any more."))?;
        if away.tried_by.is_none() && !stored.provider.enabled {
            return Err(Error::conflict(
                "Sign-in through this provider was switched off meanwhile. Begin again.",
            ));
        }
        let claims = self.ask_provider(&stored, &away, &state_hash, came_back).await?;
        let email = self.confirmed_email(&stored.provider, &claims)?;
        match away.tried_by {
            Some(_) => self.finish_try(&stored.provider, email).await,
            None => {
                let sign_in = self
                    .sign_in_as(&stored.provider, &claims.sub, &email, visitor)
                    .await?;
                Ok(ExternalAnswer::SignedIn {
                    sign_in,
                    return_to: away.return_to,
                })
            }
        }
    }

    async fn ask_provider(
        &self,
        stored: &Stored,
        away: &Away,
        state_hash: &str,
        came_back: CameBack,
    ) -> Result<Claims> {
        let CameBack {
            state: _,
            code,
            error,
            iss,
        } = came_back;
        let (external, provider) = (self.external()?, &stored.provider);
        let discovered = external.discover(&provider.issuer).await?;
        // An answer of another provider than the one that was asked (mix-up, RFC 9207).
        let named = iss.as_deref();
        let must_name = discovered.authorization_response_iss_parameter_supported;
        if named.is_some_and(|issuer| issuer != provider.issuer) || (must_name && named.is_none()) {
            return Err(Error::forbidden(
                "The answer came from another provider than the one that was asked.",
            ));
        }
        if !error.is_empty() {
            return Err(refused_there(&error));
        }
        let verifier = external
            .seal
            .open(&verifier_place(state_hash), &away.sealed_verifier)?;
        let tokens = self.redeem(stored, &discovered, &code, &verifier).await?;
        let id_token = tokens
            .id_token
            .ok_or_else(|| Error::forbidden("The provider answered without an id token."))?;
        let request = external.http.get(&discovered.jwks_uri)?;
        let (_, keys) = Outgoing::answer::<JwkSet>(request, "set of keys").await?;
        let expected = Expected {
            issuer: &provider.issuer,
            client_id: &provider.client_id,
            nonce: &away.nonce,
            now: self.now(),
        };
        let mut claims = verify(&id_token, &keys, &expected)?;
        if claims.email.is_none() {
            let access_token = tokens.access_token.map(SecretString::from);
            self.add_email(&discovered, access_token, &mut claims).await?;
        }
        Ok(claims)
    }

    async fn redeem(
        &self,
        stored: &Stored,
        discovered: &Discovered,
        code: &str,
        verifier: &SecretString,
    ) -> Result<Tokens> {
        let (external, provider) = (self.external()?, &stored.provider);
        let secret = external
            .seal
            .open(&secret_place(provider.id), &stored.sealed_secret)?;
        let callback = self.callback_url();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", callback.as_str()),
            ("code_verifier", verifier.expose_secret()),
        ];
        let mut request = external.http.post(&discovered.token_endpoint)?;
        match discovered.secret_place()? {
            // Form-encoded first (RFC 6749, section 2.3.1).
            SecretPlace::Header => {
                request = request.basic_auth(
                    encoded(&provider.client_id),
                    Some(encoded(secret.expose_secret())),
                );
            }
            SecretPlace::Body => {
                form.push(("client_id", &provider.client_id));
                form.push(("client_secret", secret.expose_secret()));
            }
        }
        let (status, tokens) = Outgoing::answer::<Tokens>(request.form(&form), "token endpoint").await?;
        match tokens.error {
            Some(error) => Err(refused_there(&error)),
            None if status == 200 => Ok(tokens),
            None => Err(Error::unavailable(format!(
                "The provider's token endpoint answers {status}."
            ))),
        }
    }

    /// Many providers tell the address at the userinfo endpoint only.
    async fn add_email(
        &self,
        discovered: &Discovered,
        access_token: Option<SecretString>,
        claims: &mut Claims,
    ) -> Result<()> {
        let (Some(endpoint), Some(token)) = (&discovered.userinfo_endpoint, access_token) else {
            return Ok(());
        };
        let external = self.external()?;
        let request = external.http.get(endpoint)?.bearer_auth(token.expose_secret());
        let (_, found) = Outgoing::answer::<UserInfo>(request, "userinfo endpoint").await?;
        if found.sub != claims.sub {
            return Err(Error::forbidden(
                "The provider names two different people in one sign-in.",
            ));
        }
        claims.email = found.email;
        claims.email_verified = found.email_verified;
        Ok(())
    }

    fn confirmed_email(&self, provider: &IdentityProvider, claims: &Claims) -> Result<String> {
        let email = claims.email.as_deref().unwrap_or_default().trim().to_lowercase();
        let denied = claims
            .email_verified
            .as_ref()
            .is_some_and(|verified| *verified == serde_json::Value::Bool(false) || verified == "false");
        if email.is_empty() || denied {
            return Err(Error::forbidden(
                "The provider does not say which e-mail address you have, or has not verified it. Its administrator can let it tell the address (scope “email”).",
            ));
        }
        if domain_of(&email).as_deref() != Some(provider.domain.as_str()) {
            return Err(Error::forbidden(format!(
                "You signed in at the provider with an address that does not end in @{}. Sign in there with the account of your organization.",
                provider.domain
            )));
        }
        Ok(email)
    }

    async fn finish_try(&self, provider: &IdentityProvider, email: String) -> Result<ExternalAnswer> {
        let mut transaction = self.database().begin().await?;
        providers::prove(&mut transaction, provider, self.now()).await?;
        transaction.commit().await?;
        Ok(ExternalAnswer::Tried {
            domain: provider.domain.clone(),
            email,
        })
    }

    async fn sign_in_as(
        &self,
        provider: &IdentityProvider,
        subject: &str,
        email: &str,
        visitor: &Visitor,
    ) -> Result<SignIn> {
        let nobody = || {
            Error::forbidden(format!(
                "You are known to your provider, and have no account here. Ask an administrator of your organization to add {email}."
            ))
        };
        let account = self.directory().account_by_email(email).await?;
        let account = account
            .filter(|account| account.organization_id == provider.organization_id)
            .ok_or_else(nobody)?;
        if !account.login_enabled {
            self.note_refusal(&account, "was refused: the account is deactivated")
                .await?;
            return Err(Error::forbidden(
                "This account is deactivated. An administrator of your organization can activate it again.",
            ));
        }
        let mut transaction = self.database().begin().await?;
        let born_at = epochs::read(&mut transaction, account.person_id).await?;
        if !self
            .is_their_account(&mut transaction, provider, subject, account.person_id)
            .await?
        {
            drop(transaction);
            self.note_refusal(&account, "was refused: another account of the provider is linked")
                .await?;
            return Err(Error::forbidden(
                "Your address belonged to another account of your provider before. An administrator of your organization can let the providers' accounts be learnt anew.",
            ));
        }
        let how = format!("signed in through {}", provider.issuer);
        let sign_in = self
            .open_session(&mut transaction, &account, born_at.everything, visitor, &how)
            .await?;
        transaction.commit().await?;
        self.directory().stamp_sign_in(account.person_id).await?;
        Ok(sign_in)
    }

    async fn is_their_account(
        &self,
        transaction: &mut kit_sql::Transaction,
        provider: &IdentityProvider,
        subject: &str,
        person: PersonId,
    ) -> Result<bool> {
        match providers::person_of_subject(transaction, provider.id, subject).await? {
            Some(linked) => Ok(linked == person),
            None => providers::link(transaction, provider.id, subject, person, self.now()).await,
        }
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What the provider says is told only as far as it is a code.
fn refused_there(error: &str) -> Error {
    let code: String = error
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '_')
        .take(60)
        .collect();
    let sentence = if code == "access_denied" {
        "You did not sign in at your provider. Begin again.".to_owned()
    } else {
        format!("The provider refused the sign-in ({code}).")
    };
    Error::forbidden(sentence)
}
