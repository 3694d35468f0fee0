// Both builds of the SDK without a changed line and without a variable of their own: HTTPS_PROXY and the authority's certificate.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { startHub } from "../lib/hub.mjs";
import { deadToken, run } from "../lib/run.mjs";

const hub = await startHub();
after(() => hub.end());
const { url, certificate } = hub.facts.hub.gateway;
const environment = { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: certificate };

suite("through the gateway", () => {
  for (const build of ["webex", "composed"]) {
    test(`${build}: people, pages, one by id`, async () => {
      const { answers, unhandled } = await run(build, hub.personalToken("Alex Morgan"), "people", environment);
      assert.deepEqual(answers, { me: "Alex Morgan", first: 5, second: 5, same: false, again: true });
      assert.deepEqual(unhandled, []);
    });

    test(`${build}: a token that was never given out is refused with 401`, async () => {
      const { answers } = await run(build, deadToken(hub), "refused", environment);
      assert.equal(answers.status, 401);
    });
  }

  test("without the authority's certificate nothing is believed", async () => {
    const { answers } = await run("composed", hub.personalToken("Alex Morgan"), "refused", { HTTPS_PROXY: url });
    assert.match(answers.message, /certificate/i);
  });
});
