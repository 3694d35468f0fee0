//! The table itself: what a client sees of each thing after each event.

/// Where the person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInKind {
    Local,
    External,
}

/// What the person and the integration had before the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Thing {
    Pending,
    Code,
    AccessToken,
    RefreshToken,
    Session,
    Userinfo,
    Webhook,
    EventStream,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Nothing,
    PasswordChanged,
    PasswordReset,
    AccessReset,
    Deactivated,
    Reactivated,
    Deleted,
    FullAdminRemoved,
    FullAdminRemovedOther,
    FullAdminGivenBack,
    CallRecordsRoleRemoved,
    PresenceHidden,
    Blocked,
    BlockedForNew,
    AllowedAgain,
    Revoked,
    IntegrationDeleted,
    SecretRotated,
    AuthorizationDeleted,
    ConsentWithdrawn,
    RefreshUnused,
    TokenCeiling,
    OrganizationClosed,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// As before.
    Lives,
    /// As everything dead of its kind.
    Dies,
    /// Something else; these are its words.
    Seen(&'static str),
    /// The same, and it is alive.
    #[allow(dead_code, reason = "for the day on which a part is missing")]
    NotYet(&'static str),
}

use Cell::{Dies, Lives, Seen};

/// The one body of every dead token.
const DEAD_TOKEN: &str =
    "401 The request requires a valid access token set in the Authorization request header.";

impl Thing {
    pub(crate) const ALL: [Self; 8] = [
        Self::Pending,
        Self::Code,
        Self::AccessToken,
        Self::RefreshToken,
        Self::Session,
        Self::Userinfo,
        Self::Webhook,
        Self::EventStream,
    ];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Pending => "Pending authorization",
            Self::Code => "Code",
            Self::AccessToken => "Access token",
            Self::RefreshToken => "Refresh token",
            Self::Session => "Session",
            Self::Userinfo => "Userinfo",
            Self::Webhook => "Webhook",
            Self::EventStream => "Event stream",
        }
    }

    /// How it is looked at.
    pub(crate) const fn question(self) -> &'static str {
        match self {
            Self::Pending => {
                "the page of a request that was begun before (`/v1/authorize/{id}`), then Accept"
            }
            Self::Code => "`POST /v1/access_token` with `authorization_code`",
            Self::AccessToken => "`GET /v1/people/me`",
            Self::RefreshToken => "`POST /v1/access_token` with `refresh_token`",
            Self::Session => "`GET /me` in a browser that was signed in before",
            Self::Userinfo => "`GET /v1/userinfo`",
            Self::Webhook => "whether the next access request reaches its `targetUrl`",
            Self::EventStream => "`POST /v1/ssf/poll/{stream_id}` as the integration",
        }
    }

    const fn alive(self) -> &'static str {
        match self {
            Self::Pending => "302 with a code",
            Self::Code | Self::RefreshToken => "200 with tokens",
            Self::AccessToken | Self::Session | Self::Userinfo => "200",
            Self::Webhook => "delivered",
            Self::EventStream => "lives",
        }
    }

    const fn dead(self) -> &'static str {
        match self {
            Self::Pending => "303 to /sign-in",
            Self::Code => "400 invalid_grant",
            Self::AccessToken | Self::Userinfo => DEAD_TOKEN,
            Self::RefreshToken => {
                "400 invalid_grant: The refresh token provided is expired, revoked, malformed, or invalid."
            }
            Self::Session => "303 to /sign-in",
            Self::Webhook => "nothing delivered",
            Self::EventStream => "ended",
        }
    }
}

impl Cell {
    /// What a client sees.
    pub(crate) const fn wire(self, thing: Thing) -> &'static str {
        match self {
            Self::Lives => thing.alive(),
            Self::Dies => thing.dead(),
            Self::Seen(words) | Self::NotYet(words) => words,
        }
    }
}

impl Event {
    pub(crate) const ALL: [Self; 23] = [
        Self::Nothing,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::AccessReset,
        Self::Deactivated,
        Self::Reactivated,
        Self::Deleted,
        Self::FullAdminRemoved,
        Self::FullAdminRemovedOther,
        Self::FullAdminGivenBack,
        Self::CallRecordsRoleRemoved,
        Self::PresenceHidden,
        Self::Blocked,
        Self::BlockedForNew,
        Self::AllowedAgain,
        Self::Revoked,
        Self::IntegrationDeleted,
        Self::SecretRotated,
        Self::AuthorizationDeleted,
        Self::ConsentWithdrawn,
        Self::RefreshUnused,
        Self::TokenCeiling,
        Self::OrganizationClosed,
    ];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Nothing => "Nothing (for comparison)",
            Self::PasswordChanged => "Password changed by the person",
            Self::PasswordReset => "Password reset by an administrator",
            Self::AccessReset => "Access reset by an administrator",
            Self::Deactivated => "Deactivated",
            Self::Reactivated => "Deactivated and activated again",
            Self::Deleted => "Deleted",
            Self::FullAdminRemoved => "Full Admin removed; the grant has `spark-admin:` scopes",
            Self::FullAdminRemovedOther => "Full Admin removed; the grant has none",
            Self::FullAdminGivenBack => "Full Admin removed and given back",
            Self::CallRecordsRoleRemoved => "Call records role removed",
            Self::PresenceHidden => "Presence hidden",
            Self::Blocked => "Integration blocked, and what exists ended",
            Self::BlockedForNew => "Integration blocked for future authorizations (cut-off)",
            Self::AllowedAgain => "Integration blocked and allowed again",
            Self::Revoked => "Access to the integration revoked",
            Self::IntegrationDeleted => "Integration deleted",
            Self::SecretRotated => "Secret rotated without overlap; the integration has not heard of it",
            Self::AuthorizationDeleted => "Authorization deleted",
            Self::ConsentWithdrawn => "Consent withdrawn",
            Self::RefreshUnused => "Refresh token unused for 90 days",
            Self::TokenCeiling => "750 access tokens of the account live",
            Self::OrganizationClosed => "Organization closed",
        }
    }

    /// Whether the grant holds scopes that rest on being an administrator.
    pub(crate) const fn is_administrative(self) -> bool {
        !matches!(self, Self::FullAdminRemovedOther)
    }
}

