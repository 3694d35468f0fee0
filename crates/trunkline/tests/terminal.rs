//! The program as somebody at a terminal meets it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

fn trunkline(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trunkline"));
    command.args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    trunkline(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}

#[test]
fn help_names_every_command_every_variable_and_every_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let help = text(&run(folder.path(), &["--help"]).stdout);
    for word in [
        "demo",
        "hub",
        "suite",
        "TRUNKLINE_HUB_",
        "TRUNKLINE_SUITE_",
        "Exit codes",
    ] {
        assert!(help.contains(word), "{word} is missing in: {help}");
    }
    let hub = text(&run(folder.path(), &["hub", "--help"]).stdout);
    for word in [
        "seed",
        "token",
        "env",
        "--gateway",
        "TRUNKLINE_HUB_GATEWAY",
        "--listen",
        "--public-url",
        "--database",
        "--data",
        "TRUNKLINE_HUB_PUBLIC_URL",
        "--config",
    ] {
        assert!(hub.contains(word), "{word} is missing in: {hub}");
    }
    let suite = text(&run(folder.path(), &["suite", "--help"]).stdout);
    for word in [
        "sync",
        "--clients-file",
        "--webex-api-url",
        "TRUNKLINE_SUITE_WEBEX__API_URL",
    ] {
        assert!(suite.contains(word), "{word} is missing in: {suite}");
    }
    assert!(
        !hub.contains("until-stdin-closes"),
        "what only the demonstration uses is not shown"
    );
}

#[test]
fn a_wrong_configuration_is_exit_code_2_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("hub.toml"),
        "publik_url = 'http://127.0.0.1:1'",
    )
    .unwrap();
    let answer = run(folder.path(), &["hub", "--config", "hub.toml"]);
    assert_eq!(answer.status.code(), Some(2));
    assert!(
        text(&answer.stderr).contains("Did you mean “public_url”?"),
        "{}",
        text(&answer.stderr)
    );
    assert!(!folder.path().join("data").exists());
    let json = run(folder.path(), &["--json", "hub", "--config", "hub.toml"]);
    let error: serde_json::Value = serde_json::from_str(&text(&json.stderr)).unwrap();
    assert!(error["error"]["message"].as_str().unwrap().contains("publik_url"));
    let answer = trunkline(&["suite"])
        .current_dir(folder.path())
        .env("TRUNKLINE_SUITE_DATBASE", "x")
        .output()
        .unwrap();
    assert_eq!(answer.status.code(), Some(2));
    assert!(
        text(&answer.stderr).contains("“database”"),
        "{}",
        text(&answer.stderr)
    );
}

#[test]
fn a_taken_port_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    for product in ["hub", "suite"] {
        let answer = run(folder.path(), &[product, "--listen", &address.to_string()]);
        assert_eq!(answer.status.code(), Some(1));
        let words = text(&answer.stderr);
        assert!(
            words.contains(&format!("Port {}", address.port())) && words.contains("--listen"),
            "{words}"
        );
    }
    let answer = run(
        folder.path(),
        &[
            "hub",
            "--listen",
            "127.0.0.1:0",
            "--gateway",
            &address.to_string(),
        ],
    );
    assert_eq!(answer.status.code(), Some(1));
    let words = text(&answer.stderr);
    assert!(
        words.contains(&format!("Port {}", address.port())) && words.contains("--gateway"),
        "{words}"
    );
    assert!(!folder.path().join("data").exists());
}

#[test]
fn the_environment_for_sdks_is_printed_for_each_shell_or_the_next_step_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let off = run(folder.path(), &["hub", "env"]);
    assert_eq!((off.status.code(), off.stdout.len()), (Some(2), 0));
    let words = text(&off.stderr);
    assert!(
        words.contains("is off") && words.contains("--gateway 127.0.0.1:8443"),
        "{words}"
    );
    let early = run(folder.path(), &["hub", "env", "--gateway", "127.0.0.1:9443"]);
    assert_eq!((early.status.code(), early.stdout.len()), (Some(2), 0));
    let words = text(&early.stderr);
    assert!(
        words.contains("gateway-ca.pem does not exist") && words.contains("Start the Hub"),
        "{words}"
    );
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("hub.toml"), "").unwrap();
    assert!(text(&run(folder.path(), &["hub", "env"]).stderr).contains("--config ./data/hub.toml"));
    std::fs::write(data.join("gateway-ca.pem"), "").unwrap();
    std::fs::write(data.join("hub.toml"), "gateway = '127.0.0.1:9443'").unwrap();
    let certificate = data.join("gateway-ca.pem").canonicalize().unwrap();
    let certificate = certificate.display();
    for (shell, line) in [
        ("sh", format!("export SSL_CERT_FILE='{certificate}'")),
        ("fish", format!("set -gx NODE_EXTRA_CA_CERTS '{certificate}'")),
        (
            "powershell",
            "$env:HTTPS_PROXY = 'http://127.0.0.1:9443'".to_owned(),
        ),
    ] {
        let answer = run(
            folder.path(),
            &["hub", "env", "--config", "data/hub.toml", "--shell", shell],
        );
        assert!(
            text(&answer.stdout).lines().any(|shown| shown == line),
            "{}",
            text(&answer.stdout)
        );
    }
    let json = run(
        folder.path(),
        &["--json", "hub", "env", "--config", "data/hub.toml"],
    );
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["gateway"], "http://127.0.0.1:9443");
    assert_eq!(json["variables"]["REQUESTS_CA_BUNDLE"], certificate.to_string());
    assert_eq!(json["variables"]["NO_PROXY"], "127.0.0.1,localhost");
}

#[test]
fn an_organization_is_invented_once_and_a_token_is_printed_for_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let seeded = run(folder.path(), &["--json", "hub", "seed", "--size", "small"]);
    assert!(seeded.status.success(), "{}", text(&seeded.stderr));
    let facts: serde_json::Value = serde_json::from_slice(&seeded.stdout).unwrap();
    let email = facts["people"][0]["email"].as_str().unwrap().to_owned();
    assert!(facts["organizations"][0]["people"].as_u64().unwrap() >= 50);
    let again = run(folder.path(), &["hub", "seed", "--size", "small"]);
    assert!(
        text(&again.stdout).contains("there already"),
        "{}",
        text(&again.stdout)
    );
    let token = run(folder.path(), &["hub", "token", "--email", &email]);
    assert!(token.status.success(), "{}", text(&token.stderr));
    let token = text(&token.stdout);
    assert!(
        token.trim().contains("_P0A1_") && token.lines().count() == 1,
        "only the token is printed"
    );
    let as_json: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), &["--json", "hub", "token", "--email", &email]).stdout)
            .unwrap();
    assert_eq!(as_json["expires_in"], 43_200);
    let nobody = run(
        folder.path(),
        &["hub", "token", "--email", "nobody@example.invalid"],
    );
    assert_eq!(nobody.status.code(), Some(1));
}

#[test]
fn commands_make_no_database_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        ["suite", "sync", "--customer", "Nobody"],
        ["hub", "token", "--email", "nobody@example.invalid"],
    ] {
        let answer = run(folder.path(), &command);
        assert_eq!(answer.status.code(), Some(2), "{}", text(&answer.stderr));
        assert!(
            text(&answer.stderr).contains("does not exist"),
            "{}",
            text(&answer.stderr)
        );
        assert!(!folder.path().join("data").exists());
    }
}
