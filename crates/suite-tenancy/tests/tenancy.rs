//! Who gets in, who may do what, and what is written down about it; on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

use std::sync::Arc;
use std::time::Duration;

use kit::{ExposeSecret as _, Kind, ManualClock, SecretString, SystemRandomness, Timestamp};
use kit_sql::Database;
use kit_web::PublicUrl;
use suite_tenancy::{
    Action, Actor, AuditQuery, CustomerSearch, FirstAdministrator, NewPrincipal, PrincipalState, Role,
    RoleAssignment, SignedIn, Tenancy,
};

struct World {
    tenancy: Tenancy,
    clock: ManualClock,
    first: FirstAdministrator,
}

const HERE: &str = "192.0.2.1";

impl World {
    async fn new(database: &Database) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
        let tenancy = Tenancy::new(
            database.clone(),
            Arc::new(clock.clone()),
            Arc::new(SystemRandomness),
            public_url,
        );
        tenancy.migrate().await.unwrap();
        let first = tenancy
            .ensure_first_administrator()
            .await
            .unwrap()
            .expect("the first start makes one");
        Self {
            tenancy,
            clock,
            first,
        }
    }

    async fn sign_in(&self, password: &str, source: &str) -> kit::Result<SignedIn> {
        self.tenancy
            .sign_in(
                &self.first.email,
                &SecretString::from(password),
                source,
                "Firefox",
            )
            .await
    }

    async fn administrator(&self) -> Actor {
        let signed_in = self
            .sign_in(self.first.password.expose_secret(), HERE)
            .await
            .unwrap();
        self.actor(&signed_in).await.unwrap()
    }

    async fn actor(&self, signed_in: &SignedIn) -> Option<Actor> {
        self.tenancy
            .session(signed_in.token.expose_secret())
            .await
            .unwrap()
    }

    /// A user with one role, signed in.
    async fn user(&self, admin: &Actor, name: &str, assignment: RoleAssignment) -> (Actor, SignedIn) {
        let email = format!("{}@suite.example", name.to_lowercase());
        let new = NewPrincipal {
            name: name.to_owned(),
            email: email.clone(),
            assignment,
        };
        let (_, password) = self.tenancy.add_principal(admin, new).await.unwrap();
        let signed_in = self
            .tenancy
            .sign_in(&email, &password, HERE, "Firefox")
            .await
            .unwrap();
        (self.actor(&signed_in).await.unwrap(), signed_in)
    }
}

