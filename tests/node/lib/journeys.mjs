// What a program does with `webex.people`, the same for every build of the SDK.
import assert from "node:assert/strict";
import { test } from "node:test";

const NOBODY = Buffer.from("ciscospark://us/PEOPLE/00000000-0000-4000-8000-00000000dead").toString("base64url");

export const silent = Object.fromEntries(["log", "error", "warn", "info", "debug", "trace", "group", "groupEnd"].map((name) => [name, () => {}]));

/** `connect(credentials)` makes an SDK; `hub` is a running demonstration. */
export function peopleJourneys(hub, connect) {
  const admin = () => connect({ access_token: hub.personalToken("Alex Morgan") });

  test("people.get('me') is whoever holds the token", async () => {
    const me = await admin().people.get("me");
    assert.equal(me.displayName, "Alex Morgan");
    assert.deepEqual(me.emails, [hub.person("Alex Morgan").email]);
    assert.equal(me.type, "person");
  });

  test("people.list finds by address, and pages through everybody by Link", async () => {
    const webex = admin();
    const found = await webex.people.list({ email: hub.person("Heidi Harper").email });
    assert.deepEqual(found.items.map((person) => person.displayName), ["Heidi Harper"]);
    const ids = new Set();
    let page = await webex.people.list({ max: 40 });
    for (let pages = 0; ; pages += 1) {
      assert.ok(pages < 100, "the pages end");
      assert.ok(page.items.length <= 40);
      for (const person of page.items) ids.add(person.id);
      if (!page.hasNext()) break;
      page = await page.next();
    }
    const all = await webex.people.list({ max: 1000 });
    assert.ok(ids.size > 40, `only ${ids.size} people`);
    assert.equal(ids.size, all.items.length);
  });

  test("people.get by id is asked for in batches of ten, and every program gets its own answer", async () => {
    const webex = admin();
    const known = (await webex.people.list({ max: 23 })).items;
    const wanted = [...known.map((person) => person.id), NOBODY];
    const answers = await Promise.allSettled(wanted.map((id) => webex.people.get(id)));
    for (const [place, person] of known.entries()) {
      assert.equal(answers[place].status, "fulfilled", String(answers[place].reason));
      assert.equal(answers[place].value.id, person.id);
      assert.equal(answers[place].value.displayName, person.displayName);
    }
    // The batch's answer names it in notFoundIds, and the SDK rejects with the id.
    assert.deepEqual(answers.at(-1), { status: "rejected", reason: NOBODY });
  });

  test("the SDK makes an id of a raw uuid", async () => {
    const webex = admin();
    const { id } = await webex.people.get("me");
    const uuid = Buffer.from(id, "base64url").toString().split("/").at(-1);
    assert.equal((await webex.people.get(uuid)).id, id);
  });

  test("somebody without a role sees themselves and whom they look for, not everybody", async () => {
    const webex = connect({ access_token: hub.personalToken("Heidi Harper") });
    assert.equal((await webex.people.get("me")).displayName, "Heidi Harper");
    await assert.rejects(webex.request({ service: "hydra", resource: "licenses" }), { statusCode: 403 });
  });

  test("a token that was never given out is refused with 401", async () => {
    const organization = Buffer.from(hub.facts.organizations[0].id, "base64url").toString().split("/").at(-1);
    for (const token of ["garbage", `${"A".repeat(64)}_P0A1_${organization}`]) {
      await assert.rejects(connect({ access_token: token }).people.get("me"), { statusCode: 401 });
    }
  });

  test("what the Hub does not serve is refused with a sentence, and nothing hangs", async () => {
    const refused = await assert.rejects(admin().request({ service: "hydra", resource: "rooms" }), { statusCode: 404 });
    assert.equal(refused, undefined);
  });
}

/** An id of a person who is nowhere. */
export { NOBODY };
