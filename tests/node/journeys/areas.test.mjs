// Both builds of the SDK over every area of the API, pointed at the Hub by its own variables, and through the gateway by nothing but
// HTTPS_PROXY and the authority's certificate.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import areas from "../lib/areas.cjs";
import { codeFor } from "../lib/authorize.mjs";
import { environmentOf, startHub } from "../lib/hub.mjs";
import { deadToken, run } from "../lib/run.mjs";

const hub = await startHub();
after(() => hub.end());
const { url, certificate } = hub.facts.hub.gateway;
const addresses = {
  "base URL": { environment: environmentOf(hub), hosts: [new URL(hub.origin).host] },
  // Whoever came in through the gateway is not led past it by the catalogue.
  gateway: { environment: { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: certificate }, hosts: ["api.ciscospark.com", "identity.webex.com"] },
};
// What Webex offers to read, and nothing else.
const fixed = ["roles", "licences", "organizations"];
const made = ["page", "create", "update", "delete"];
const notOffered = (area, operation) => (fixed.includes(area) ? made : area === "person call settings" ? ["create", "delete"] : []).includes(operation);

/** The token of an integration that may only know who signed in. */
async function narrowToken() {
  const client = hub.credentials("single-sign-on");
  const code = await codeFor(hub.facts, client, "openid email profile", hub.person("Alex Morgan"));
  const { client_id, client_secret } = client;
  const answer = await fetch(`${hub.facts.hub.api}/access_token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", client_id, client_secret, code, redirect_uri: hub.facts.suite.redirect_uri }),
  });
  return (await answer.json()).access_token;
}

const further = {
  NARROW_TOKEN: await narrowToken(),
  DEAD_TOKEN: deadToken(hub),
  DOMAIN: hub.person("Alex Morgan").email.split("@")[1],
  ORGANIZATION: hub.facts.organizations[0].id,
};

suite("every area", () => {
  for (const build of ["webex", "composed"]) {
    for (const [address, { environment, hosts }] of Object.entries(addresses)) {
      test(`${build}, ${address}: list, page, get, create, update, delete, wrong scope, dead token, not found`, async () => {
        const { answers, failed } = await run(build, hub.personalToken("Alex Morgan"), "areas", { ...environment, ...further });
        assert.equal(failed, undefined);
        assert.equal(Object.keys(answers.areas).length, 17);
        for (const [area, operations] of Object.entries(answers.areas)) {
          const expected = (operation) => (notOffered(area, operation) ? "not offered" : "done");
          assert.deepEqual(operations, Object.fromEntries(areas.OPERATIONS.map((operation) => [operation, expected(operation)])), area);
        }
        assert.deepEqual(answers.hosts.sort(), hosts);
      });
    }
  }
});
