//! Who uses what, counted, listed and ended: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub_directory::PersonId;
use hub_directory::seed::NamedPerson;
use hub_governance::{Existing, FIVE, ListQuery, Rule};
use hub_oauth::GateQuestion;
use support::{House, Window};

fn synch() -> String {
    FIVE[0].client_id()
}

async fn adoption(house: &House) -> i64 {
    house
        .governance
        .refresh_adoption(&house.full_admin())
        .await
        .unwrap();
    let query = ListQuery {
        search: synch(),
        ..ListQuery::default()
    };
    house
        .governance
        .integrations(&house.full_admin(), &query)
        .await
        .unwrap()
        .rows[0]
        .adoption
}

/// Authorizes Users' Synch by the way that people go.
async fn authorize(house: &House, person: PersonId) {
    let window = Window::open(house, person).await;
    let code = window.authorize(&synch()).await;
    let answer = window
        .app
        .post("/v1/access_token")
        .form(&[
            ("grant_type", "authorization_code"),
            ("client_id", &synch()),
            ("client_secret", &house.secret(&synch())),
            ("code", &code),
            ("redirect_uri", support::CALLBACK),
        ])
        .send()
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

kit_test::both_databases! {
    async fn adoption_counts_people_and_names_them_with_their_last_use(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        assert_eq!(adoption(&house).await, 0);
        authorize(&house, ursula.person_id).await;
        house.pass(60).await;
        authorize(&house, ursula.person_id).await;
        authorize(&house, rita.person_id).await;
        assert_eq!(adoption(&house).await, 2, "people, not authorizations");
        let (people, total) = house.governance.adopted_people(&admin, &synch(), 1).await.unwrap();
        assert_eq!((people.len(), total), (1, 2), "the panel shows some and says how many there are");
        let dialog = Window::open(&house, admin.person_id).await.get(&format!("/apps/integrations/{}/revoke", synch())).await.body;
        assert!(dialog.contains("2 people of your organization use it now"), "{dialog}");
        house.governance.revoke_access(&admin, &synch()).await.unwrap();
        assert_eq!(adoption(&house).await, 0);
    }

    async fn a_name_that_is_a_formula_is_text_in_the_file(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let ursula = house.account(NamedPerson::UserAdmin);
        authorize(&house, ursula.person_id).await;
        kit_sql::sql("UPDATE person SET display_name = '=HYPERLINK(\"http://evil.example\")' WHERE id = $1")
            .bind(ursula.person_id.uuid())
            .run(&house.database)
            .await
            .unwrap();
        let file = house.governance.adopted_people_csv(&admin, &synch()).await.unwrap();
        assert!(file.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{file}");
        assert!(file.contains(&ursula.email));
    }

    async fn narrowing_announces_each_grant_that_died_and_nothing_about_the_others(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        authorize(&house, ursula.person_id).await;
        authorize(&house, rita.person_id).await;
        let before = house.outbox().await.len();
        house.pass(60).await;
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &ursula.email, Existing::End).await.unwrap();
        let told = house.outbox().await.split_off(before);
        let blocked: Vec<&String> = told.iter().filter(|text| text.contains("integration-blocked")).collect();
        assert_eq!(blocked.len(), 1, "{told:#?}");
        assert!(blocked[0].contains(&rita.person_id.to_string()) && blocked[0].contains("grant"), "{blocked:#?}");
        assert_eq!(adoption(&house).await, 1, "hers lives on");
        let grants = house.oauth.grants_given_by(house.organization(), &synch(), &[ursula.person_id, rita.person_id]).await.unwrap();
        assert_eq!(grants.len(), 1);
        assert_eq!(grants[0].1, ursula.person_id);
    }

    async fn many_questions_at_once_are_answered_as_one_by_one(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let before = house.now();
        house.pass(5).await;
        house.governance.add_specific_users(&admin, &synch(), Rule::Block, &ursula.email, Existing::Spare).await.unwrap();
        house.governance.add_specific_users(&admin, &FIVE[1].client_id(), Rule::Allow, &rita.email, Existing::End).await.unwrap();
        house.governance.set_status(&admin, &FIVE[2].client_id(), Rule::Block, Existing::End).await.unwrap();
        house.pass(5).await;
        let mut questions = Vec::new();
        for entry in FIVE {
            for person in [ursula.person_id, rita.person_id, admin.person_id] {
                for granted_at in [before, house.now()] {
                    questions.push(GateQuestion { organization: house.organization(), person, client_id: entry.client_id(), granted_at });
                    let elsewhere = hub_directory::OrganizationId::new(kit::Uuid::nil());
                    questions.push(GateQuestion { organization: elsewhere, person, client_id: entry.client_id(), granted_at });
                }
            }
        }
        let gate = house.governance.gate();
        let together = gate.allows_each(&questions).await.unwrap();
        assert!(together.contains(&true) && together.contains(&false));
        for (question, answer) in questions.iter().zip(together) {
            let alone = gate.allows(question.organization, question.person, &question.client_id, question.granted_at).await.unwrap();
            assert_eq!(alone, answer, "{question:?}");
        }
    }
}