/// Pending, code, access token, refresh token, session, userinfo, webhook, stream.
type Row = [Cell; 8];

const ALL_LIVE: Row = [Lives; 8];
const ALL_DIE: Row = [Dies; 8];
/// What was given dies; the person stays signed in and may give it again.
const GIVEN_DIES: Row = [Lives, Dies, Dies, Dies, Lives, Dies, Dies, Dies];

/// The page that says so word for word.
const DENIED: Cell =
    Seen("403 Access denied - Your administrator denied access to the integration you selected. …");
/// Nobody finds the request any more.
const OVER: Cell = Seen("410 This authorization is over");
/// The integration cannot say who it is.
const WRONG_CLIENT: Cell = Seen("400 invalid_client");
const WRONG_CLIENT_AT_THE_STREAM: Cell = Seen(DEAD_TOKEN);
const NO_ROOM: Cell = Seen("400 tokenlimit_reached");

fn cells(event: Event, kind: SignInKind) -> Row {
    match event {
        Event::Nothing
        | Event::CallRecordsRoleRemoved
        | Event::PresenceHidden
        | Event::FullAdminRemovedOther => ALL_LIVE,
        // Whoever signs in elsewhere has no password here: the Hub refuses, and nothing dies.
        Event::PasswordChanged | Event::PasswordReset if kind == SignInKind::External => ALL_LIVE,
        Event::PasswordChanged
        | Event::PasswordReset
        | Event::AccessReset
        | Event::Deactivated
        | Event::Reactivated
        | Event::Deleted
        | Event::OrganizationClosed => ALL_DIE,
        Event::FullAdminRemoved
        | Event::FullAdminGivenBack
        | Event::Revoked
        | Event::ConsentWithdrawn
        | Event::AllowedAgain => GIVEN_DIES,
        Event::Blocked => [DENIED, Dies, Dies, Dies, Lives, Dies, Dies, Dies],
        Event::BlockedForNew => [DENIED, Lives, Lives, Lives, Lives, Lives, Lives, Lives],
        // A code that nobody fetched is no authorization yet.
        Event::AuthorizationDeleted => [Lives, Lives, Dies, Dies, Lives, Dies, Dies, Dies],
        Event::IntegrationDeleted => [
            OVER,
            WRONG_CLIENT,
            Dies,
            WRONG_CLIENT,
            Lives,
            Dies,
            Dies,
            WRONG_CLIENT_AT_THE_STREAM,
        ],
        Event::SecretRotated => [
            Lives,
            WRONG_CLIENT,
            Lives,
            WRONG_CLIENT,
            Lives,
            Lives,
            Lives,
            WRONG_CLIENT_AT_THE_STREAM,
        ],
        Event::RefreshUnused => [OVER, Dies, Dies, Dies, Dies, Dies, Dies, Dies],
        Event::TokenCeiling => [Lives, NO_ROOM, Lives, NO_ROOM, Lives, Lives, Lives, Lives],
    }
}

/// By which word the event stream is told of it: the last news before the stream ends, where it ends. `None` where nothing is told,
/// or nobody can ask any more.
pub(crate) const fn told(event: Event, kind: SignInKind) -> Option<&'static str> {
    match event {
        Event::Nothing | Event::IntegrationDeleted | Event::SecretRotated => None,
        Event::PasswordChanged | Event::PasswordReset if matches!(kind, SignInKind::External) => None,
        Event::PasswordChanged => Some("password-changed"),
        Event::PasswordReset => Some("password-reset"),
        Event::AccessReset => Some("access-reset"),
        Event::Deactivated | Event::Reactivated => Some("deactivated"),
        Event::Deleted => Some("deleted"),
        Event::FullAdminRemoved | Event::FullAdminRemovedOther | Event::FullAdminGivenBack => {
            Some("full-administrator-removed")
        }
        Event::CallRecordsRoleRemoved => Some("call-records-role-removed"),
        Event::PresenceHidden => Some("presence-hidden"),
        Event::Blocked | Event::AllowedAgain => Some("integration-blocked"),
        Event::BlockedForNew => Some("integration-blocked-for-new"),
        Event::Revoked => Some("integration-revoked"),
        Event::AuthorizationDeleted => Some("authorization-deleted"),
        Event::ConsentWithdrawn => Some("consent-withdrawn"),
        Event::RefreshUnused => Some("refresh-expired"),
        Event::TokenCeiling => Some("token-ceiling-reached"),
        Event::OrganizationClosed => Some("organization-closed"),
    }
}

/// What a client must see.
pub(crate) fn expected(event: Event, kind: SignInKind, thing: Thing) -> Cell {
    let place = Thing::ALL.iter().position(|known| *known == thing).unwrap();
    cells(event, kind)[place]
}
