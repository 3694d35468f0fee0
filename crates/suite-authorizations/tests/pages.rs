//! What people see: the cards, the checks, the invitations, and who may do what.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod world;

use std::time::Duration;

use kit::ExposeSecret as _;
use suite_authorizations::{CheckOutcome, GrantState, IntegrationKey, NewInvitation};
use world::{ORGANIZATION, SentAway, World, page, post};

/// The main part of a page, with what differs from run to run made equal.
fn settled(body: &str, world: &World) -> String {
    let start = body.find("<main").unwrap();
    let end = body.find("</main>").unwrap();
    let mut text = body[start..end].replace(&world.platform.base, "http://platform");
    while let Some(at) = text.find("name=\"csrf\" value=\"") {
        let end = at + 19 + text[at + 19..].find('"').unwrap();
        text.replace_range(at..=end, "name=\"csrf\"");
    }
    let mut settled = String::new();
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        settled.push_str(&without_uuids(line));
        settled.push('\n');
    }
    settled
}

fn without_uuids(line: &str) -> String {
    let mut text = line.to_owned();
    let mut at = 0;
    while at + 36 <= text.len() {
        let found = text.get(at..at + 36).is_some_and(|candidate| {
            candidate.as_bytes()[8] == b'-' && kit::Uuid::parse_str(candidate).is_ok()
        });
        if found && text.get(at..at + 36) != Some(ORGANIZATION) {
            text.replace_range(at..at + 36, "ID");
        }
        at += 1;
        while !text.is_char_boundary(at.min(text.len())) {
            at += 1;
        }
    }
    text
}

