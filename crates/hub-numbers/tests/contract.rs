//! What this slice promises the others, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::sync::Arc;

use hub_directory::Number;
use hub_directory::seed::NamedPerson;
use hub_numbers::{OwnerKind, Wanted};
use kit::Kind;
use support::{Released, World, wanted};
use webex::PhoneNumberKind;

kit_test::both_databases! {
    async fn an_owner_holds_exactly_what_it_was_given_last(database: Database) {
        let world = World::new(&database).await;
        let sales = world.hunt_group(0, "Sales");
        assert_eq!(world.held(sales.id).await, None);
        let (first, second, third) = (world.spare(0, 0), world.spare(0, 1), world.spare(0, 2));
        let extension = world.spare_extension(0, 100);
        let with_alternates = Wanted {
            alternates: vec![second.clone(), third.clone()],
            ..wanted(Some(&first), Some(&extension))
        };
        world.assign(&sales, &with_alternates).await.unwrap();
        let held = world.held(sales.id).await.unwrap();
        assert_eq!(held.number.as_deref(), Some(first.as_str()));
        assert_eq!(held.extension.as_deref(), Some(extension.as_str()));
        assert_eq!(held.esn, Some(format!("{}{extension}", world.place(0).routing_prefix)));
        assert_eq!(held.alternates, [second.clone(), third.clone()]);
        assert_eq!((held.kind, held.location_id, held.toll_free), (OwnerKind::HuntGroup, sales.location_id, false));
        // Swapped: the alternate becomes the number, the number an alternate.
        let swapped = Wanted { alternates: vec![first.clone()], ..wanted(Some(&third), None) };
        world.assign(&sales, &swapped).await.unwrap();
        let held = world.held(sales.id).await.unwrap();
        assert_eq!((held.number, held.extension, held.alternates), (Some(third.clone()), None, vec![first]));
        // What was given back can be taken by somebody else at once.
        let support = world.hunt_group(0, "Support");
        world.assign(&support, &wanted(Some(&second), Some(&extension))).await.unwrap();
        world.release(&sales).await.unwrap();
        assert_eq!(world.held(sales.id).await, None);
        world.assign(&support, &wanted(Some(&third), Some(&extension))).await.unwrap();
        assert_eq!(world.held(support.id).await.unwrap().number, Some(third));
    }

    async fn what_cannot_be_given_is_refused_in_words(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let at = heidi.location;
        let group = world.hunt_group(at, "Sales");
        let hers = heidi.number.unwrap().to_string();
        let extension = heidi.extension.unwrap().to_string();
        let elsewhere = world.spare((at + 1) % 4, 0);
        let foreign = world.other.locations[0].spare_numbers[0].to_string();
        for (wish, kind, words) in [
            (wanted(None, None), Kind::Invalid, "one of them must be given"),
            (wanted(Some("call me"), None), Kind::Invalid, "not a telephone number"),
            (wanted(None, Some("12a")), Kind::Invalid, "two to ten digits"),
            (wanted(Some(&hers), None), Kind::Conflict, "taken by Heidi Harper"),
            (wanted(None, Some(&extension)), Kind::Conflict, "by Heidi Harper"),
            (wanted(Some(&elsewhere), None), Kind::Invalid, "belongs to another location"),
            (wanted(Some("+16175559999"), None), Kind::Invalid, "Add it to the location first"),
            (wanted(Some(&foreign), None), Kind::Conflict, "is taken."),
            (Wanted { alternates: vec![world.spare(at, 0)], ..wanted(Some(&world.spare(at, 0)), None) }, Kind::Invalid, "named twice"),
        ] {
            let error = world.assign(&group, &wish).await.unwrap_err();
            assert_eq!((error.kind(), error.public().contains(words)), (&kind, true), "{wish:?}: {error}");
            assert_eq!(world.held(group.id).await, None);
        }
        // An extension is one's own at one location and free at another.
        let other_place = world.hunt_group((at + 1) % 4, "Elsewhere");
        world.assign(&other_place, &wanted(None, Some(&world.spare_extension(at, 150)))).await.unwrap();
        world.assign(&group, &wanted(None, Some(&world.spare_extension(at, 150)))).await.unwrap();
        let third = world.hunt_group(at, "Third");
        let error = world.assign(&third, &wanted(None, Some(&world.spare_extension(at, 150)))).await.unwrap_err();
        assert!(error.public().contains("the hunt group “Sales”"), "{error}");
    }

    async fn people_hold_what_the_directory_says(database: Database) {
        let world = World::new(&database).await;
        let released = Arc::new(Released::default());
        world.numbers.with_release_listener(released.clone());
        let id = world.id_of(NamedPerson::HeidiHarper);
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let held = world.held(id.uuid()).await.unwrap();
        assert_eq!(held.number, heidi.number.map(|number| number.to_string()));
        assert_eq!(held.extension, heidi.extension.map(|extension| extension.to_string()));
        // A number that is in no stock comes in with the person.
        let number = |kind, value: &str| Number { kind, value: value.to_owned(), primary: kind == PhoneNumberKind::Work };
        world.edit(id, |draft| draft.calling.numbers = Some(vec![
            number(PhoneNumberKind::Work, "+16175550777"),
            number(PhoneNumberKind::Alternate1, "+16175550778"),
            number(PhoneNumberKind::Mobile, "+16175550779"),
        ])).await.unwrap();
        let held = world.held(id.uuid()).await.unwrap();
        assert_eq!((held.number.as_deref(), held.alternates), (Some("+16175550777"), vec!["+16175550778".to_owned()]));
        // The one she had is free for others; what others have is not free for her.
        let group = world.hunt_group(heidi.location, "Sales");
        let hers = heidi.number.unwrap().to_string();
        world.assign(&group, &wanted(Some(&hers), None)).await.unwrap();
        let error = world.edit(id, |draft| draft.calling.numbers = Some(vec![number(PhoneNumberKind::Work, &hers)])).await.unwrap_err();
        assert!(error.public().contains("taken by the hunt group “Sales”"), "{error}");
        let elsewhere = world.spare((heidi.location + 1) % 4, 3);
        let error = world.edit(id, |draft| draft.calling.numbers = Some(vec![number(PhoneNumberKind::Work, &elsewhere)])).await.unwrap_err();
        assert!(error.public().contains("belongs to another location"), "{error}");
        let extension = world.spare_extension(heidi.location, 120);
        world.assign(&group, &wanted(None, Some(&extension))).await.unwrap();
        let error = world.edit(id, |draft| draft.calling.extension = Some(extension.clone())).await.unwrap_err();
        assert!(error.public().contains("is taken at"), "{error}");
        assert!(released.0.lock().unwrap().is_empty());
        // Without the licence nothing is left, and whoever refers to her hears of it.
        world.edit(id, |draft| { draft.licenses.clear(); draft.calling.complete = false; }).await.unwrap();
        assert_eq!(world.held(id.uuid()).await, None);
        assert_eq!(*released.0.lock().unwrap(), [(OwnerKind::Person, id.uuid())]);
        world.assign(&group, &wanted(Some("+16175550777"), None)).await.unwrap();
        // Who is deleted gives everything back as well.
        let ken = world.id_of(NamedPerson::KenAlvarez);
        assert!(world.held(ken.uuid()).await.is_some());
        world.directory.delete_person(&world.session(NamedPerson::FullAdmin).await, ken).await.unwrap();
        assert_eq!(world.held(ken.uuid()).await, None);
        assert_eq!(released.0.lock().unwrap().len(), 2);
    }

    async fn many_owners_are_given_theirs_at_once_and_once(database: Database) {
        let world = World::new(&database).await;
        let groups: Vec<_> = (0..4_u32).map(|position| {
            let owner = world.hunt_group(position as usize, &format!("Group {position}"));
            (owner, wanted(Some(&world.spare(position as usize, 19)), Some(&world.spare_extension(position as usize, 100))))
        }).collect();
        for _ in 0..2 {
            let mut transaction = database.begin().await.unwrap();
            world.numbers.assign_many(&mut transaction, groups.clone()).await.unwrap();
            transaction.commit().await.unwrap();
        }
        for (owner, wish) in &groups {
            let held = world.held(owner.id).await.unwrap();
            assert_eq!((held.number, held.extension), (wish.number.clone(), wish.extension.clone()));
        }
        let mut transaction = database.begin().await.unwrap();
        let rival = (world.hunt_group(0, "Rival"), wanted(Some(&world.spare(0, 19)), None));
        let error = world.numbers.assign_many(&mut transaction, vec![rival]).await.unwrap_err();
        assert!(error.public().contains("taken by the hunt group “Group 0”"), "{error}");
    }
}
