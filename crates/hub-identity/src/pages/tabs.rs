/// The parts of the page about oneself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum AccountTab {
    Profile,
    Password,
    Presence,
    Sessions,
    Applications,
    AccessToken,
    Requests,
}

impl AccountTab {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Profile, "/me", "Profile"),
        (Self::Password, "/me/password", "Password"),
        (Self::Presence, "/me/presence", "Presence"),
        (Self::Sessions, "/me/sessions", "Sessions"),
        (Self::Applications, "/me/applications", "Applications"),
        (Self::AccessToken, "/me/token", "Access token"),
        (Self::Requests, "/me/requests", "Requests"),
    ];
}

/// The tabs of the page about oneself, as HTML: `{{ hub_identity::account_tabs(tab)|safe }}`.
pub fn account_tabs(current: AccountTab) -> String {
    let mut html = String::from("<nav class=\"tabs\" aria-label=\"My account\"><ul>");
    for (tab, path, label) in AccountTab::ALL {
        let mark = if tab == current {
            " aria-current=\"page\""
        } else {
            ""
        };
        html.push_str(&format!("<li><a href=\"{path}\"{mark}>{label}</a></li>"));
    }
    html.push_str("</ul></nav>");
    html
}
