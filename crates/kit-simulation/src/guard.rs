use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kit::{Error, Result};
use kit_web::{ApiError, OriginalHost, PublicUrl};

/// Refuses to simulate where another machine could reach it.
pub fn require_loopback(
    listen: &[(&str, SocketAddr)],
    public_url: &PublicUrl,
    further_hosts: &[String],
) -> Result<()> {
    const WHY: &str = "With --simulate anybody who reaches this server can move its clock and act as anyone";
    for (option, address) in listen {
        if !address.ip().is_loopback() {
            return Err(Error::invalid(format!(
                "{WHY}, so it listens on loopback only: {option} {address} is not. Use 127.0.0.1, or leave --simulate away."
            )));
        }
    }
    if !public_url.is_loopback() {
        return Err(Error::invalid(format!(
            "{WHY}, so its public URL must be one of this machine: {public_url} is not. Use http://127.0.0.1 or http://localhost with the port, or leave --simulate away."
        )));
    }
    for host in further_hosts {
        let is_ours = PublicUrl::parse(&format!("http://{host}")).is_ok_and(|url| url.is_loopback());
        if !is_ours {
            return Err(Error::invalid(format!(
                "{WHY}, so it answers for hosts of this machine only: --further-host {host} is not one. Leave it away, or leave --simulate away."
            )));
        }
    }
    Ok(())
}

/// Answers only who asks from this machine and directly. A request without a network address comes from this process.
pub async fn only_from_this_machine(request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_near = peer.is_none_or(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    let is_forwarded = request.extensions().get::<OriginalHost>().is_some()
        || ["forwarded", "x-forwarded-for", "x-real-ip"]
            .iter()
            .any(|header| request.headers().contains_key(*header));
    if is_near && !is_forwarded {
        return next.run(request).await;
    }
    ApiError(Error::forbidden(
        "The simulation answers only programs and browsers of the machine that it runs on.",
    ))
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(listen: &str, url: &str, further: &[&str]) -> Option<String> {
        let further: Vec<String> = further.iter().map(|host| (*host).to_owned()).collect();
        let listen = [("--listen", listen.parse().unwrap())];
        require_loopback(&listen, &PublicUrl::parse(url).unwrap(), &further)
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn nothing_but_loopback_simulates_and_the_refusal_says_why() {
        assert_eq!(
            refusal(
                "127.0.0.1:80",
                "http://localhost:80",
                &["127.0.0.1:80", "[::1]:80"]
            ),
            None
        );
        assert_eq!(refusal("[::1]:80", "http://[::1]:80", &[]), None);
        for (listen, url, further, named) in [
            ("0.0.0.0:80", "http://localhost", &[][..], "--listen 0.0.0.0:80"),
            (
                "192.168.1.4:80",
                "http://localhost",
                &[],
                "--listen 192.168.1.4:80",
            ),
            (
                "127.0.0.1:80",
                "https://hub.example.com",
                &[],
                "https://hub.example.com",
            ),
            (
                "127.0.0.1:80",
                "http://localhost",
                &["hub.example.com:80"],
                "hub.example.com:80",
            ),
            (
                "127.0.0.1:80",
                "http://localhost",
                &["localhost.example.com"],
                "localhost.example.com",
            ),
        ] {
            let said = refusal(listen, url, further).unwrap_or_default();
            assert!(said.contains(named) && said.contains("act as anyone"), "{said}");
        }
    }
}
