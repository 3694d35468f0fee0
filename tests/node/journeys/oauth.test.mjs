// OAuth and OpenID Connect clients that we did not write: discovery alone, then everything that the metadata promises.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { consentTo, typeDeviceCode } from "../lib/authorize.mjs";
import { startHub } from "../lib/hub.mjs";
import * as oauth4webapi from "../oauth/oauth4webapi.mjs";
import * as openidClient from "../oauth/openid_client.mjs";

const hub = await startHub();
after(() => hub.end());
const credentials = hub.credentials("single-sign-on");
const person = hub.person("Alex Morgan");
const consent = (url) => consentTo(url, person);

const clients = {
  "openid-client by OpenID Connect Discovery": () => openidClient.connect(hub.origin, credentials, "oidc"),
  "openid-client by RFC 8414": () => openidClient.connect(hub.origin, credentials, "oauth2"),
  oauth4webapi: () => oauth4webapi.connect(hub.origin, credentials),
};

for (const [name, connect] of Object.entries(clients)) {
  suite(name, () => {
    test("signs in with PKCE, reads userinfo, refreshes, introspects and gives everything back", async () => {
      const client = await connect();
      assert.equal(client.metadata().issuer, hub.origin);
      const tokens = await client.signIn(hub.facts.suite.redirect_uri, consent);
      assert.equal(tokens.token_type.toLowerCase(), "bearer");
      assert.equal((await client.userInfo(tokens)).sub, tokens.claims().sub);

      const living = await client.introspect(tokens.access_token);
      assert.deepEqual([living.active, living.client_id, living.sub, living.iss], [true, credentials.client_id, tokens.claims().sub, hub.origin]);
      assert.equal((await client.introspect(tokens.refresh_token)).active, true);

      const refreshed = await client.refresh(tokens.refresh_token);
      assert.notEqual(refreshed.access_token, tokens.access_token);
      assert.equal(refreshed.refresh_token, tokens.refresh_token);

      await client.revoke(tokens.access_token);
      assert.deepEqual(await client.introspect(tokens.access_token), { active: false });
      assert.equal((await client.introspect(refreshed.access_token)).active, true);
      await client.revoke(tokens.refresh_token);
      for (const token of [refreshed.access_token, tokens.refresh_token, "unknown"]) {
        assert.deepEqual(await client.introspect(token), { active: false });
      }
      await assert.rejects(client.refresh(tokens.refresh_token), { error: "invalid_grant" });
    });

    test("a wrong secret is refused with a challenge that the client understands", async () => {
      const wrong = { ...credentials, client_secret: "wrong" };
      const client = await (name === "oauth4webapi" ? oauth4webapi.connect(hub.origin, wrong) : openidClient.connect(hub.origin, wrong, "oidc"));
      await assert.rejects(client.refresh("x".repeat(64)), (error) => [error.error, error.cause?.error, error.cause?.[0]?.scheme].some((word) => /invalid_client|basic/.test(word ?? "")));
    });
  });
}

test("openid-client on a device without a browser: shows a code, asks until somebody has decided", async () => {
  const client = await openidClient.connect(hub.origin, credentials, "oidc");
  const tokens = await client.onDevice((begun) => typeDeviceCode(begun, person));
  assert.equal((await client.introspect(tokens.access_token)).active, true);
});
