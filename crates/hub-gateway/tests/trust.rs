#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Whoever trusts the development CA trusts it for Webex hosts alone.
mod support;

use std::error::Error as _;
use std::sync::Arc;

use axum::Router;
use rcgen::{CertificateParams, DistinguishedName, DnType, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore, ServerConfig};
use support::Running;
use tokio_rustls::{TlsAcceptor, TlsConnector};

/// What a thief of the key could make: a certificate for any name.
struct Thief {
    key: KeyPair,
    authority: CertificateDer<'static>,
}

impl Thief {
    fn of(running: &Running) -> Self {
        let folder = running.folder.path();
        let key = std::fs::read_to_string(folder.join("gateway-ca.key")).unwrap();
        let authority = std::fs::read(folder.join("gateway-ca.pem")).unwrap();
        Self {
            key: KeyPair::from_pem(&key).unwrap(),
            authority: CertificateDer::from_pem_slice(&authority).unwrap(),
        }
    }

    /// Whether a client that trusts the CA accepts a certificate that was issued for this name.
    async fn is_believed_as(&self, name: &str) -> Result<(), rustls::Error> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut issuer = CertificateParams::default();
        issuer.distinguished_name = DistinguishedName::new();
        issuer
            .distinguished_name
            .push(DnType::OrganizationName, "Trunkline");
        issuer
            .distinguished_name
            .push(DnType::CommonName, "Trunkline development CA (Webex hosts only)");
        let issuer = Issuer::from_params(&issuer, &self.key);
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new([name.to_owned()]).unwrap();
        let leaf = leaf.signed_by(&key, &issuer).unwrap();
        let server = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![leaf.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(self.authority.clone()).unwrap();
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let (near, far) = tokio::io::duplex(64 * 1024);
        let served = tokio::spawn(TlsAcceptor::from(Arc::new(server)).accept(far));
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let connected = TlsConnector::from(Arc::new(client)).connect(name, near).await;
        let outcome = connected.map(drop).map_err(|error| {
            let inner = error.into_inner().expect("TLS says why");
            *inner
                .downcast::<rustls::Error>()
                .expect("it is an error of rustls")
        });
        drop(served.await);
        outcome
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_refused_although_the_ca_signed_it() {
    let running = Running::start(Router::new()).await;
    let thief = Thief::of(&running);
    for name in ["webexapis.com", "anything.webex.com"] {
        assert_eq!(
            thief.is_believed_as(name).await,
            Ok(()),
            "{name}: the test itself works"
        );
    }
    for name in [
        "example.com",
        "notwebexapis.com",
        "webexapis.com.example.com",
        "localhost",
        "127.0.0.1",
        "::1",
    ] {
        let refused = thief.is_believed_as(name).await.unwrap_err();
        let rustls::Error::InvalidCertificate(CertificateError::Other(why)) = &refused else {
            panic!("{name}: {refused:?}");
        };
        assert!(
            format!("{why:?}").contains("NameConstraintViolation"),
            "{name}: {why:?}"
        );
    }
}

#[tokio::test]
async fn without_the_ca_the_handshake_fails_and_the_gateway_goes_on() {
    let running = Running::start(Router::new()).await;
    let error = running
        .untrusting()
        .tls_certs_only([])
        .build()
        .unwrap()
        .get("https://webexapis.com/v1/people/me")
        .send()
        .await
        .unwrap_err();
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        chain += &format!(": {inner}");
        cause = inner.source();
    }
    assert!(chain.contains("UnknownIssuer"), "{chain}");
    let answer = running
        .client()
        .get("https://webexapis.com/")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_second_start_is_trusted_by_who_trusted_the_first() {
    let first = Running::start(Router::new()).await;
    let client = |running: &Running| {
        let pem = std::fs::read(first.folder.path().join("gateway-ca.pem")).unwrap();
        let certificate = reqwest::Certificate::from_pem(&pem).unwrap();
        running
            .untrusting()
            .tls_certs_only([certificate])
            .build()
            .unwrap()
    };
    let second = Running::start(Router::new()).await;
    assert!(
        client(&second)
            .get("https://webexapis.com/")
            .send()
            .await
            .is_err(),
        "another folder is another CA"
    );
    assert!(client(&first).get("https://webexapis.com/").send().await.is_ok());
}
