use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Which of the two products draws the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// The Webex-compatible Control Hub.
    Hub,
    /// The five integrations and their authorizations.
    Suite,
}

impl Product {
    /// `hub` or `suite`, as the style sheet and the cookies know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Suite => "suite",
        }
    }

    /// The name in the top bar.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hub => "Hub",
            Self::Suite => "Suite",
        }
    }
}

/// Who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Where the own account page is.
    pub account_path: String,
}

impl Viewer {
    /// The one or two letters in the round mark.
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// A group of the navigation; the first has no heading.
#[derive(Clone, Debug)]
pub struct NavigationGroup {
    /// Heading, empty for none.
    pub heading: String,
    /// Its entries.
    pub items: Vec<NavigationItem>,
}

/// An entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavigationItem {
    /// The word.
    pub label: String,
    /// Where it leads; it is current where the page's path begins with this.
    pub path: String,
    /// An icon's name, without `icon-`.
    pub icon: &'static str,
    /// A number worth looking at, 0 for none.
    pub count: u64,
}

/// An organization or customer to choose in the top bar.
#[derive(Clone, Debug)]
pub struct OrganizationChoice {
    /// Its name.
    pub name: String,
    /// Where choosing it leads.
    pub path: String,
    /// Whether it is the chosen one.
    pub current: bool,
    /// Whether choosing it changes something, so that it is a button; else a link.
    pub changes: bool,
}

/// What the shell around a page shows. A product's session layer fills it in; pages only read it.
#[derive(Clone)]
pub struct PageContext {
    /// Which product.
    pub product: Product,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The navigation of who is signed in.
    pub navigation: Vec<NavigationGroup>,
    /// Further entries of the viewer's own menu.
    pub menu: Vec<NavigationItem>,
    /// The customer selector; empty hides it.
    pub organizations: Vec<OrganizationChoice>,
    /// Where the search of the top bar leads; empty hides it.
    pub search_path: String,
    /// The path of the request, without query.
    pub path: String,
    /// What the forms of this browser carry.
    pub csrf: String,
    /// A simulated present moment (RFC 3339), where the clock is not the machine's.
    pub simulated_now: Option<String>,
}

/// Without what forms carry.
impl fmt::Debug for PageContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            product,
            viewer,
            path,
            ..
        } = self;
        formatter
            .debug_struct("PageContext")
            .field("product", product)
            .field("viewer", viewer)
            .field("path", path)
            .finish_non_exhaustive()
    }
}

tokio::task_local! {
    static CONTEXT: Arc<Mutex<PageContext>>;
}

pub(crate) async fn with_page_context<F: Future>(context: PageContext, inner: F) -> F::Output {
    CONTEXT.scope(Arc::new(Mutex::new(context)), inner).await
}

/// The page context of the request that is being answered.
pub fn page_context() -> PageContext {
    CONTEXT
        .try_with(|context| context.lock().unwrap_or_else(PoisonError::into_inner).clone())
        .unwrap_or_else(|_| PageContext::bare(Product::Hub))
}

/// Changes the page context of the request that is being answered.
pub fn update_page_context(change: impl FnOnce(&mut PageContext)) {
    // Outside of a request there is no page to change.
    let _ = CONTEXT.try_with(|context| change(&mut context.lock().unwrap_or_else(PoisonError::into_inner)));
}

/// Binds the forms of the request that is being answered to a choice that the browser made: whatever was drawn under another
/// choice is refused from here on.
pub fn bind_csrf_to(choice: &str) {
    update_page_context(|context| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, context.csrf.as_bytes());
        context.csrf = URL_SAFE_NO_PAD.encode(hmac::sign(&key, choice.as_bytes()).as_ref());
    });
}

/// The hidden field that every form carries: `{{ kit_web::csrf_field()|safe }}`.
pub fn csrf_field() -> String {
    // The token is base64url: nothing in it needs escaping.
    format!(
        "<input type=\"hidden\" name=\"csrf\" value=\"{}\">",
        page_context().csrf
    )
}

impl PageContext {
    /// A context without viewer and navigation.
    pub fn bare(product: Product) -> Self {
        Self {
            product,
            viewer: None,
            navigation: Vec::new(),
            menu: Vec::new(),
            organizations: Vec::new(),
            search_path: String::new(),
            path: String::new(),
            csrf: String::new(),
            simulated_now: None,
        }
    }
}
