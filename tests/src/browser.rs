use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use scraper::{ElementRef, Html, Selector};
use url::Url;

/// A browser with cookies and without JavaScript.
#[derive(Clone)]
pub struct Browser {
    client: Client,
}

/// A page that a browser arrived at, after redirects.
#[derive(Debug)]
pub struct Sight {
    /// Where it ended up.
    pub url: Url,
    /// What it was answered.
    pub status: StatusCode,
    /// The page.
    pub body: String,
}

impl Default for Browser {
    fn default() -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .no_proxy()
            .redirect(Policy::limited(10))
            .build();
        Self {
            client: client.expect("an HTTP client can be made"),
        }
    }
}

impl Browser {
    /// Opens a page.
    pub async fn open(&self, url: &str) -> Sight {
        sight(self.client.get(url).send().await.expect("the product answers")).await
    }

    /// Fills in the form whose button reads `button` and that has these fields, and presses the button.
    pub async fn send(&self, from: &Sight, button: &str, values: &[(&str, &str)]) -> Sight {
        self.submit(from, from.form(button, values)).await
    }

    /// Fills in the form that is sent to an address with this end, where several have the same button.
    pub async fn send_to(&self, from: &Sight, action: &str, values: &[(&str, &str)]) -> Sight {
        self.submit(from, from.form_to(action, values)).await
    }

    async fn submit(&self, from: &Sight, form: Form) -> Sight {
        let request = if form.method == "get" {
            let mut url = form.action;
            url.query_pairs_mut().clear().extend_pairs(&form.fields);
            self.client.get(url)
        } else {
            self.client
                .post(form.action)
                .header("referer", from.url.as_str())
                .form(&form.fields)
        };
        sight(request.send().await.expect("the product answers")).await
    }
}

async fn sight(response: Response) -> Sight {
    let (url, status) = (response.url().clone(), response.status());
    Sight {
        url,
        status,
        body: response.text().await.expect("a page is text"),
    }
}

struct Form {
    method: String,
    action: Url,
    fields: Vec<(String, String)>,
}

impl Sight {
    /// The words of the page, with single spaces.
    pub fn words(&self) -> String {
        let document = Html::parse_document(&self.body);
        let main = selector("main");
        let root = document
            .select(&main)
            .next()
            .unwrap_or_else(|| document.root_element());
        root.text()
            .flat_map(str::split_whitespace)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Asserts that the page says this.
    pub fn says(&self, words: &str) -> &Self {
        assert!(
            self.words().contains(words),
            "“{words}” is not on {} ({}): {}",
            self.url,
            self.status,
            self.words()
        );
        self
    }

    /// Where the first link with these words leads.
    pub fn link(&self, words: &str) -> String {
        let document = Html::parse_document(&self.body);
        let links = selector("a[href]");
        let found = document
            .select(&links)
            .find(|link| text_of(*link).contains(words));
        let link = found.unwrap_or_else(|| panic!("no link “{words}” on {}: {}", self.url, self.words()));
        self.absolute(link.value().attr("href").unwrap_or_default())
            .to_string()
    }

    fn absolute(&self, address: &str) -> Url {
        self.url.join(address).expect("a page's links are well-formed")
    }

    fn form(&self, button: &str, values: &[(&str, &str)]) -> Form {
        let document = Html::parse_document(&self.body);
        let forms = selector("form");
        let fits = |form: &ElementRef<'_>| {
            pressed(*form, button).is_some() && values.iter().all(|(name, _)| has_field(*form, name))
        };
        let form = document.select(&forms).find(fits);
        let form = form.unwrap_or_else(|| {
            panic!(
                "no form “{button}” with {:?} on {}: {}",
                names(values),
                self.url,
                self.words()
            )
        });
        self.filled(form, pressed(form, button), values)
    }

    fn form_to(&self, action: &str, values: &[(&str, &str)]) -> Form {
        let document = Html::parse_document(&self.body);
        let forms = selector("form[action]");
        let form = document
            .select(&forms)
            .find(|form| form.value().attr("action").unwrap_or_default().ends_with(action));
        let form = form.unwrap_or_else(|| panic!("no form to {action} on {}: {}", self.url, self.words()));
        self.filled(form, None, values)
    }

    fn filled(&self, form: ElementRef<'_>, button: Option<ElementRef<'_>>, values: &[(&str, &str)]) -> Form {
        let mut fields = hidden_fields(form);
        let of_button = |name| button.and_then(|button| button.value().attr(name));
        if let Some(name) = of_button("name") {
            fields.push((name.to_owned(), of_button("value").unwrap_or_default().to_owned()));
        }
        for (name, value) in values {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        // A form without an address is sent to the page that it stands on.
        let action = of_button("formaction")
            .or(form.value().attr("action"))
            .map_or(self.url.clone(), |action| self.absolute(action));
        Form {
            method: form.value().attr("method").unwrap_or("get").to_ascii_lowercase(),
            action,
            fields,
        }
    }
}

fn pressed<'a>(form: ElementRef<'a>, words: &str) -> Option<ElementRef<'a>> {
    let buttons = selector("button");
    form.select(&buttons).find(|button| text_of(*button) == words)
}

fn names<'a>(values: &[(&'a str, &str)]) -> Vec<&'a str> {
    values.iter().map(|(name, _)| *name).collect()
}

fn has_field(form: ElementRef<'_>, name: &str) -> bool {
    form.select(&selector("input[name], select[name], textarea[name]"))
        .any(|field| field.value().attr("name") == Some(name))
}

/// What a browser would send without anybody typing.
fn hidden_fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let inputs = selector("input[name]");
    let sent = form.select(&inputs).filter(|input| {
        let kind = input.value().attr("type").unwrap_or("text");
        !matches!(kind, "checkbox" | "radio" | "submit") || input.value().attr("checked").is_some()
    });
    sent.map(|input| {
        (
            input.value().attr("name").unwrap_or_default().to_owned(),
            input.value().attr("value").unwrap_or_default().to_owned(),
        )
    })
    .collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element
        .text()
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("the selector is a constant")
}
