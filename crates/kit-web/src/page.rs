use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use kit::{Error, Kind};

use crate::api_error::{log_failure, status_of};
use crate::context::{NavigationItem, PageContext, page_context};
use crate::tracking::current_tracking_id;

/// A page: a rendered fragment inside the shell, or on the narrow card that sign-in and messages use.
pub struct Page {
    title: String,
    status: StatusCode,
    frame: Frame,
    card_class: String,
    content: Result<String, Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    Shell,
    Solo,
}

impl Page {
    /// A page inside the shell: `content` begins with `<header class="page-header">`.
    pub fn new(title: impl Into<String>, content: &impl Template) -> Self {
        Self::framed(title.into(), Frame::Shell, content)
    }

    /// A page on the narrow card, without navigation: `content` is what stands inside the card.
    pub fn solo(title: impl Into<String>, content: &impl Template) -> Self {
        Self::framed(title.into(), Frame::Solo, content).with_card_class("")
    }

    /// The same with a wider card (consent, messages).
    pub fn solo_wide(title: impl Into<String>, content: &impl Template) -> Self {
        Self::framed(title.into(), Frame::Solo, content)
    }

    /// Answers with another status than 200.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Replaces the further classes of the card that a solo page stands on.
    #[must_use]
    pub fn with_card_class(mut self, class: &str) -> Self {
        class.clone_into(&mut self.card_class);
        self
    }

    fn framed(title: String, frame: Frame, content: &impl Template) -> Self {
        Self {
            title,
            status: StatusCode::OK,
            frame,
            card_class: "solo-card-wide".to_owned(),
            content: content.render().map_err(Error::internal),
        }
    }
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Shell<'a> {
    title: &'a str,
    context: &'a PageContext,
    content: &'a str,
}

#[derive(Template)]
#[template(path = "solo.html")]
struct Solo<'a> {
    title: &'a str,
    context: &'a PageContext,
    content: &'a str,
    card_class: &'a str,
}

impl Shell<'_> {
    /// The current entry is the one whose path says the most about where we are.
    fn is_current(&self, item: &NavigationItem) -> bool {
        let items = self.context.navigation.iter().flat_map(|group| &group.items);
        let best = items
            .filter(|candidate| self.is_at_or_below(candidate))
            .map(|candidate| candidate.path.len())
            .max();
        self.is_at_or_below(item) && best == Some(item.path.len())
    }

    fn is_at_or_below(&self, item: &NavigationItem) -> bool {
        let path = &self.context.path;
        *path == item.path
            || (item.path != "/" && path.starts_with(&item.path) && path[item.path.len()..].starts_with('/'))
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let context = page_context();
        let rendered = self.content.and_then(|content| {
            let (title, context, content) = (self.title.as_str(), &context, content.as_str());
            match self.frame {
                Frame::Shell if context.viewer.is_some() => Shell {
                    title,
                    context,
                    content,
                }
                .render(),
                Frame::Shell | Frame::Solo => Solo {
                    title,
                    context,
                    content,
                    card_class: &self.card_class,
                }
                .render(),
            }
            .map_err(Error::internal)
        });
        match rendered {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(error) => {
                log_failure(&error);
                (StatusCode::INTERNAL_SERVER_ERROR, error.public().to_owned()).into_response()
            }
        }
    }
}

/// How a message feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Success,
    /// Look here.
    Warning,
    /// It did not work.
    Danger,
}

/// A page that says one thing: what happened and what to do.
#[derive(Clone, Debug)]
pub struct Message {
    /// How it feels.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// Why, and what to do; each a paragraph.
    pub sentences: Vec<String>,
    /// Facts worth copying: term, value.
    pub facts: Vec<(String, String)>,
    /// Ways on: label, path; the first is the primary one.
    pub actions: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessageTemplate<'a> {
    message: &'a Message,
}

impl MessageTemplate<'_> {
    fn icon(&self) -> &'static str {
        match self.message.tone {
            Tone::Success => "circle-check",
            Tone::Warning => "triangle-alert",
            Tone::Danger => "circle-x",
        }
    }

    fn tone(&self) -> &'static str {
        match self.message.tone {
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        }
    }
}

impl Message {
    /// A message without facts and ways on.
    pub fn new(tone: Tone, title: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            sentences: vec![sentence.into()],
            facts: Vec::new(),
            actions: Vec::new(),
        }
    }

    /// The page, on the wide solo card.
    pub fn into_page(self, status: StatusCode) -> Page {
        let template = MessageTemplate { message: &self };
        let class = format!("solo-card-wide message message-{}", template.tone());
        Page::solo_wide(self.title.clone(), &template)
            .with_card_class(&class)
            .with_status(status)
    }
}

/// A [`kit::Error`] answered with a page.
#[derive(Debug)]
pub struct PageError(pub Error);

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        log_failure(&self.0);
        let title = match self.0.kind() {
            Kind::Invalid => "That did not work",
            Kind::Unauthenticated => "Please sign in",
            Kind::Forbidden => "Not allowed",
            Kind::NotFound => "Not found",
            Kind::Conflict => "That contradicts what is there",
            Kind::Gone => "This is gone",
            Kind::TooMany(_) => "Too many tries",
            Kind::Unavailable => "Not available at the moment",
            Kind::Internal => "Something went wrong",
        };
        let tone = if matches!(self.0.kind(), Kind::NotFound | Kind::Gone) {
            Tone::Warning
        } else {
            Tone::Danger
        };
        let mut message = Message::new(tone, title, self.0.public());
        if matches!(self.0.kind(), Kind::Internal | Kind::Unavailable) {
            message
                .facts
                .push(("Tracking ID".to_owned(), current_tracking_id()));
        }
        message
            .actions
            .push(("Go to the start page".to_owned(), "/".to_owned()));
        message.into_page(status_of(self.0.kind())).into_response()
    }
}

/// The favicon of the product that draws the page.
pub(crate) fn favicon(context: &PageContext) -> &'static str {
    match context.product {
        crate::Product::Hub => "favicon-hub.svg",
        crate::Product::Suite => "favicon-suite.svg",
    }
}
