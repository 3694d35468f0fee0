//! From the refusal to the code: what the refused person, the administrator and the waiting browser see. On both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub_directory::seed::NamedPerson;
use hub_governance::FIVE;
use support::{House, Window};

const SENTENCE: &str = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

fn settled(html: &str) -> String {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let lines: Vec<&str> = main
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let text = lines.join("\n");
    let mut settled = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        // Ids are random; everything else is what people see.
        if rest.is_char_boundary(36.min(rest.len()))
            && rest.len() >= 36
            && kit::Uuid::parse_str(&rest[..36]).is_ok()
        {
            settled.push('…');
            rest = &rest[36..];
        } else if let Some(after) = rest.strip_prefix("name=\"csrf\" value=\"") {
            settled.push_str("name=\"csrf\" value=\"…");
            rest = &after[after.find('"').unwrap()..];
        } else {
            let next = rest.chars().next().unwrap();
            settled.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    settled
}

kit_test::both_databases! {
    async fn denied_then_reason_then_allowed_for_one_person_then_the_same_authorization_goes_on(database: Database) {
        let house = House::open(database).await;
        let ursula = house.account(NamedPerson::UserAdmin);
        let client_id = FIVE[1].client_id();
        let hers = Window::open(&house, ursula.person_id).await;
        let waits = hers.begin(&FIVE[1].client_id()).await;
        let denied = hers.get(&waits).await;
        assert_eq!(denied.status, 403);
        assert!(denied.body.contains(SENTENCE), "{}", denied.body);
        assert!(denied.body.contains(&client_id) && denied.body.contains(&webex::application_id(&client_id)));
        assert!(!denied.body.contains("/apps/integrations/"), "the setting is for Full Administrators");
        assert!(hers.get(&format!("{waits}/waiting")).await.body.contains("hx-get"), "asks again");

        let long = hers.send(&waits, &format!("{waits}/reason"), &[("reason", &"x".repeat(501))]).await;
        assert_eq!(long.status, 400);
        let sent = hers.send(&waits, &format!("{waits}/reason"), &[("reason", "The operators' desk needs it")]).await;
        assert_eq!((sent.status.as_u16(), sent.location()), (303, waits.as_str()));
        assert!(hers.get(&waits).await.body.contains("The operators&#39; desk needs it"));
        assert_eq!(house.request_of(&ursula, &client_id).await.attempts, 1, "one authorization is one attempt");
        // The administrator sees who, why and what, and lets this one person in.
        let his = Window::open(&house, house.account(NamedPerson::FullAdmin).person_id).await;
        let alerts = his.get("/alerts").await.body;
        assert!(alerts.contains(&ursula.email) && alerts.contains("The operators&#39; desk needs it"));
        let page = format!("/alerts/{client_id}");
        assert_eq!(his.get(&format!("{page}/decide")).await.status, 405, "no link decides");
        let request = house.request_of(&ursula, &client_id).await.id.to_string();
        let unsigned = his.app.post(&format!("{page}/decide")).header("cookie", &his.session).form(&[("decision", "allow"), ("request", &request)]).send().await;
        assert_eq!(unsigned.status, 403, "without the page's token");
        let empty = his.send(&page, &format!("{page}/decide"), &[("decision", "deny"), ("request", &request)]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("Write why"));
        let decided = his.send(&page, &format!("{page}/decide"), &[("decision", "allow"), ("request", &request), ("days", "7")]).await;
        assert_eq!((decided.status.as_u16(), decided.location()), (303, "/alerts?done=allowed"));

        let passes = hers.get(&format!("{waits}/waiting")).await.body;
        assert!(passes.contains("You may use it now") && !passes.contains("hx-get"), "{passes}");
        let consent = hers.get(&waits).await;
        assert_eq!(consent.status, 200);
        let person = consent.field("person");
        let accepted = hers.send(&waits, &waits, &[("person", &person), ("decision", "accept")]).await;
        assert_eq!(accepted.status, 303);
        assert!(accepted.location().starts_with("http://localhost:8090/callback?code="), "{}", accepted.location());
        assert!(accepted.location().contains("state=s1"));
        let mine = hers.get("/me/requests").await.body;
        assert!(mine.contains("Allowed") && mine.contains("Start the authorization again"), "{mine}");
    }

    async fn only_the_same_browser_within_ten_minutes_goes_on(database: Database) {
        let house = House::open(database).await;
        let admin = house.account(NamedPerson::FullAdmin);
        let (here, elsewhere) = (Window::open(&house, admin.person_id).await, Window::open(&house, admin.person_id).await);
        let waits = here.begin(&FIVE[1].client_id()).await;
        here.get(&waits).await;
        assert_eq!(elsewhere.get(&waits).await.status, 410);
        assert!(elsewhere.get(&format!("{waits}/waiting")).await.body.contains("This authorization is over"));
        // A Full Admin finds the way to the setting, and from there straight on.
        let id = waits.rsplit('/').next().unwrap().to_owned();
        let setting = format!("/apps/integrations/{}", FIVE[1].client_id());
        assert!(here.get(&waits).await.body.contains(&format!("{setting}?resume={id}")));
        let panel = here.get(&format!("{setting}?resume={id}")).await.body;
        assert!(panel.contains("Your authorization waits"));
        let foreign = here.send(&setting, &format!("{setting}/status"), &[("rule", "block"), ("resume", "//evil.example")]).await;
        assert_eq!(foreign.location(), format!("{setting}?done=disabled"));
        let allowed = here.send(&setting, &format!("{setting}/status"), &[("rule", "allow"), ("resume", &id)]).await;
        assert_eq!(allowed.location(), waits);
        assert_eq!(here.get(&waits).await.status, 200);
        house.pass(600).await;
        assert_eq!(here.get(&waits).await.status, 410);
    }

    async fn later_the_notice_leads_to_the_registered_address(database: Database) {
        let house = House::open(database).await;
        let client = house.oauth.register_client(hub_oauth::NewClient {
            client_id: format!("C{}", "a".repeat(64)),
            name: "Wallboard".to_owned(),
            scopes: webex::ScopeSet::parse("spark:people_read").unwrap(),
            redirect_uris: vec!["http://localhost:8090/callback".to_owned()],
            initiate_login_uri: "http://localhost:8090/begin".to_owned(),
            ..hub_oauth::NewClient::default()
        }).await.unwrap().client;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.governance.set_status(&admin, &client.client_id, hub_governance::Rule::Block, hub_governance::Existing::End).await.unwrap();
        house.tries(&ursula, &client.client_id, None).await;
        let hers = Window::open(&house, ursula.person_id).await;
        assert!(!hers.get("/me/requests").await.body.contains("Authorize now"), "nobody allowed it");
        house.governance.set_status(&admin, &client.client_id, hub_governance::Rule::Allow, hub_governance::Existing::End).await.unwrap();
        let page = hers.get("/me/requests").await.body;
        assert!(page.contains("http://localhost:8090/begin?iss=http%3A%2F%2F127.0.0.1%3A8080&#38;login_hint="), "{page}");
    }

    async fn a_read_only_admin_sees_every_page_and_changes_nothing(database: Database) {
        let house = House::open(database).await;
        let ursula = house.account(NamedPerson::UserAdmin);
        house.tries(&ursula, &FIVE[1].client_id(), None).await;
        let looks = Window::open(&house, house.account(NamedPerson::ReadOnlyAdmin).person_id).await;
        let nobody = Window::open(&house, ursula.person_id).await;
        let setting = format!("/apps/integrations/{}", FIVE[1].client_id());
        let alert = format!("/alerts/{}", FIVE[1].client_id());
        for path in ["/apps/integrations", "/apps/integrations/manage", "/alerts", "/alerts/decisions", "/alerts/reviewers", &setting, &alert, &format!("{setting}/people")] {
            assert_eq!(looks.get(path).await.status, 200, "{path}");
            assert_eq!(nobody.get(path).await.status, 403, "{path}");
        }
        for (action, fields) in [
            (format!("{setting}/status"), vec![("rule", "allow")]),
            (format!("{setting}/revoke"), vec![]),
            (format!("{setting}/people"), vec![("rule", "allow"), ("emails", ursula.email.as_str())]),
            ("/apps/integrations/manage".to_owned(), vec![("rule", "block")]),
            ("/apps/integrations/reset".to_owned(), vec![]),
            ("/apps/integrations/refresh".to_owned(), vec![]),
            (format!("{alert}/decide"), vec![("decision", "allow-all")]),
            (format!("{alert}/allow"), vec![]),
            ("/alerts/reviewers".to_owned(), vec![("email", ursula.email.as_str())]),
        ] {
            for window in [&looks, &nobody] {
                let waits = window.begin(&FIVE[1].client_id()).await;
                // Any page with a form has the token.
                let answer = window.send(&waits, &action, &fields).await;
                assert_eq!(answer.status, 403, "{action}: {}", answer.body);
            }
        }
        assert!(!house.is_enabled(&FIVE[1].client_id()).await);
    }

    async fn the_list_filters_sorts_and_pages(database: Database) {
        let house = House::open(database).await;
        let window = Window::open(&house, house.account(NamedPerson::FullAdmin).person_id).await;
        let enabled = window.get("/apps/integrations?status=enabled").await.body;
        assert!(enabled.contains("Act-On") && !enabled.contains("AGAT - Ethical Walls"));
        let disabled = window.get("/apps/integrations?status=disabled&sort=-name&q=agat").await.body;
        assert!(!disabled.contains(">Act-On<") && disabled.contains("AGAT - Ethical Walls"));
        let at = |body: &str, name: &str| body.find(&format!("title=\"{name}\"")).unwrap();
        assert!(at(&disabled, "AGAT - Real Time DLP") < at(&disabled, "AGAT - Advanced Controls for External Users"));
        assert!(window.get("/apps/integrations?sort=adoption").await.body.contains("aria-sort=\"ascending\""));
        assert!(window.get("/apps/integrations?q=no+such+thing").await.body.contains("No integration matches “no such thing”"));
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one walk past every page")]
async fn the_pages_as_people_see_them() {
    let test = kit_test::TestDatabase::sqlite().await;
    let house = House::open(test.database.clone()).await;
    let (admin, ursula, rita) = (
        house.full_admin(),
        house.account(NamedPerson::UserAdmin),
        house.account(NamedPerson::ReadOnlyAdmin),
    );
    let client_id = FIVE[1].client_id();
    house.tries(&ursula, &client_id, None).await;
    house.pass(60).await;
    house.tries(&rita, &client_id, None).await;
    let client = house.client(&client_id).await;
    house
        .governance
        .gate()
        .give_reason(&rita, &client, "<b>For the reception</b>")
        .await
        .unwrap();
    let window = Window::open(&house, admin.person_id).await;
    insta::assert_snapshot!("alerts", settled(&window.get("/alerts").await.body));
    let alert = window.get(&format!("/alerts/{client_id}")).await.body;
    insta::assert_snapshot!("alert", settled(&alert));
    house.pass(60).await;
    let id = house.request_of(&ursula, &client_id).await.id;
    let decision = hub_governance::Decision::AllowThese {
        requests: vec![id],
        expires_at: Some(house.now().plus(std::time::Duration::from_secs(86_400))),
    };
    house
        .governance
        .decide_requests(&admin, &client_id, decision)
        .await
        .unwrap();
    let people = window
        .get(&format!("/apps/integrations/{client_id}/people"))
        .await
        .body;
    insta::assert_snapshot!("specific_users", settled(&people));
    let wrong = format!("/apps/integrations/{client_id}/people");
    let unknown = window
        .send(
            &wrong,
            &wrong,
            &[
                ("rule", "allow"),
                ("emails", &format!("{} x@y.example", rita.email)),
            ],
        )
        .await;
    assert_eq!(unknown.status, 422);
    assert!(
        unknown.body.contains("1 person is on the list now.")
            && unknown.body.contains(">x@y.example</textarea>")
    );
    let panel = window.get(&format!("/apps/integrations/{client_id}")).await.body;
    insta::assert_snapshot!("panel", settled(&panel));
    house.pass(60).await;
    let reset = window.get("/apps/integrations/reset").await.body;
    insta::assert_snapshot!("reset", settled(&reset));
    let reset = house
        .governance
        .reset_exceptions(&admin, hub_governance::Existing::End)
        .await
        .unwrap()
        .unwrap();
    insta::assert_snapshot!(
        "policy",
        settled(&window.get("/apps/integrations/manage").await.body)
    );
    let undo = window
        .get(&format!("/apps/integrations/resets/{reset}"))
        .await
        .body;
    insta::assert_snapshot!("undo", settled(&undo));
    let mine = Window::open(&house, ursula.person_id)
        .await
        .get("/me/requests")
        .await
        .body;
    insta::assert_snapshot!("my_requests", settled(&mine));
}
