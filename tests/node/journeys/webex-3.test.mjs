// The newest packages of the SDK. `webex` 3 as a whole needs a browser, so its parts are put together as its own documentation of
// Node use does.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, suite, test } from "node:test";
import { codeFor } from "../lib/authorize.mjs";
import { environmentOf, startHub } from "../lib/hub.mjs";
import { peopleJourneys } from "../lib/journeys.mjs";

const hub = await startHub();
Object.assign(process.env, environmentOf(hub));
const load = createRequire(new URL("../composed/package.json", import.meta.url));
for (const plugin of ["logger", "authorization-node", "people"]) load(`@webex/plugin-${plugin}`);
const Webex = load("@webex/webex-core").default.extend({ webex: true });

const connect = (credentials, further = {}) => new Webex({ credentials, config: { logger: { level: "silent" }, ...further } });

after(() => hub.end());

suite("@webex/webex-core 3.12.0, composed", () => {
  peopleJourneys(hub, "composed", connect);

  test("by code: the token does what was consented to and nothing else, is refreshed, and is dead after revocation", async () => {
    const { client_id, client_secret } = hub.credentials("single-sign-on");
    const scope = "openid email profile spark:people_read";
    const webex = connect({}, { credentials: { client_id, client_secret, redirect_uri: hub.facts.suite.redirect_uri } });
    await webex.authorization.requestAuthorizationCodeGrant({ code: await codeFor(hub.facts, hub.credentials("single-sign-on"), scope, hub.person("Alex Morgan")) });
    assert.ok(webex.canAuthorize);
    assert.equal((await webex.people.get("me")).displayName, "Alex Morgan");
    await assert.rejects(webex.request({ service: "hydra", resource: "licenses" }), { statusCode: 403 });

    const first = webex.credentials.supertoken.access_token;
    await webex.refresh({ force: true });
    const second = webex.credentials.supertoken.access_token;
    assert.notEqual(second, first);
    assert.equal((await webex.people.get("me")).displayName, "Alex Morgan");

    await webex.credentials.supertoken.revoke();
    await assert.rejects(connect({ access_token: second }).people.get("me"), { statusCode: 401 });
  });

  test("the catalogue in its second format names the same services", async () => {
    const webex = connect({ access_token: hub.personalToken("Alex Morgan") });
    const [first, second] = await Promise.all(["hostmap", "U2CV2"].map((format) => webex.request({ uri: `${hub.origin}/u2c/api/v1/catalog?format=${format}` })));
    const links = Object.fromEntries(second.body.services.map((service) => [service.serviceName, service.serviceUrls[0].baseUrl]));
    assert.deepEqual(links, first.body.serviceLinks);
    await assert.rejects(webex.request({ uri: `${hub.origin}/u2c/api/v1/catalog?format=unheard-of` }), { statusCode: 400 });
  });
});