kit_test::both_databases! {
    async fn the_first_start_makes_one_administrator_and_no_other_does(database: Database) {
        let world = World::new(&database).await;
        assert!(world.tenancy.ensure_first_administrator().await.unwrap().is_none());
        assert_eq!(world.first.password.expose_secret().len(), 20);
        let admin = world.administrator().await;
        assert!(admin.may(Action::ManagePrincipals, None));
        let shown = format!("{:?}", world.first);
        assert!(!shown.contains(world.first.password.expose_secret()), "a password prints as dots: {shown}");
        let kept = kit_sql::sql("SELECT password_hash FROM principal").one(&database).await.unwrap().text("password_hash").unwrap();
        assert!(kept.starts_with("$argon2id$"));
    }

    async fn several_first_starts_at_once_make_one_administrator(database: Database) {
        let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
        let clock = ManualClock::at(Timestamp::from_millis(0));
        let tenancy = Tenancy::new(database.clone(), Arc::new(clock), Arc::new(SystemRandomness), public_url);
        tenancy.migrate().await.unwrap();
        let starts: Vec<_> = (0..4).map(|_| { let tenancy = tenancy.clone(); tokio::spawn(async move { tenancy.ensure_first_administrator().await }) }).collect();
        let mut made = 0;
        for start in starts {
            // Who comes second at the same moment is refused by the unique address, or finds somebody there.
            made += usize::from(matches!(start.await.unwrap(), Ok(Some(_))));
        }
        assert_eq!(made, 1);
    }

    async fn a_session_ends_by_sign_out_by_idleness_and_by_age(database: Database) {
        let world = World::new(&database).await;
        let password = world.first.password.expose_secret().to_owned();
        let signed_in = world.sign_in(&password, HERE).await.unwrap();
        assert!(world.actor(&signed_in).await.is_some());
        let kept = kit_sql::sql("SELECT token_hash FROM session").one(&database).await.unwrap().text("token_hash").unwrap();
        assert_ne!(kept, signed_in.token.expose_secret(), "a token is kept as its hash");
        world.tenancy.sign_out(signed_in.token.expose_secret()).await.unwrap();
        assert!(world.actor(&signed_in).await.is_none());

        let idle = world.sign_in(&password, HERE).await.unwrap();
        world.clock.advance(Duration::from_secs(13 * 3600)).await;
        assert!(world.actor(&idle).await.is_none(), "nobody used it for half a day");

        let busy = world.sign_in(&password, HERE).await.unwrap();
        for _ in 0..15 {
            world.clock.advance(Duration::from_secs(11 * 3600)).await;
            assert!(world.actor(&busy).await.is_some());
        }
        world.clock.advance(Duration::from_secs(4 * 3600)).await;
        assert!(world.actor(&busy).await.is_none(), "a week is the end however busy it was");
        assert!(world.tenancy.session("").await.unwrap().is_none());
    }

    async fn wrong_passwords_lock_the_account_for_their_source_and_nobody_else(database: Database) {
        let world = World::new(&database).await;
        let password = world.first.password.expose_secret().to_owned();
        for _ in 0..5 {
            let refused = world.sign_in("not the password", "198.51.100.9").await.unwrap_err();
            assert_eq!(*refused.kind(), Kind::Unauthenticated);
        }
        let locked = world.sign_in(&password, "198.51.100.9").await.unwrap_err();
        assert!(matches!(locked.kind(), Kind::TooMany(wait) if *wait == Duration::from_secs(30)), "{locked:?}");
        assert!(world.sign_in(&password, HERE).await.is_ok(), "another source is not locked out");
        world.clock.advance(Duration::from_secs(31)).await;
        world.sign_in("wrong again", "198.51.100.9").await.unwrap_err();
        let longer = world.sign_in(&password, "198.51.100.9").await.unwrap_err();
        assert!(matches!(longer.kind(), Kind::TooMany(wait) if *wait == Duration::from_secs(60)), "{longer:?}");
        world.clock.advance(Duration::from_secs(61)).await;
        assert!(world.sign_in(&password, "198.51.100.9").await.is_ok());
        world.sign_in("wrong", "198.51.100.9").await.unwrap_err();
        assert!(world.sign_in(&password, "198.51.100.9").await.is_ok(), "the right password forgave what came before");
    }

    async fn tries_at_once_count_as_many(database: Database) {
        let world = World::new(&database).await;
        let tries: Vec<_> = (0..12)
            .map(|_| {
                let (tenancy, email) = (world.tenancy.clone(), world.first.email.clone());
                tokio::spawn(async move { tenancy.sign_in(&email, &SecretString::from("guess"), "198.51.100.9", "").await.unwrap_err() })
            })
            .collect();
        let mut looked_at = 0;
        for one in tries {
            looked_at += usize::from(*one.await.unwrap().kind() == Kind::Unauthenticated);
        }
        assert_eq!(looked_at, 5, "only five guesses were compared with the password");
    }

    async fn unknown_and_disabled_accounts_are_told_the_same(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        let (user, signed_in) = world.user(&admin, "Vera", RoleAssignment { role: Role::Viewer, customer: None }).await;
        world.tenancy.set_principal_state(&admin, user.principal_id, PrincipalState::Disabled).await.unwrap();
        assert!(world.actor(&signed_in).await.is_none(), "a disabled user is out at once");
        let wrong = SecretString::from("some password");
        let unknown = world.tenancy.sign_in("nobody@suite.example", &wrong, HERE, "").await.unwrap_err();
        let disabled = world.tenancy.sign_in("vera@suite.example", &wrong, HERE, "").await.unwrap_err();
        assert_eq!((unknown.kind(), unknown.public()), (disabled.kind(), disabled.public()));
        world.tenancy.set_principal_state(&admin, user.principal_id, PrincipalState::Active).await.unwrap();
        assert!(world.actor(&signed_in).await.is_none(), "and does not come back by being enabled");
    }

    async fn a_changed_password_ends_every_other_session(database: Database) {
        let world = World::new(&database).await;
        let password = world.first.password.expose_secret().to_owned();
        let (here, there) = (world.sign_in(&password, HERE).await.unwrap(), world.sign_in(&password, "192.0.2.2").await.unwrap());
        let actor = world.actor(&here).await.unwrap();
        assert_eq!(world.tenancy.sessions(&actor).await.unwrap().len(), 2);
        let (current, new) = (SecretString::from(password.clone()), SecretString::from("a long enough sentence"));
        let wrong = world.tenancy.change_password(&actor, &SecretString::from("nope"), &new).await.unwrap_err();
        assert!(wrong.public().contains("present password"));
        let short = world.tenancy.change_password(&actor, &current, &SecretString::from("short")).await.unwrap_err();
        assert!(short.public().contains("12 to 200"));
        world.tenancy.change_password(&actor, &current, &new).await.unwrap();
        assert!(world.actor(&here).await.is_some() && world.actor(&there).await.is_none());
        assert!(world.sign_in(&password, HERE).await.is_err());
        assert!(world.sign_in("a long enough sentence", HERE).await.is_ok());
    }

    async fn the_last_administrator_stays_and_nobody_disables_themselves(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        let own = world.tenancy.set_principal_state(&admin, admin.principal_id, PrincipalState::Disabled).await.unwrap_err();
        assert_eq!(*own.kind(), Kind::Conflict);
        let last = world.tenancy.set_principal_state(&Actor::system("Terminal"), admin.principal_id, PrincipalState::Disabled).await.unwrap_err();
        assert!(last.public().contains("last active administrator"), "{last:?}");
        assert_eq!(world.tenancy.principals(&admin).await.unwrap()[0].state, PrincipalState::Active, "what was refused was not done");
        let twice = NewPrincipal { name: "A".into(), email: admin.email.to_uppercase(), assignment: RoleAssignment { role: Role::Viewer, customer: None } };
        assert_eq!(*world.tenancy.add_principal(&admin, twice).await.unwrap_err().kind(), Kind::Conflict);
    }

    async fn administrators_who_disable_each_other_at_once_do_not_both_succeed(database: Database) {
        let world = World::new(&database).await;
        let first = world.administrator().await;
        let everywhere = RoleAssignment { role: Role::Administrator, customer: None };
        let (second, _) = world.user(&first, "Second", everywhere).await;
        for _ in 0..10 {
            let (one, other) = tokio::join!(
                world.tenancy.set_principal_state(&first, second.principal_id, PrincipalState::Disabled),
                world.tenancy.set_principal_state(&second, first.principal_id, PrincipalState::Disabled),
            );
            assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
            for administrator in [&first, &second] {
                world.tenancy.set_principal_state(&Actor::system("Terminal"), administrator.principal_id, PrincipalState::Active).await.unwrap();
            }
        }
    }

    async fn customers_have_one_name_and_one_organization(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        let uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let contoso = world.tenancy.add_customer(&admin, " Contoso  Ltd ", uuid).await.unwrap();
        assert_eq!((contoso.name.as_str(), contoso.organization_id.as_deref()), ("Contoso Ltd", Some(uuid)));
        let same_name = world.tenancy.add_customer(&admin, "CONTOSO ltd", "").await.unwrap_err();
        assert!(same_name.public().contains("already"), "{same_name:?}");
        let same_organization = world.tenancy.add_customer(&admin, "Other", &contoso.public_organization_id().unwrap()).await.unwrap_err();
        assert!(same_organization.public().contains("Contoso Ltd"), "{same_organization:?}");
        let wrong = world.tenancy.add_customer(&admin, "Other", "not an id").await.unwrap_err();
        assert_eq!(*wrong.kind(), Kind::Invalid);
        world.tenancy.rename_customer(&admin, contoso.id, "Fabrikam").await.unwrap();
        assert_eq!(world.tenancy.customer(&admin, contoso.id).await.unwrap().name, "Fabrikam");
        let search = CustomerSearch { text: "brik".into(), limit: 10, offset: 0 };
        assert_eq!(world.tenancy.search_customers(&admin, &search).await.unwrap().1, 1);
        let by_organization = CustomerSearch { text: uuid.into(), limit: 10, offset: 0 };
        assert_eq!(world.tenancy.search_customers(&admin, &by_organization).await.unwrap().1, 1);
        let nothing = CustomerSearch { text: "100%".into(), limit: 10, offset: 0 };
        assert_eq!(world.tenancy.search_customers(&admin, &nothing).await.unwrap().1, 0, "a percent sign is a percent sign");
    }

    async fn an_organization_is_pinned_once_and_for_all(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        let customer = world.tenancy.add_customer(&admin, "Contoso", "").await.unwrap();
        let pins: Vec<_> = (1..=6_u128)
            .map(|number| {
                let (tenancy, admin, id) = (world.tenancy.clone(), admin.clone(), customer.id);
                tokio::spawn(async move { tenancy.pin_organization(&admin, id, &kit::Uuid::from_u128(number).to_string()).await })
            })
            .collect();
        let mut pinned = 0;
        for pin in pins {
            pinned += usize::from(pin.await.unwrap().is_ok());
        }
        assert_eq!(pinned, 1, "of many at once one wins");
        let known = world.tenancy.customer(&admin, customer.id).await.unwrap().organization_id.unwrap();
        world.tenancy.pin_organization(&admin, customer.id, &known).await.unwrap();
        let guest = Actor::invited("Invitation", customer.id);
        assert!(world.tenancy.pin_organization(&guest, customer.id, &known).await.is_ok(), "a guest may pin, and see, the one customer");
        assert!(world.tenancy.customer(&guest, customer.id).await.is_ok());
        let other = world.tenancy.add_customer(&admin, "Other", "").await.unwrap();
        assert!(world.tenancy.pin_organization(&guest, other.id, &known).await.is_err());
        assert!(world.tenancy.customer(&guest, other.id).await.is_err());
        let guest_of_other = Actor::invited("Invitation", other.id);
        let hidden = world.tenancy.pin_organization(&guest_of_other, other.id, &known).await.unwrap_err();
        assert!(*hidden.kind() == Kind::Conflict && !hidden.public().contains("Contoso"), "a guest learns no other customer's name: {hidden:?}");
        let taken = world.tenancy.pin_organization(&admin, other.id, &known).await.unwrap_err();
        assert!(taken.public().contains("Contoso"), "{taken:?}");
    }

    async fn a_role_for_one_customer_sees_that_customer_and_its_audit_trail_only(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        let contoso = world.tenancy.add_customer(&admin, "Contoso", "").await.unwrap();
        let fabrikam = world.tenancy.add_customer(&admin, "Fabrikam", "").await.unwrap();
        let (manager, _) = world.user(&admin, "Mara", RoleAssignment { role: Role::CustomerManager, customer: Some(contoso.id) }).await;
        let (operator, _) = world.user(&admin, "Otto", RoleAssignment { role: Role::Operator, customer: Some(contoso.id) }).await;
        for actor in [&manager, &operator] {
            let names: Vec<_> = world.tenancy.customers(actor).await.unwrap().into_iter().map(|customer| customer.name).collect();
            assert_eq!(names, ["Contoso"]);
            assert_eq!(*world.tenancy.customer(actor, fabrikam.id).await.unwrap_err().kind(), Kind::NotFound);
            assert_eq!(*world.tenancy.rename_customer(actor, fabrikam.id, "X").await.unwrap_err().kind(), Kind::NotFound);
            assert_eq!(*world.tenancy.add_customer(actor, "X", "").await.unwrap_err().kind(), Kind::Forbidden);
            assert_eq!(*world.tenancy.principals(actor).await.unwrap_err().kind(), Kind::Forbidden);
        }
        world.tenancy.rename_customer(&manager, contoso.id, "Contoso Group").await.unwrap();
        assert!(world.tenancy.rename_customer(&operator, contoso.id, "X").await.is_err());
        let (entries, _) = world.tenancy.audit_trail(&manager, &AuditQuery { limit: 100, ..AuditQuery::default() }).await.unwrap();
        assert!(!entries.is_empty() && entries.iter().all(|entry| entry.customer == Some(contoso.id)), "{entries:?}");
        assert!(entries.iter().any(|entry| entry.verb == "customer.renamed" && entry.actor_name == "Mara"));
        assert!(world.tenancy.audit_trail(&operator, &AuditQuery { limit: 10, ..AuditQuery::default() }).await.is_err());
        let elsewhere = AuditQuery { customer: Some(fabrikam.id), limit: 10, ..AuditQuery::default() };
        assert!(world.tenancy.audit_trail(&manager, &elsewhere).await.is_err());
    }

    async fn the_audit_trail_is_read_page_by_page_and_searched(database: Database) {
        let world = World::new(&database).await;
        let admin = world.administrator().await;
        for number in 0..7 {
            // Several within one millisecond: the pages must not lose any.
            world.tenancy.add_customer(&admin, &format!("Kunde Übung {number}"), "").await.unwrap();
        }
        let mut query = AuditQuery { limit: 3, search: "ubung".into(), ..AuditQuery::default() };
        let mut subjects = Vec::new();
        loop {
            let (entries, next) = world.tenancy.audit_trail(&admin, &query).await.unwrap();
            subjects.extend(entries.into_iter().map(|entry| entry.subject));
            let Some(next) = next else { break };
            query.before = next;
        }
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), 7);
        query.before = "nonsense".into();
        assert_eq!(*world.tenancy.audit_trail(&admin, &query).await.unwrap_err().kind(), Kind::Invalid);
    }
}
