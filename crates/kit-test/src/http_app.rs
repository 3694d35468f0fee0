use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt as _;

/// An application driven without a socket, with a cookie jar like a browser's.
#[derive(Clone)]
pub struct App {
    router: Router,
    host: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// A request that is being put together.
pub struct RequestBuilder {
    app: App,
    request: http::request::Builder,
    body: Body,
}

/// What the application answered.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl App {
    /// Drives `router` as if it were reached at `host` (`127.0.0.1:8080`).
    pub fn new(router: Router, host: &str) -> Self {
        Self {
            router,
            host: host.to_owned(),
            cookies: Arc::default(),
        }
    }

    /// The same application seen by another browser.
    #[must_use]
    pub fn other_browser(&self) -> Self {
        Self {
            router: self.router.clone(),
            host: self.host.clone(),
            cookies: Arc::default(),
        }
    }

    /// A cookie that the application has set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies
            .lock()
            .expect("no test panics while it holds the jar")
            .get(name)
            .cloned()
    }

    /// Starts a `GET`.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// Starts a `POST`.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// Starts a `PUT`.
    pub fn put(&self, path: &str) -> RequestBuilder {
        self.request(Method::PUT, path)
    }

    /// Starts a `DELETE`.
    pub fn delete(&self, path: &str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }

    /// Starts a request; an absolute URL loses its origin.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = match path.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
            None => path,
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host);
        let cookies = self
            .cookies
            .lock()
            .expect("no test panics while it holds the jar");
        if !cookies.is_empty() {
            let jar: Vec<String> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, jar.join("; "));
        }
        RequestBuilder {
            app: self.clone(),
            request,
            body: Body::empty(),
        }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self
            .cookies
            .lock()
            .expect("no test panics while it holds the jar");
        for value in headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().expect("cookies are ASCII");
            let (name, rest) = text.split_once('=').expect("a cookie has a name");
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") || value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl RequestBuilder {
    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Adds `Authorization: Bearer`.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Sends these pairs as a form.
    #[must_use]
    pub fn form(mut self, pairs: &[(&str, &str)]) -> Self {
        let mut serializer = url::form_urlencoded::Serializer::new(String::new());
        serializer.extend_pairs(pairs);
        self.body = Body::from(serializer.finish());
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Sends this JSON.
    #[must_use]
    pub fn json(mut self, value: &serde_json::Value) -> Self {
        self.body = Body::from(value.to_string());
        self.header("content-type", "application/json;charset=utf-8")
    }

    /// Sends this text as it is.
    #[must_use]
    pub fn body(mut self, text: impl Into<String>) -> Self {
        self.body = Body::from(text.into());
        self
    }

    /// The body as it is, such as an uploaded file.
    pub fn bytes(mut self, bytes: Vec<u8>) -> Self {
        self.body = Body::from(bytes);
        self
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        let request = self
            .request
            .body(self.body)
            .expect("a test's request is well-formed");
        let response = self
            .app
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router cannot fail");
        self.app.keep_cookies(response.headers());
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20)
            .await
            .expect("the body can be read");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.body))
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
            .unwrap_or_else(|| panic!("no redirect but {}: {}", self.status, self.body))
    }

    /// The value of the first form field of that name in an HTML page.
    pub fn field(&self, name: &str) -> String {
        let marker = format!("name=\"{name}\"");
        let found = self
            .body
            .find(&marker)
            .unwrap_or_else(|| panic!("no field {name} in: {}", self.body));
        let start = self.body[..found].rfind('<').unwrap_or(found);
        let tag = &self.body[start..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let value = tag
            .split("value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value
            .unwrap_or_default()
            .replace("&amp;", "&")
            .replace("&#x2F;", "/")
            .replace("&#38;", "&")
    }
}
