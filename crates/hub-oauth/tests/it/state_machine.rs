//! Random histories of codes, tokens and events, compared with a model that is too simple to be wrong.

use hub_directory::seed::NamedPerson::{FullAdmin, SecondFullAdmin};
use kit_test::{App, TestDatabase};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use webex::Role;

use crate::world::{ADMIN_SCOPES, SYNCH, Tokens, World, tokens_of};

#[derive(Clone, Debug)]
enum Step {
    /// The person consents; a code is born.
    Consent {
        administrative: bool,
    },
    /// The client redeems one of the codes.
    Redeem(prop::sample::Index),
    /// The client refreshes one of the grants.
    Refresh(prop::sample::Index),
    Wait(u64),
    Deactivate,
    LoseRole,
    Withdraw,
    Block,
    Unblock,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let minute = 60_u64;
    let day = 24 * 60 * minute;
    let step = prop_oneof![
        4 => any::<bool>().prop_map(|administrative| Step::Consent { administrative }),
        6 => any::<prop::sample::Index>().prop_map(Step::Redeem),
        4 => any::<prop::sample::Index>().prop_map(Step::Refresh),
        3 => prop_oneof![Just(2 * minute), Just(4 * minute), Just(3 * day), Just(40 * day)].prop_map(Step::Wait),
        1 => Just(Step::Deactivate),
        1 => Just(Step::LoseRole),
        1 => Just(Step::Withdraw),
        1 => Just(Step::Block),
        2 => Just(Step::Unblock),
    ];
    prop::collection::vec(step, 1..25)
}

#[derive(Debug)]
struct ModelCode {
    text: String,
    born: u64,
    administrative: bool,
    dead: bool,
    became: Option<usize>,
}

#[derive(Debug)]
struct ModelGrant {
    administrative: bool,
    dead: bool,
    refresh: String,
    refresh_ends: u64,
    /// Each access token with its end.
    access: Vec<(String, u64)>,
}

#[derive(Debug, Default)]
struct Model {
    now: u64,
    blocked: bool,
    codes: Vec<ModelCode>,
    grants: Vec<ModelGrant>,
}

const DAY: u64 = 24 * 3600;

impl Model {
    fn kill(&mut self, only_administrative: bool) {
        for code in &mut self.codes {
            code.dead |= !only_administrative || code.administrative;
        }
        for grant in &mut self.grants {
            grant.dead |= !only_administrative || grant.administrative;
        }
    }

    fn code_works(&self, index: usize) -> bool {
        let code = &self.codes[index];
        !code.dead && code.became.is_none() && !self.blocked && self.now < code.born + 300
    }

    fn grant_works(&self, index: usize) -> bool {
        !self.grants[index].dead && !self.blocked
    }
}

struct Run<'w> {
    world: &'w World,
    browser: App,
    model: Model,
}

