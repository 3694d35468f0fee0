// The newest `webex` of npm that loads in Node, as it is, pointed at the Hub by its own variables.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, suite, test } from "node:test";
import { environmentOf, startHub } from "../lib/hub.mjs";
import { peopleJourneys } from "../lib/journeys.mjs";

const hub = await startHub();
Object.assign(process.env, environmentOf(hub));
const Webex = createRequire(import.meta.url)("../webex/node_modules/webex");
const connect = (credentials) => Webex.init({ credentials, config: { logger: { level: "silent" } } });

after(() => hub.end());

suite("webex 2.60.4", () => {
  peopleJourneys(hub, "webex", connect);

  test("the registration that it makes by itself succeeds, is renewed and given back", async () => {
    const webex = connect({ access_token: hub.personalToken("Alex Morgan") });
    const { device } = webex.internal;
    await device.register();
    assert.ok(device.registered);
    assert.ok(device.url.startsWith(`${hub.origin}/wdm/api/v1/devices/`));
    await device.refresh();
    const { url } = device;
    await assert.rejects(connect({ access_token: hub.personalToken("Heidi Harper") }).request({ uri: url }), { statusCode: 404 });
    await device.unregister();
    assert.ok(!device.registered);
  });
});
