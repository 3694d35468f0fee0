/// A tab of Apps.
pub(crate) struct Tab {
    pub(crate) path: &'static str,
    pub(crate) label: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) sentence: &'static str,
}

/// The tabs, as Control Hub orders them. *General* and *Integrations* have pages of their own, and so have
/// *Service Apps*, in the slice above.
pub(crate) const TABS: &[Tab] = &[
    Tab {
        path: "/apps",
        label: "General",
        icon: "",
        heading: "",
        sentence: "",
    },
    Tab {
        path: "/apps/integrations",
        label: "Integrations",
        icon: "",
        heading: "",
        sentence: "",
    },
    Tab {
        path: "/apps/bots",
        label: "Bots",
        icon: "headset",
        heading: "No bots here",
        sentence: "Control Hub lists the bots that people add to their spaces here. This Hub serves no messaging, so there is none to govern.",
    },
    Tab {
        path: "/apps/embedded-apps",
        label: "Embedded Apps",
        icon: "layout-grid",
        heading: "No embedded apps here",
        sentence: "Control Hub lists the web pages that open inside meetings and spaces here. This Hub serves neither, so there is none to govern.",
    },
    Tab {
        path: "/apps/assistant-skills",
        label: "Assistant Skills",
        icon: "circle-question-mark",
        heading: "No assistant skills here",
        sentence: "Control Hub lists what the voice assistant of room devices has learnt here. This Hub serves no assistant.",
    },
    Tab {
        path: "/apps/service-apps",
        label: "Service Apps",
        icon: "",
        heading: "",
        sentence: "",
    },
];

/// The tabs of Apps, for a page of another slice that is one of them.
pub fn apps_tabs(current: &str) -> String {
    let mut html = String::from("<nav class=\"tabs\" aria-label=\"Apps\"><ul>");
    for tab in TABS {
        let mark = if tab.path == current {
            " aria-current=\"page\""
        } else {
            ""
        };
        html.push_str(&format!(
            "<li><a href=\"{}\"{mark}>{}</a></li>",
            tab.path, tab.label
        ));
    }
    html.push_str("</ul></nav>");
    html
}