kit_test::both_databases! {
    async fn the_cards_show_each_state_in_words(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        world.authorize(customer, IntegrationKey::CallControl).await;
        world.authorizations.check(&world.admin, customer, IntegrationKey::UsersSynch).await.unwrap();
        world.begin(customer, IntegrationKey::Presence).await;
        world.platform.kill_everything();
        world.authorizations.client_for(customer, IntegrationKey::CallControl).await.unwrap().me().await.unwrap_err();
        let shown = page(&world.app, &format!("/customers/{customer}")).await;
        assert_eq!(shown.status, 200);
        insta::assert_snapshot!("cards", settled(&shown.body, &world));
    }

    async fn see_how_has_the_ids_to_copy_and_the_way_to_control_hub(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let shown = page(&world.app, &format!("/customers/{customer}/authorizations/call-analytics/see-how")).await;
        let client_id = world::client_id(IntegrationKey::CallAnalytics);
        for wanted in [
            format!("data-copy=\"{client_id}\""),
            format!("data-copy=\"{}\"", webex::application_id(&client_id)),
            format!("/apps/integrations?q={client_id}"),
            "Webex Calling Detailed Call History API access".to_owned(),
        ] {
            assert!(shown.body.contains(&wanted), "{wanted} is not in {}", shown.body);
        }
    }

    async fn a_check_asks_and_says_what_was_answered(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        for key in [IntegrationKey::UsersSynch, IntegrationKey::Presence, IntegrationKey::CallControl, IntegrationKey::CallAnalytics, IntegrationKey::SingleSignOn] {
            world.authorize(customer, key).await;
        }
        let check = async |key| world.authorizations.check(&world.admin, customer, key).await.unwrap();
        assert_eq!(check(IntegrationKey::UsersSynch).await.outcome(), CheckOutcome::Passed);
        assert_eq!(check(IntegrationKey::Presence).await.outcome(), CheckOutcome::Passed);
        assert_eq!(check(IntegrationKey::SingleSignOn).await.outcome(), CheckOutcome::Passed);
        // This platform has neither calls nor call records: that is not known to be wrong.
        assert_eq!(check(IntegrationKey::CallControl).await.outcome(), CheckOutcome::Doubtful);
        assert_eq!(check(IntegrationKey::CallAnalytics).await.outcome(), CheckOutcome::Doubtful);

        let grant = world.authorizations.grant(customer, IntegrationKey::CallControl).await.unwrap().unwrap();
        assert_eq!(grant.state, GrantState::Active);

        world.platform.behaviour().shares_presence = false;
        let report = check(IntegrationKey::Presence).await;
        assert_eq!(report.outcome(), CheckOutcome::Failed);
        assert!(report.worst().unwrap().answered.contains("switched off sharing of presence"));
        let grant = world.authorizations.grant(customer, IntegrationKey::Presence).await.unwrap().unwrap();
        assert!(matches!(grant.state, GrantState::Degraded { .. }));
        world.platform.behaviour().shares_presence = true;
        check(IntegrationKey::Presence).await;
        let grant = world.authorizations.grant(customer, IntegrationKey::Presence).await.unwrap().unwrap();
        assert_eq!(grant.state, GrantState::Active);

        world.platform.behaviour().roles.clear();
        assert!(check(IntegrationKey::UsersSynch).await.worst().unwrap().answered.contains("no Full Administrator any more"));
        world.platform.kill_everything();
        let report = check(IntegrationKey::UsersSynch).await;
        assert_eq!(report.outcome(), CheckOutcome::Failed);
        assert!(world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap().state.is_dead());
    }

    async fn a_check_gives_a_dead_authorization_another_chance_and_believes_a_second_no(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let key = IntegrationKey::UsersSynch;
        world.authorize(customer, key).await;
        world.platform.kill_access_tokens();
        world.platform.behaviour().refresh_error = Some((400, serde_json::json!({ "error": "invalid_request" })));
        world.authorizations.client_for(customer, key).await.unwrap().me().await.unwrap_err();
        let died = world.authorizations.grant(customer, key).await.unwrap().unwrap().state;
        world.pass(Duration::from_secs(3600)).await;
        assert_eq!(world.authorizations.check(&world.admin, customer, key).await.unwrap().outcome(), CheckOutcome::Failed);
        assert_eq!(world.authorizations.grant(customer, key).await.unwrap().unwrap().state.since(), died.since());
        world.platform.behaviour().refresh_error = Some((503, serde_json::json!({})));
        world.authorizations.check(&world.admin, customer, key).await.unwrap();
        assert!(world.authorizations.grant(customer, key).await.unwrap().unwrap().state.is_dead(), "no answer is no news");
        world.platform.behaviour().refresh_error = None;
        assert_eq!(world.authorizations.check(&world.admin, customer, key).await.unwrap().outcome(), CheckOutcome::Passed);
        assert_eq!(world.authorizations.grant(customer, key).await.unwrap().unwrap().state, GrantState::Active);
    }

    async fn refusals_have_pages_of_their_own(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let begin = format!("/customers/{customer}/authorizations/presence/authorize");
        let away = SentAway::new(post(&world.app, &begin, &csrf, &[]).await.location().parse().unwrap());
        let issuer: String = url::form_urlencoded::byte_serialize(world.platform.base.as_bytes()).collect();
        let denied = page(&world.app, &format!("/authorizations/callback?error=access_denied&state={}&iss={issuer}", away.state())).await;
        assert_eq!(denied.status, 400);
        assert!(denied.body.contains("<h1>The permission was declined</h1>"));
        assert!(denied.body.contains(&webex::application_id(&world::client_id(IntegrationKey::Presence))));
        let away = SentAway::new(post(&world.app, &begin, &csrf, &[]).await.location().parse().unwrap());
        let wrong = format!("/authorizations/callback?error=%3Cscript%3E&error_description=%3Cb%3Esaid&state={}&iss={issuer}", away.state());
        let script = page(&world.app, &wrong).await;
        assert!(script.body.contains("said") && !script.body.contains("<script>") && !script.body.contains("<b>"));
        let planted = page(&world.app, "/authorizations/callback?error=x&error_description=Call+0800+now").await;
        assert!(!planted.body.contains("0800"), "words that belong to no request are not shown");
        let unknown = page(&world.app, "/authorizations/callback?code=x&state=y").await;
        assert!(unknown.body.contains("<h1>This answer belongs to no request</h1>"));

        let away = SentAway::new(post(&world.app, &begin, &csrf, &[]).await.location().parse().unwrap());
        let back = world.way_back(&away);
        let foreign = page(&world.app.other_browser(), &back).await;
        assert_eq!(foreign.status, 403);
        assert!(foreign.body.contains("<h1>This was begun in another browser</h1>"));
        assert!(!foreign.body.contains(&customer.to_string()), "a stranger learns nothing about the customer");
        world.platform.behaviour().roles.clear();
        let lesser = page(&world.app, &back).await;
        assert!(lesser.body.contains("<h1>You are not a Full Administrator</h1>"));
        let again = page(&world.app, &back).await;
        assert!(again.body.contains("<h1>You came back a second time</h1>"));
    }

    async fn a_form_without_the_token_of_its_page_begins_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let begin = format!("/customers/{customer}/authorizations/presence/authorize");
        assert_eq!(post(&world.app, &begin, "guessed", &[]).await.status, 403);
        assert_eq!(world.app.get(&begin).header("x-test-actor", "admin").send().await.status, 405);
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let unknown = world.app.post(&begin).form(&[("csrf", &csrf)]).send().await;
        assert_eq!(unknown.location(), "/sign-in");
    }

    async fn an_operator_checks_and_a_viewer_looks_and_neither_authorizes(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let other = world.customer("Fabrikam", None).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let base = format!("/customers/{customer}/authorizations/users-synch");
        for (role, check, authorize, invite) in [("customer_manager", 303, 303, 200), ("operator", 303, 403, 403), ("viewer", 403, 403, 403)] {
            let actor = format!("{role}@{customer}");
            let send = async |path: &str| world.app.post(path).header("x-test-actor", &actor).form(&[("csrf", &csrf)]).send().await.status.as_u16();
            let show = async |path: &str| world.app.get(path).header("x-test-actor", &actor).send().await.status.as_u16();
            assert_eq!(send(&format!("{base}/check")).await, check, "{role}");
            assert_eq!(send(&format!("{base}/authorize")).await, authorize, "{role}");
            assert_eq!(show(&format!("/customers/{customer}/invitations/new")).await, invite, "{role}");
            assert_eq!(show(&format!("/customers/{customer}")).await, 200, "{role}");
            assert_eq!(show(&format!("/customers/{other}")).await, 404, "{role} sees another customer");
            assert_eq!(send(&format!("/customers/{other}/authorizations/users-synch/authorize")).await, 404, "{role} authorizes another customer");
        }
    }

    async fn an_invited_admin_authorizes_all_five_in_one_sitting_and_nothing_else(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let keys = ["users-synch", "presence", "call-control", "call-analytics", "single-sign-on"];
        let mut form = vec![("recipient", "ada@contoso.example"), ("days", "7"), ("max_uses", "20")];
        form.extend(keys.iter().map(|key| ("integration", *key)));
        let made = post(&world.app, &format!("/customers/{customer}/invitations"), &csrf, &form).await;
        let link = made.body.split("id=\"invitation-link\">").nth(1).unwrap().split('<').next().unwrap().replace("&#38;", "&");
        assert!(link.starts_with("http://localhost:8090/invitations/"), "{link}");

        let guest = world.app.other_browser();
        let (address, _) = link.split_once('?').unwrap();
        assert_eq!(guest.get(address).send().await.status, 404, "without its secret the link is nothing");
        let arrived = guest.get(&link).send().await;
        let here = arrived.location().to_owned();
        assert!(!here.contains("key="), "the secret leaves the address bar");
        let mut shown = guest.get(&here).send().await;
        assert!(shown.body.contains("0 of 5") && shown.body.contains("<h1>Authorize integrations for Contoso</h1>"), "{}", shown.body);
        assert_eq!(guest.get(&format!("/customers/{customer}")).send().await.status, 303, "a guest sees no page of the Suite");
        for (index, key) in keys.iter().enumerate() {
            let csrf = shown.field("csrf");
            let away = guest.post(&format!("{here}/authorize/{key}")).form(&[("csrf", &csrf)]).send().await;
            let sent = SentAway::new(away.location().parse().unwrap());
            let back = guest.get(&world.way_back(&sent)).send().await;
            assert_eq!(back.location(), format!("{here}?done={key}"));
            shown = guest.get(back.location()).send().await;
            assert!(shown.body.contains(&format!("{} of 5", index + 1)), "{}", shown.body);
        }
        assert!(shown.body.contains("<h1>All 5 integrations are authorized</h1>"));
        let grant = world.authorizations.grant(customer, IntegrationKey::Presence).await.unwrap().unwrap();
        assert_eq!(grant.authorized_via, "Invitation for ada@contoso.example");

        let id = here.rsplit('/').next().unwrap();
        let revoked = post(&world.app, &format!("/customers/{customer}/invitations/{id}/revoke"), &csrf, &[]).await;
        assert_eq!(revoked.location(), format!("/customers/{customer}?outcome=revoked"));
        assert_eq!(guest.get(&here).send().await.status, 410);
        let customer_page = page(&world.app, &format!("/customers/{customer}")).await;
        assert!(customer_page.body.contains("Taken back") && customer_page.body.contains("5 of 20"));
        let query = suite_tenancy::AuditQuery { search: "invitation.made".to_owned(), limit: 1, ..suite_tenancy::AuditQuery::default() };
        let (lines, _) = world.tenancy.audit_trail(&world.admin, &query).await.unwrap();
        assert!(lines[0].detail.ends_with("Single sign-on; ends after 7 days; 20 uses."), "{}", lines[0].detail);
    }

    async fn an_invitation_is_bounded_in_time_in_uses_and_in_what_it_names(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let new = NewInvitation { max_uses: 1, ..NewInvitation::usual("Ada", vec![IntegrationKey::UsersSynch]) };
        let (invitation, link) = world.authorizations.invite(&world.admin, customer, new).await.unwrap();
        let guest = world.app.other_browser();
        let here = guest.get(link.expose_secret()).send().await.location().to_owned();
        let csrf = guest.get(&here).send().await.field("csrf");
        let begin = async |key: &str| guest.post(&format!("{here}/authorize/{key}")).form(&[("csrf", &csrf)]).send().await;
        assert_eq!(begin("presence").await.status, 404, "it names another integration only");
        let sent = SentAway::new(begin("users-synch").await.location().parse().unwrap());
        assert_eq!(begin("users-synch").await.status, 410, "it was used as often as it may be");
        let back = world.way_back(&sent);
        world.authorizations.revoke_invitation(&world.admin, customer, invitation.id).await.unwrap();
        assert_eq!(guest.get(&back).send().await.status, 403, "taken back while the person was at the platform");
        assert!(world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().is_none());

        let (_, link) = world.authorizations.invite(&world.admin, customer, NewInvitation::usual("Ada", vec![IntegrationKey::UsersSynch])).await.unwrap();
        world.pass(Duration::from_secs(8 * 24 * 3600)).await;
        assert_eq!(world.app.other_browser().get(link.expose_secret()).send().await.status, 410);
        let endless = NewInvitation { life: Duration::from_secs(400 * 24 * 3600), ..NewInvitation::usual("Ada", vec![IntegrationKey::UsersSynch]) };
        assert!(world.authorizations.invite(&world.admin, customer, endless).await.is_err());
    }

    async fn a_form_with_a_mistake_comes_back_with_what_was_typed(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let path = format!("/customers/{customer}/invitations");
        let form = [("recipient", "Ada <ada@contoso.example>"), ("days", "soon"), ("max_uses", "20"), ("integration", "presence")];
        let shown = post(&world.app, &path, &csrf, &form).await;
        assert_eq!(shown.status, 400);
        assert!(shown.body.contains("“soon” is not a number of days"), "{}", shown.body);
        assert!(shown.body.contains("value=\"presence\" checked") && !shown.body.contains("value=\"users-synch\" checked"));
        assert_eq!(shown.field("recipient").replace("&#60;", "<").replace("&#62;", ">"), "Ada <ada@contoso.example>");
        assert!(world.authorizations.invitations(&world.admin, customer).await.unwrap().is_empty());
    }
}