impl Run<'_> {
    async fn step(&mut self, step: &Step) {
        match step {
            Step::Consent { administrative } => self.consent(*administrative).await,
            Step::Redeem(index) if !self.model.codes.is_empty() => {
                self.redeem(index.index(self.model.codes.len())).await;
            }
            Step::Refresh(index) if !self.model.grants.is_empty() => {
                self.refresh(index.index(self.model.grants.len())).await;
            }
            Step::Redeem(_) | Step::Refresh(_) => {}
            Step::Wait(seconds) => {
                self.world.wait(*seconds).await;
                self.model.now += seconds;
            }
            Step::Deactivate => {
                let (admin, person) = (self.world.acting(SecondFullAdmin).await, self.world.id(FullAdmin));
                self.world
                    .directory
                    .set_login_enabled(&admin, person, false)
                    .await
                    .unwrap();
                self.world
                    .directory
                    .set_login_enabled(&admin, person, true)
                    .await
                    .unwrap();
                self.model.kill(false);
            }
            Step::LoseRole => {
                let (admin, person) = (self.world.acting(SecondFullAdmin).await, self.world.id(FullAdmin));
                self.world.directory.set_roles(&admin, person, &[]).await.unwrap();
                self.world
                    .directory
                    .set_roles(&admin, person, &[Role::FullAdministrator])
                    .await
                    .unwrap();
                self.model.kill(true);
            }
            Step::Withdraw => {
                self.world
                    .oauth
                    .withdraw(self.world.id(FullAdmin), SYNCH)
                    .await
                    .unwrap();
                self.model.kill(false);
            }
            Step::Block => {
                self.world.block(SYNCH);
                self.model.blocked = true;
            }
            Step::Unblock => {
                self.world.unblock(SYNCH);
                self.model.blocked = false;
            }
        }
    }

    async fn consent(&mut self, administrative: bool) {
        if self.model.blocked {
            return;
        }
        let scopes = if administrative {
            ADMIN_SCOPES
        } else {
            "spark:people_read"
        };
        self.world.sign_in(&self.browser, FullAdmin).await;
        let text = self.world.code_in(&self.browser, SYNCH, scopes).await;
        self.model.codes.push(ModelCode {
            text,
            born: self.model.now,
            administrative,
            dead: false,
            became: None,
        });
    }

    async fn redeem(&mut self, index: usize) {
        let works = self.model.code_works(index);
        let answer = self.world.redeem(&self.model.codes[index].text).await;
        assert_eq!(
            answer.status == 200,
            works,
            "redeem {index}: {}\n{:?}",
            answer.body,
            self.model
        );
        if let Some(grant) = self.model.codes[index].became {
            self.model.grants[grant].dead = true;
        }
        if works {
            let Tokens { access, refresh } = tokens_of(&answer);
            let now = self.model.now;
            let administrative = self.model.codes[index].administrative;
            self.model.codes[index].became = Some(self.model.grants.len());
            self.model.grants.push(ModelGrant {
                administrative,
                dead: false,
                refresh,
                refresh_ends: now + 90 * DAY,
                access: vec![(access, now + 14 * DAY)],
            });
        }
    }

    async fn refresh(&mut self, index: usize) {
        let works = self.model.grant_works(index) && self.model.now < self.model.grants[index].refresh_ends;
        let answer = self.world.refresh(&self.model.grants[index].refresh).await;
        assert_eq!(
            answer.status == 200,
            works,
            "refresh {index}: {}\n{:?}",
            answer.body,
            self.model
        );
        if works {
            let (now, grant) = (self.model.now, &mut self.model.grants[index]);
            grant.refresh_ends = now + 90 * DAY;
            grant.access.push((tokens_of(&answer).access, now + 14 * DAY));
        }
    }

    async fn compare(&self) {
        for (index, grant) in self.model.grants.iter().enumerate() {
            for (access, ends) in &grant.access {
                let expected = self.model.grant_works(index) && self.model.now < *ends;
                assert_eq!(
                    self.world.is_alive(access).await,
                    expected,
                    "grant {index}\n{:?}",
                    self.model
                );
            }
        }
    }
}

fn check_histories(cases: u32, open: impl AsyncFn() -> TestDatabase) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    // A failing history is printed and shrunk; nothing is written into the source folder.
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    });
    runner
        .run(&steps(), |history| {
            runtime.block_on(async {
                let test = open().await;
                let world = World::new(test.database.clone()).await;
                let mut run = Run {
                    world: &world,
                    browser: world.app.other_browser(),
                    model: Model::default(),
                };
                for step in &history {
                    run.step(step).await;
                    run.compare().await;
                }
                test.database.close().await;
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_history_agrees_with_the_model_on_sqlite() {
    check_histories(24, async || TestDatabase::sqlite().await);
}

#[test]
fn every_history_agrees_with_the_model_on_postgres() {
    check_histories(12, async || TestDatabase::postgres().await);
}
