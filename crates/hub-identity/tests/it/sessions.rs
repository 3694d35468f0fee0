use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper};
use kit::{ExposeSecret as _, Kind};
use kit_sql::sql;

use crate::world::{ELSEWHERE, HERE, PASSWORD, World};

const HOUR: u64 = 3600;

kit_test::both_databases! {
    async fn a_session_is_kept_as_a_hash_and_knows_where_it_comes_from(database: Database) {
        let world = World::new(database).await;
        let sign_in = world.sign_in(FullAdmin).await;
        let token = sign_in.token.expose_secret();
        assert_eq!(token.len(), 64);
        let row = sql("SELECT token_hash FROM session").one(&world.database).await.unwrap();
        let stored = row.text("token_hash").unwrap();
        assert_ne!(stored, token);
        assert_eq!(stored, hub_identity::token_hash(token));
        let session = world.identity.session(token).await.unwrap().unwrap();
        assert_eq!((session.source.as_str(), session.user_agent.as_str()), (HERE, "Firefox/140.0 Linux"));
        assert_eq!(session.person_id, world.id(FullAdmin));
        assert!(world.identity.session("something else").await.unwrap().is_none());
        // Neither a session nor its secret says anything in a debug print.
        assert!(!format!("{sign_in:?}").contains(token));
    }

    async fn a_session_ends_after_twelve_idle_hours_and_after_seven_days(database: Database) {
        let world = World::new(database).await;
        let idle = world.sign_in(FullAdmin).await;
        world.wait(12 * HOUR - 1).await;
        assert!(world.lives(&idle).await);
        world.wait(12 * HOUR).await;
        assert!(!world.lives(&idle).await);
        let busy = world.sign_in(FullAdmin).await;
        for _ in 0..16 {
            world.wait(10 * HOUR).await;
            assert!(world.lives(&busy).await);
        }
        world.wait(8 * HOUR).await;
        assert!(!world.lives(&busy).await);
        assert!(world.identity.sweep().await.unwrap() >= 2);
    }

    async fn sessions_are_listed_and_ended_by_their_owner_only(database: Database) {
        let world = World::new(database).await;
        let one = world.sign_in(FullAdmin).await;
        let two = world.try_sign_in(FullAdmin, PASSWORD, ELSEWHERE).await.unwrap();
        let three = world.sign_in(FullAdmin).await;
        let heidis = world.sign_in(HeidiHarper).await;
        let listed = world.identity.sessions(world.id(FullAdmin)).await.unwrap();
        assert_eq!(listed.len(), 3);
        let foreign = world.identity.sign_out_session(world.id(FullAdmin), heidis.session.id).await.unwrap_err();
        assert_eq!(*foreign.kind(), Kind::NotFound);
        world.identity.sign_out_session(world.id(FullAdmin), two.session.id).await.unwrap();
        assert!(!world.lives(&two).await);
        assert_eq!(world.identity.sign_out_others(world.id(FullAdmin), one.session.id).await.unwrap(), 1);
        assert!(world.lives(&one).await && !world.lives(&three).await && world.lives(&heidis).await);
        world.identity.sign_out(one.token.expose_secret()).await.unwrap();
        assert!(!world.lives(&one).await);
    }
}
