//! The administrators' pages, as a browser meets them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::sync::Arc;

use hub_directory::PersonId;
use hub_directory::seed::NamedPerson;
use kit_test::App;
use support::{Passwords, World};
use webex::Role;

async fn body(app: &App, path: &str) -> String {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

fn names(body: &str) -> Vec<String> {
    body.split("class=\"row-link\"")
        .skip(1)
        .map(|rest| rest[rest.find('>').unwrap() + 1..rest.find('<').unwrap()].replace("&#39;", "'"))
        .collect()
}

/// Sends the form of a page back with these values.
async fn send(app: &App, page: &str, action: &str, fields: &[(&str, &str)]) -> kit_test::Answer {
    let csrf = app.get(page).send().await.field("csrf");
    let mut fields = fields.to_vec();
    fields.push(("csrf", &csrf));
    app.post(action).form(&fields).send().await
}

async fn signed_in(world: &World, part: NamedPerson) -> App {
    world.app(Some(world.session(part).await))
}

kit_test::both_databases! {
    async fn people_are_listed_by_name_in_pages(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let first = body(&admin, "/users").await;
        assert!(first.contains("1–50 of 60") && first.contains("page=2"), "{first}");
        let second = body(&admin, "/users?page=2").await;
        assert!(second.contains("51–60 of 60"));
        let mut all = names(&first);
        all.extend(names(&second));
        let mut sorted = all.clone();
        sorted.sort_by_key(|name| kit::search_key(name));
        assert_eq!(all, sorted);
        assert_eq!(all.len(), 60);
        // A page that was left behind shows the last one there is.
        assert!(body(&admin, "/users?page=99").await.contains("51–60 of 60"));
        for nothing in ["/users?q=nobodyatall&page=18446744073709551615", "/users?page=18446744073709551615", "/users?page=0"] {
            body(&admin, nothing).await;
        }
    }

    async fn people_are_found_by_parts_of_what_is_known_of_them(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let number = heidi.number.unwrap().to_string();
        let spelled = format!("{}-{}", &number[number.len() - 7..number.len() - 4], &number[number.len() - 4..]);
        for text in ["harp", "HEIDI harper", "heidi.harper@", &number[1..], &spelled, "customer heidi"] {
            let query = url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            assert!(names(&body(&admin, &format!("/users?q={query}")).await).contains(&"Heidi Harper".to_owned()), "{text}");
        }
        assert_eq!(names(&body(&admin, "/users?q=soren").await), ["Søren Kjær"]);
        let none = body(&admin, "/users?q=%25zzz%3Cb%3E").await;
        assert!(none.contains("Nobody matches “%zzz") && !none.contains("<b>"), "{none}");
    }

    async fn people_are_filtered_by_role_and_status(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        assert_eq!(names(&body(&admin, "/users?role=id_full_admin").await), ["Alex Morgan", "Integrations Service", "Priya Raman"]);
        assert_eq!(names(&body(&admin, "/users?status=inactive").await), ["Dieter Krause"]);
        assert_eq!(names(&body(&admin, "/users?status=pending").await), ["Mai Nguyễn"]);
        assert!(body(&admin, "/users?status=active").await.contains("of 58"));
        assert!(body(&admin, "/users?role=id_full_admin&status=inactive").await.contains("Nobody matches these filters"));
    }

    async fn one_person_is_shown_with_everything(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let page = body(&admin, &format!("/users/{}", world.id_of(NamedPerson::HeidiHarper))).await;
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let number = heidi.number.unwrap().to_string();
        for part in ["Heidi Harper", "heidi.harper@kestrelbay.example", "Boston Headquarters", "Webex Calling - Professional", &number, "Customer Service"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert_eq!(admin.get("/users/nonsense").send().await.status, 404);
    }

    async fn an_administrator_without_licences_is_made_and_their_password_shown_once(database: Database) {
        let world = World::new(&database).await;
        let passwords = Arc::new(Passwords::default());
        world.directory.with_initial_password(passwords.clone());
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let path = "/users/new/administrator";
        let fields = [("first_name", "Key"), ("last_name", "Keeper"), ("email", "Keys@kestrelbay.example")];
        let made = send(&admin, path, path, &fields).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let (id, password) = passwords.0.lock().unwrap()[0].clone();
        assert!(made.body.contains(&password) && made.header("cache-control") == Some("no-store"));
        assert_eq!(password.len(), 23);
        let account = world.directory.account_by_email("keys@kestrelbay.example").await.unwrap().unwrap();
        assert_eq!((account.person_id, account.roles), (id, vec![Role::FullAdministrator]));
        assert!(!body(&admin, &format!("/users/{id}")).await.contains(&password));
        let again = send(&admin, path, path, &fields).await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("belongs to another person") && again.body.contains("value=\"Keeper\""), "{}", again.body);
        // Somebody who may not give roles may not make one.
        let lesser = signed_in(&world, NamedPerson::UserAdmin).await;
        assert_eq!(lesser.get(path).send().await.status, 403);
        assert!(!body(&lesser, "/users").await.contains(path));
    }

    async fn without_a_keeper_of_passwords_nobody_is_made(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let path = "/users/new/administrator";
        let refused = send(&admin, path, path, &[("first_name", "Key"), ("email", "keys@kestrelbay.example")]).await;
        assert_eq!(refused.status, 503);
        assert_eq!(world.directory.account_by_email("keys@kestrelbay.example").await.unwrap(), None);
    }

    async fn a_person_is_added_with_calling_and_changed(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::UserAdmin).await;
        let professional = world.small.licenses[0].id.to_string();
        let location = world.small.locations[1].id.to_string();
        let incomplete = send(&admin, "/users/new", "/users/new", &[("first_name", "Ada"), ("license", &professional)]).await;
        assert_eq!(incomplete.status, 400);
        for problem in ["Give the e-mail address", "Choose the location", "needs a work number or an extension"] {
            assert!(incomplete.body.contains(problem), "{problem}");
        }
        let fields = [
            ("first_name", "Ada"), ("last_name", "Lovelace"), ("email", "ada@kestrelbay.example"), ("license", &professional),
            ("location", &location), ("extension", "7001"), ("mobile", "+44 7700 900123"),
        ];
        let made = send(&admin, "/users/new", "/users/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = body(&admin, made.location()).await;
        assert!(page.contains("The person was added.") && page.contains("Chicago Distribution Center") && page.contains("+447700900123"), "{page}");
        let edit = format!("{}/edit", made.location().split('?').next().unwrap());
        let form = body(&admin, &edit).await;
        assert!(form.contains("value=\"7001\"") && form.contains("cannot be changed while"));
        let fields = [("first_name", "Ada"), ("last_name", "King"), ("display_name", "Ada King"), ("email", "ada@kestrelbay.example"), ("license", &professional), ("extension", "7002")];
        let saved = send(&admin, &edit, &edit, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = body(&admin, saved.location()).await;
        assert!(page.contains("Ada King") && page.contains("7002") && !page.contains("+447700900123"));
    }

    async fn roles_are_given_and_taken(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let path = format!("/users/{}/roles", world.id_of(NamedPerson::HeidiHarper));
        let given = send(&admin, &path, &path, &[("role", "id_user_admin"), ("role", "atlas-portal.calling.cdr")]).await;
        assert_eq!(given.status, 303, "{}", given.body);
        let heidi = world.directory.account(world.id_of(NamedPerson::HeidiHarper)).await.unwrap().unwrap();
        assert_eq!(heidi.roles, [Role::UserAdministrator, Role::CallHistory]);
        assert!(body(&admin, given.location()).await.contains("The roles were changed."));
    }

    async fn the_last_full_admin_is_told_why_not(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        for part in [NamedPerson::SecondFullAdmin, NamedPerson::ServiceAdmin] {
            let path = format!("/users/{}/delete", world.id_of(part));
            assert!(body(&admin, &path).await.contains("There is no way back."));
            let deleted = send(&admin, &path, &path, &[]).await;
            assert_eq!(deleted.location(), "/users?done=deleted");
        }
        for action in ["delete", "deactivate", "roles"] {
            let path = format!("/users/{}/{action}", world.id_of(NamedPerson::FullAdmin));
            let refused = send(&admin, &path, &path, &[]).await;
            assert_eq!(refused.status, 409, "{action}");
            assert!(refused.body.contains("is the last Full Administrator who can sign in"), "{}", refused.body);
        }
    }

    async fn somebody_is_deactivated_and_let_in_again(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let id: PersonId = world.id_of(NamedPerson::KenAlvarez);
        let path = format!("/users/{id}/deactivate");
        let done = send(&admin, &path, &path, &[]).await;
        assert!(body(&admin, done.location()).await.contains("Deactivated"));
        assert!(!world.directory.account(id).await.unwrap().unwrap().login_enabled);
        let done = send(&admin, &format!("/users/{id}"), &format!("/users/{id}/activate"), &[]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(world.directory.account(id).await.unwrap().unwrap().login_enabled);
    }

    async fn a_form_without_its_token_does_nothing(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world, NamedPerson::FullAdmin).await;
        let id = world.id_of(NamedPerson::KenAlvarez);
        let refused = admin.post(&format!("/users/{id}/delete")).form(&[("csrf", "x")]).send().await;
        assert_eq!(refused.status, 403);
        assert!(world.directory.account(id).await.unwrap().is_some());
    }
}
