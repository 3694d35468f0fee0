use askama::Template;
use axum::extract::OriginalUri;
use hub_directory::AdministratorCaller;
use kit::Error;
use kit_web::{Page, PageError};

/// A page of Control Hub that this Hub has nothing for. It says so, rather than showing an empty table.
#[derive(Template)]
#[template(path = "elsewhere.html")]
struct Elsewhere {
    path: &'static str,
    title: &'static str,
    icon: &'static str,
    heading: &'static str,
    sentence: &'static str,
}

const PAGES: &[Elsewhere] = &[
    Elsewhere {
        path: "/troubleshooting",
        title: "Troubleshooting",
        icon: "activity",
        heading: "Nothing to troubleshoot here",
        sentence: "Control Hub shows the quality of live meetings and calls here. This Hub carries neither.",
    },
    Elsewhere {
        path: "/reports",
        title: "Reports",
        icon: "chart-column",
        heading: "No reports yet",
        sentence: "Control Hub makes reports on use here. This Hub keeps no call records yet, so there is nothing to report on.",
    },
    Elsewhere {
        path: "/devices",
        title: "Devices",
        icon: "monitor-smartphone",
        heading: "No devices here",
        sentence: "Control Hub lists phones and room devices here. This Hub registers none.",
    },
];

pub(super) async fn nothing_here(
    OriginalUri(uri): OriginalUri,
    _who: AdministratorCaller,
) -> Result<Page, PageError> {
    let page = PAGES.iter().find(|page| page.path == uri.path());
    let page = page.ok_or_else(|| Error::not_found("There is no page at this address."))?;
    Ok(Page::new(page.title, page))
}
