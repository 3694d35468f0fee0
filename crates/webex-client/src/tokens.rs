use async_trait::async_trait;
use secrecy::SecretString;

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is no authorization, or it is gone for good: a person must authorize anew. The sentence says why.
    #[error("{0}")]
    Dead(String),
    /// No token can be had at this moment; later it may be. The sentence says why.
    #[error("{0}")]
    Unavailable(String),
}

/// Where a client gets its bearer token.
#[async_trait]
pub trait TokenSource: Send + Sync + 'static {
    /// A token that should be valid now.
    async fn access_token(&self) -> Result<SecretString, TokenError>;

    /// A token that is newer than `rejected`, which the platform did not accept. Called at most once a request.
    async fn refreshed_after(&self, rejected: &SecretString) -> Result<SecretString, TokenError>;
}

/// One token that cannot be renewed: a personal access token, or the token of a sign-in that was just exchanged.
#[derive(Clone, Debug)]
pub struct FixedToken(SecretString);

impl FixedToken {
    /// The source of this token.
    pub fn new(token: SecretString) -> Self {
        Self(token)
    }
}

#[async_trait]
impl TokenSource for FixedToken {
    async fn access_token(&self) -> Result<SecretString, TokenError> {
        Ok(self.0.clone())
    }

    async fn refreshed_after(&self, _rejected: &SecretString) -> Result<SecretString, TokenError> {
        Err(TokenError::Dead(
            "The platform does not accept the token, and this kind of token cannot be renewed.".to_owned(),
        ))
    }
}
