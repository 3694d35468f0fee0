// What the SDK for JavaScript makes of 429. Unlike the SDKs for Python it never waits by itself: `Retry-After` reaches the program with the
// error (webex-core's RateLimitInterceptor acts for the hosts of the identity service alone, and reads the header from its own request,
// where it never is). So the program waits, and this is what it can rely on.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, suite, test } from "node:test";
import { environmentOf } from "../lib/hub.mjs";
import { startTightHub } from "../lib/tight_hub.mjs";

const hub = await startTightHub();
Object.assign(process.env, environmentOf(hub));
const Webex = createRequire(import.meta.url)("../webex/node_modules/webex");
after(() => hub.end());

const connect = () => Webex.init({ credentials: { access_token: hub.token() }, config: { logger: { level: "silent" } } });

suite("webex 2.60.4 and limits", () => {
  test("one request too many is an error of its own kind that says how long to wait", async () => {
    const webex = connect();
    await webex.people.list({ max: 5 });
    const refused = await webex.people.list({ max: 5 }).then(() => assert.fail("was served"), (reason) => reason);
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.name, "TooManyRequests");
    assert.equal(refused.headers["retry-after"], "1");
  });

  test("a program that waits as long as it is told is served", async () => {
    const webex = connect();
    const first = await webex.people.list({ max: 5 });
    const refused = await webex.people.list({ max: 5 }).then(() => assert.fail("was served"), (reason) => reason);
    await new Promise((resolve) => setTimeout(resolve, Number(refused.headers["retry-after"]) * 1000));
    const again = await webex.people.list({ max: 5 });
    assert.deepEqual(again.items.map((person) => person.id), first.items.map((person) => person.id));
  });

  test("another token is not held back by it", async () => {
    const [one, other] = [connect(), connect()];
    await one.people.list({ max: 5 });
    await assert.rejects(one.people.list({ max: 5 }), { statusCode: 429 });
    assert.equal((await other.people.list({ max: 5 })).items.length, 5);
  });
});
