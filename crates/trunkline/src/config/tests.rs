use std::path::{Path, PathBuf};

use figment::Jail;
use kit::ExposeSecret;

use super::*;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/samples")
        .join(name)
}

#[expect(clippy::result_large_err, reason = "the closure type is figment's")]
fn in_jail(check: impl FnOnce(&mut Jail)) {
    Jail::expect_with(|jail| {
        check(jail);
        Ok(())
    });
}

fn hub(file: Option<PathBuf>) -> Result<HubConfig> {
    HubConfig::read(file.as_ref(), &HubFlags::default())
}

fn suite(file: Option<PathBuf>) -> Result<SuiteConfig> {
    SuiteConfig::read(file.as_ref(), &SuiteFlags::default())
}

#[test]
fn the_samples_are_understood_to_the_last_key() {
    in_jail(|_| {
        let config = suite(Some(sample("suite.webex.toml"))).unwrap();
        let options = config.options().unwrap();
        assert_eq!(options.provider.api_url, "https://webexapis.com");
        assert_eq!(options.public_url.as_str(), "https://suite.example.com");
        let names: Vec<&str> = options
            .provider
            .clients
            .iter()
            .map(|client| client.integration.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "call-analytics",
                "call-control",
                "presence",
                "single-sign-on",
                "users-synch"
            ]
        );
        let synch = &options.provider.clients[4];
        assert_eq!(synch.client_id, "CLIENT-ID-OF-USERS-SYNCH");
        assert_eq!(
            synch.client_secret.expose_secret(),
            "CLIENT-SECRET-OF-USERS-SYNCH"
        );
        let hub = hub(Some(sample("hub.toml"))).unwrap().options().unwrap();
        assert_eq!(hub.seed_size, Some(::hub::Size::Small));
        assert_eq!(hub.public_url.as_str(), "https://hub.example.com");
    });
}

#[test]
fn the_samples_name_every_key_or_show_it_as_a_comment() {
    for (name, keys) in [
        (
            "hub.toml",
            [
                "listen",
                "public_url",
                "further_hosts",
                "database",
                "data",
                "gateway",
                "suite_redirect_uris",
                "seed_size",
                "seed_number",
                "blocked_client",
                "rate_limits",
                "allow_private_webhook_targets",
                "smtp_url",
                "mail_from",
                "people_lists",
                "people_reads",
                "call_records",
                "call_record_pages",
                "general",
                "log",
                "log_format",
            ]
            .as_slice(),
        ),
        (
            "suite.webex.toml",
            &[
                "listen",
                "public_url",
                "further_hosts",
                "database",
                "data",
                "synch_every_minutes",
                "log",
                "log_format",
                "api_url",
                "call_records_url",
                "redirect_uri",
                "issuer",
                "vault_key",
                "client_id",
                "client_secret",
            ],
        ),
    ] {
        let text = std::fs::read_to_string(sample(name)).unwrap();
        for key in keys {
            let stands = |line: &str| {
                line.trim_start_matches(['#', ' '])
                    .starts_with(&format!("{key} = "))
            };
            assert!(text.lines().any(stands), "{name} does not show {key}");
        }
    }
}

#[test]
fn limits_are_on_where_they_are_documented_and_switched_off_together() {
    in_jail(|jail| {
        let limits = |file| hub(file).unwrap().options().unwrap().rate_limits;
        assert_eq!(limits(None), ::hub::RateLimits::default());
        assert_eq!(
            limits(Some(sample("hub.toml"))),
            ::hub::RateLimits::default(),
            "the sample shows the defaults"
        );
        jail.create_file(
            "hub.toml",
            "[limits]\npeople_lists = '1/1s'\npeople_reads = 'off'",
        )
        .unwrap();
        let tight = limits(Some("hub.toml".into()));
        assert_eq!(tight.people_lists, Some(kit_web::Quota::per_seconds(1, 1)));
        assert_eq!(tight.people_reads, None);
        jail.set_env("TRUNKLINE_HUB_LIMITS__GENERAL", "300/60s");
        assert_eq!(limits(None).general, Some(kit_web::Quota::per_seconds(300, 60)));
        jail.set_env("TRUNKLINE_HUB_RATE_LIMITS", "off");
        assert_eq!(limits(Some("hub.toml".into())), ::hub::RateLimits::OFF);
        jail.create_file("wrong.toml", "[limits]\ngeneral = 'many'")
            .unwrap();
        jail.set_env("TRUNKLINE_HUB_LIMITS__GENERAL", "many");
        let error = hub(None).unwrap_err().to_string();
        assert!(
            error.contains("limits.general") && error.contains("300/60s"),
            "{error}"
        );
    });
}

#[test]
fn flags_win_over_the_environment_which_wins_over_the_file_which_wins_over_defaults() {
    in_jail(|jail| {
        assert_eq!(hub(None).unwrap().listen.port(), 8080);
        jail.create_file(
            "hub.toml",
            "listen = '127.0.0.1:1'\nseed_number = 4\nlog = 'warn'",
        )
        .unwrap();
        let file = Some(PathBuf::from("hub.toml"));
        assert_eq!(hub(file.clone()).unwrap().listen.port(), 1);
        jail.set_env("TRUNKLINE_HUB_LISTEN", "127.0.0.1:2");
        jail.set_env("TRUNKLINE_HUB_SEED_SIZE", "medium");
        let config = hub(file.clone()).unwrap();
        assert_eq!(
            (config.listen.port(), config.seed_number, config.log.as_str()),
            (2, 4, "warn")
        );
        assert_eq!(config.seed_size, Some(SeedSize::Medium));
        let flags = HubFlags {
            listen: Some("127.0.0.1:3".parse().unwrap()),
            ..HubFlags::default()
        };
        let config = HubConfig::read(file.as_ref(), &flags).unwrap();
        assert_eq!((config.listen.port(), config.seed_number), (3, 4));
        jail.set_env("TRUNKLINE_HUB_CONFIG", "hub.toml");
        assert_eq!(
            hub(None).unwrap().seed_number,
            4,
            "the file can be named by the environment"
        );
    });
}

