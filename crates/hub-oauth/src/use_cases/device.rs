use std::time::Duration;

use hub_identity::token_hash;
use kit::{Error, ExposeSecret as _, Kind, Result, SecretString};
use kit_web::{BrowserId, current_origin};

use super::issue_tokens::IssuedTokens;
use crate::model::authorization_request::{AuthorizationRequest, Prompt, ResponseType, scopes_of_a_request};
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::store::devices::{self, Device, DeviceState};
use crate::store::pending::{self, Pending};
use crate::{Client, OAuth};

/// How long somebody has to type the code, and how often the device may ask meanwhile.
const LIFE: Duration = Duration::from_secs(300);
const INTERVAL_SECONDS: i64 = 2;

/// What a device shows and keeps.
#[derive(Debug)]
pub(crate) struct DeviceCodes {
    pub(crate) device_code: String,
    pub(crate) user_code: String,
    pub(crate) link_code: String,
    pub(crate) life: Duration,
    pub(crate) interval_seconds: i64,
}

impl OAuth {
    /// Begins an authorization on a device without a browser (RFC 8628, section 3.1). Anybody may name a client here: the
    /// tokens are fetched by whoever proves to be it.
    pub(crate) async fn begin_device(
        &self,
        client_id: Option<&str>,
        scope: Option<&str>,
    ) -> Result<DeviceCodes, TokenFailure> {
        let client = match client_id {
            Some(id) => self.client(id).await?,
            None => None,
        };
        let client = client
            .filter(|client| client.enabled && client.takes_consent())
            .ok_or_else(|| {
                OAuthError::new(
                    ErrorCode::InvalidClient,
                    "No integration in service has this client_id.",
                )
            })?;
        let scopes = scopes_of_a_request(scope, &client)?;
        if scopes.iter().any(webex::Scope::is_openid) {
            return Err(OAuthError::new(
                ErrorCode::InvalidScope,
                "A device gets no ID token: leave the OpenID Connect scopes out.",
            )
            .into());
        }
        let device = Device {
            client_id: client.client_id,
            scopes,
            expires_at: self.now().plus(LIFE),
            interval_seconds: INTERVAL_SECONDS,
            last_polled_at: None,
            state: DeviceState::Waits,
        };
        devices::sweep(self.database(), self.now()).await?;
        // Six digits are few: one that is shown elsewhere at this moment is drawn again.
        for _ in 0..20 {
            let codes = DeviceCodes {
                device_code: self.randomness().uuid().to_string(),
                user_code: self.six_digits(),
                link_code: self.randomness().hex(32),
                life: LIFE,
                interval_seconds: INTERVAL_SECONDS,
            };
            let DeviceCodes {
                device_code,
                user_code,
                link_code,
                ..
            } = &codes;
            if devices::insert(self.database(), &device, device_code, user_code, link_code).await? {
                return Ok(codes);
            }
        }
        Err(Error::unavailable("Too many devices wait for their codes at this moment.").into())
    }

    fn six_digits(&self) -> String {
        let number = self.randomness().uuid().as_u128() % 1_000_000;
        format!("{number:06}")
    }

    /// Begins in this browser what the device with this code asks for: from here on it is like any authorization. Nothing
    /// for a code that no device shows. Guessing is bounded by address.
    pub(crate) async fn open_device(&self, code: &str, browser: &BrowserId) -> Result<Option<String>> {
        let code: String = code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(64)
            .collect();
        self.device_guesses()
            .take(&current_origin().address)
            .map_err(|wait| {
                Error::new(
                    Kind::TooMany(wait),
                    "Too many codes were typed from here. Wait a few minutes.",
                )
            })?;
        let now = self.now();
        let Some((device_hash, device)) = devices::by_code(self.database(), &code, now).await? else {
            return Ok(None);
        };
        let waiting = Pending {
            id: self.randomness().alphanumeric(32),
            request: AuthorizationRequest {
                client_id: device.client_id,
                response_type: ResponseType::Device,
                redirect_uri: self.public_url().link("/device"),
                redirect_uri_was_sent: false,
                scopes: device.scopes,
                // By this the decision finds the device again.
                state: Some(device_hash),
                nonce: None,
                challenge: None,
                prompt: Prompt::WhenNeeded,
                max_age: None,
                login_hint: String::new(),
            },
            created_at: now,
        };
        pending::insert(self.database(), &waiting, &token_hash(&browser.0)).await?;
        Ok(Some(waiting.id))
    }

    /// The device asks whether somebody has decided (RFC 8628, section 3.4).
    pub(crate) async fn poll_device(
        &self,
        client: &Client,
        device_code: &SecretString,
    ) -> Result<IssuedTokens, TokenFailure> {
        let refused = |code, sentence: &str| Err(OAuthError::new(code, sentence).into());
        let hash = token_hash(device_code.expose_secret());
        let found = devices::find(self.database(), &hash).await?;
        let Some(device) = found.filter(|device| device.client_id == client.client_id) else {
            return refused(
                ErrorCode::InvalidGrant,
                "There is no such device code, or it is another client's.",
            );
        };
        let now = self.now();
        if device.state != DeviceState::Used && now >= device.expires_at {
            return refused(
                ErrorCode::ExpiredToken,
                "Nobody typed the code in time. Begin again.",
            );
        }
        match device.state {
            DeviceState::Waits => {
                let interval = Duration::from_secs(u64::try_from(device.interval_seconds).unwrap_or(5));
                let is_too_soon = device
                    .last_polled_at
                    .is_some_and(|last| now < last.plus(interval));
                devices::note_poll(self.database(), &hash, now, is_too_soon).await?;
                if is_too_soon {
                    return refused(
                        ErrorCode::SlowDown,
                        "Wait five seconds longer between two questions from now on.",
                    );
                }
                refused(ErrorCode::AuthorizationPending, "Nobody has decided yet.")
            }
            DeviceState::Declined => refused(ErrorCode::AccessDenied, "The person declined."),
            DeviceState::Accepted(code_hash) => {
                if !devices::use_up(self.database(), &hash).await? {
                    return refused(ErrorCode::InvalidGrant, "The device code was used.");
                }
                self.redeem_code_of_hash(client, &code_hash, None, None).await
            }
            DeviceState::Used => refused(ErrorCode::InvalidGrant, "The device code was used."),
        }
    }
}
