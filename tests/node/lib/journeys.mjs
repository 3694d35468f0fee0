// What a program does with `webex.people`, the same for every build of the SDK.
import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentOf } from "./hub.mjs";
import { NOBODY, deadToken, run } from "./run.mjs";

/** `connect(credentials)` makes an SDK of this build; `hub` is a running demonstration. */
export function peopleJourneys(hub, build, connect) {
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
    const answers = await Promise.all(known.map((person) => webex.people.get(person.id)));
    assert.deepEqual(answers.map((person) => [person.id, person.displayName]), known.map((person) => [person.id, person.displayName]));
  });

  // notFoundIds in the answer of the batch. Defect of the SDK, in both builds: besides the promise that it hands out it rejects one
  // that nobody has, which ends a Node program that listens to nothing.
  test("somebody who is nowhere is refused alone, and the others of the batch are answered", async () => {
    const { answers, unhandled } = await run(build, hub.personalToken("Alex Morgan"), "nobody", environmentOf(hub));
    assert.deepEqual(answers, { found: true, refused: true });
    assert.deepEqual(unhandled, [NOBODY]);
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

  // A token of any other form never reaches the Hub: the SDK reads the organization out of it and gives up by itself.
  test("a token that was never given out is refused with 401", async () => {
    const { answers, unhandled } = await run(build, deadToken(hub), "refused", environmentOf(hub));
    assert.equal(answers.status, 401);
    assert.match(answers.message, /valid access token/);
    // Defect of the complete build: its calendar registers a device by itself, and nobody has the promise.
    for (const reason of unhandled) assert.match(reason, build === "webex" ? /wdm\/api\/v1\/devices/ : /^$/);
  });

  test("a program that does nothing wrong is left alone: no rejection without an owner", async () => {
    const { answers, unhandled } = await run(build, hub.personalToken("Alex Morgan"), "people", environmentOf(hub));
    assert.deepEqual(answers, { me: "Alex Morgan", first: 5, second: 5, same: false, again: true });
    assert.deepEqual(unhandled, []);
  });

  test("what the Hub does not serve is refused with a sentence, and nothing hangs", async () => {
    const webex = admin();
    await assert.rejects(webex.request({ service: "hydra", resource: "rooms" }), { statusCode: 501, message: /does not serve GET \/v1\/rooms/ });
    await assert.rejects(webex.request({ service: "hydra", resource: "no/such/thing" }), { statusCode: 404 });
    await assert.rejects(webex.request({ service: "wdm", resource: "no/such/thing" }), { statusCode: 404 });
    await assert.rejects(webex.request({ service: "hydra", resource: `people/${NOBODY}` }), { statusCode: 404, message: /could not be found/ });
  });
}