#[test]
fn an_unknown_key_is_refused_with_its_source_and_the_nearest_name() {
    in_jail(|jail| {
        jail.create_file("suite.toml", "listn = '127.0.0.1:1'").unwrap();
        let error = suite(Some("suite.toml".into())).unwrap_err().to_string();
        assert!(
            error.contains("suite.toml") && error.contains("“listn”") && error.contains("“listen”"),
            "{error}"
        );
        jail.create_file("nested.toml", "[webex]\napi_ur = 'https://webexapis.com'")
            .unwrap();
        let error = suite(Some("nested.toml".into())).unwrap_err().to_string();
        assert!(
            error.contains("“webex.api_ur”") && error.contains("“api_url”"),
            "{error}"
        );
        jail.create_file("client.toml", "[integrations.users_sync]\nclient_id = 'a'")
            .unwrap();
        let error = suite(Some("client.toml".into())).unwrap_err().to_string();
        assert!(error.contains("“users_synch”"), "{error}");
        jail.set_env("TRUNKLINE_SUITE_PUBLIC_URI", "http://localhost");
        let error = suite(None).unwrap_err().to_string();
        assert!(
            error.contains("TRUNKLINE_SUITE_PUBLIC_URI") && error.contains("“public_url”"),
            "{error}"
        );
    });
}

#[test]
fn a_wrong_value_is_named_by_its_key_and_never_repeated() {
    in_jail(|jail| {
        jail.create_file(
            "suite.toml",
            "[integrations.presence]\nclient_id = 'a'\nclient_secret = 123456",
        )
        .unwrap();
        let error = suite(Some("suite.toml".into())).unwrap_err().to_string();
        assert!(
            error.contains("client_secret") && !error.contains("123456"),
            "{error}"
        );
        jail.create_file("missing.toml", "[integrations.presence]\nclient_id = 'a'")
            .unwrap();
        let error = suite(Some("missing.toml".into())).unwrap_err().to_string();
        assert!(
            error.contains("integrations.presence.client_secret") && error.contains("missing"),
            "{error}"
        );
        let error = suite(Some("nowhere.toml".into())).unwrap_err().to_string();
        assert!(error.contains("nowhere.toml does not exist"), "{error}");
    });
}

#[test]
fn a_secret_can_come_from_the_environment_and_is_shown_nowhere() {
    in_jail(|jail| {
        jail.create_file("suite.toml", "[integrations.presence]\nclient_id = 'a'")
            .unwrap();
        jail.set_env(
            "TRUNKLINE_SUITE_INTEGRATIONS__PRESENCE__CLIENT_SECRET",
            "very-secret",
        );
        let config = suite(Some("suite.toml".into())).unwrap();
        assert!(!format!("{config:?}").contains("very-secret"));
        let client = &config.options().unwrap().provider.clients[0];
        assert_eq!(
            (client.integration.as_str(), client.client_secret.expose_secret()),
            ("presence", "very-secret")
        );
    });
}

#[test]
fn on_loopback_the_suite_has_another_host_name_than_the_hub() {
    in_jail(|_| {
        assert_eq!(
            hub(None).unwrap().public_url().unwrap().as_str(),
            "http://127.0.0.1:8080"
        );
        assert_eq!(
            suite(None).unwrap().public_url().unwrap().as_str(),
            "http://localhost:8090"
        );
    });
}

#[test]
fn what_a_hub_wrote_is_used_and_what_is_configured_wins() {
    in_jail(|jail| {
        let presence = "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120";
        let written = format!(
            "[{{\"client_id\":\"{presence}\",\"name\":\"P\",\"client_secret\":\"s1\"}},{{\"client_id\":\"Cother\",\"name\":\"O\",\"client_secret\":\"s2\"}}]"
        );
        jail.create_file("clients.json", &written).unwrap();
        jail.set_env("TRUNKLINE_SUITE_DATA", ".");
        let clients = suite(None).unwrap().options().unwrap().provider.clients;
        assert_eq!(clients.len(), 1);
        assert_eq!(
            (
                clients[0].integration.as_str(),
                clients[0].client_secret.expose_secret()
            ),
            ("presence", "s1")
        );
        jail.create_file(
            "suite.toml",
            "[integrations.presence]\nclient_id = 'own'\nclient_secret = 'own secret'",
        )
        .unwrap();
        let clients = suite(Some("suite.toml".into()))
            .unwrap()
            .options()
            .unwrap()
            .provider
            .clients;
        assert_eq!((clients.len(), clients[0].client_id.as_str()), (1, "own"));
        jail.set_env("TRUNKLINE_SUITE_CLIENTS_FILE", "nowhere.json");
        assert!(
            suite(None)
                .unwrap()
                .options()
                .err()
                .unwrap()
                .to_string()
                .contains("nowhere.json does not exist")
        );
    });
}
