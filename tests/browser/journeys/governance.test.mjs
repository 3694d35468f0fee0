// Refused, asked, allowed for one person, and the same authorization goes on; a reset and its undoing.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { journey, startBrowser } from "../lib/browser.mjs";
import { startDemonstration } from "../lib/demonstration.mjs";
import { look } from "../lib/look.mjs";
import { signInAtHub } from "../lib/people.mjs";

const DENIED = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

let demonstration, browser, hub;

before(async () => {
  demonstration = await startDemonstration();
  browser = await startBrowser();
  hub = demonstration.facts.hub.url;
});

after(async () => {
  await browser?.close();
  await demonstration?.end();
});

/** The address at which an integration sends a person to the Hub. */
function authorizeUrl(client) {
  const url = new URL(`${hub}/v1/authorize`);
  url.search = new URLSearchParams({ response_type: "code", client_id: client.client_id, scope: "spark:people_read", state: "journey" });
  return url.href;
}

/** The code that the integration gets. The Suite did not begin this authorization and says so; the Hub's part is done. */
async function codeOf(page) {
  await page.waitForURL((url) => url.searchParams.has("code"));
  const answer = new URL(page.url()).searchParams;
  assert.equal(answer.get("state"), "journey");
  assert.equal(answer.get("iss"), hub);
  return answer.get("code");
}

journey("a refused person gives a reason, is allowed alone, and the same authorization goes on to its code", () => browser, async (open) => {
  const client = demonstration.client("presence");
  const asks = await open();
  asks.expectStatus(403);
  asks.expectStatus(400);
  const { page } = asks;
  await page.goto(authorizeUrl(client));
  await signInAtHub(page, demonstration.person("Heidi Harper"));
  await page.getByText(DENIED, { exact: true }).waitFor();
  await look(page, "hub-denied-with-reason", { picture: true });
  await page.getByLabel("Why do you need it?").fill("I answer the calls of the reception.");
  await page.getByRole("button", { name: "Send the reason" }).click();
  await page.getByText("Your reason is with your request").waitFor();
  await look(page, "hub-denied-reason-sent");

  const decides = await open();
  await decides.page.goto(`${hub}/alerts`);
  await signInAtHub(decides.page, demonstration.person("Priya Raman"));
  await decides.page.getByText("I answer the calls of the reception.").waitFor();
  await look(decides.page, "hub-alerts-reason", { picture: true });
  await decides.page.getByRole("link", { name: /^Decide… about/ }).click();
  await decides.page.getByLabel("Allow for the people chosen").check();
  await decides.page.getByLabel("An approval ends").selectOption("30");
  await look(decides.page, "hub-alert-decide", { picture: true });
  await decides.page.getByRole("button", { name: "Decide", exact: true }).click();
  await decides.page.getByRole("status").getByText("Allowed.").waitFor();
  await decides.page.goto(`${hub}/apps/integrations/${client.client_id}/people`);
  await decides.page.getByText("Only 1 person may use it: who is on this list.").waitFor();
  await look(decides.page, "hub-specific-users", { picture: true });

  // Without a further step of the person, the page that waits says that it can go on.
  await page.getByText("You may use it now").waitFor();
  await look(page, "hub-denied-allowed");
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  assert.ok(await codeOf(page), "a code");
  await page.goto(`${hub}/me/requests`);
  await page.getByText("I answer the calls of the reception.").waitFor();
  await look(page, "hub-my-requests");
});

journey("a Full Administrator who is refused allows the integration and goes straight on", () => browser, async (open) => {
  const client = demonstration.client("presence");
  const window = await open();
  window.expectStatus(403);
  window.expectStatus(400);
  const { page } = window;
  await page.goto(authorizeUrl(client));
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  await page.getByText(DENIED, { exact: true }).waitFor();
  await look(page, "hub-denied-full-admin");
  await page.getByRole("link", { name: /^Open the setting/ }).click();
  await page.getByText("Your authorization waits").waitFor();
  await look(page, "hub-integration-resume");
  await page.getByRole("button", { name: /^Allow/ }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  assert.ok(await codeOf(page), "a code");
});

journey("specific users are pasted, unknown ones are named, and a reset is undone with everything", () => browser, async (open) => {
  const window = await open();
  window.expectStatus(422);
  const { page } = window;
  const client = demonstration.client("call-control");
  await page.goto(`${hub}/apps/integrations/${client.client_id}`);
  await signInAtHub(page, demonstration.person("Priya Raman"));
  await page.getByRole("link", { name: "Specific users…" }).click();
  const known = demonstration.person("Heidi Harper").email;
  await page.getByLabel("E-mail addresses").fill(`${known}, nobody@nowhere.example`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("1 address belongs to nobody in your organization").waitFor();
  assert.equal(await page.getByLabel("E-mail addresses").inputValue(), "nobody@nowhere.example");
  await look(page, "hub-specific-users-unknown");

  await page.goto(`${hub}/apps/integrations/manage`);
  const exceptions = () => page.getByRole("table", { name: "Exceptions from the policy" }).getByRole("row").allInnerTexts();
  const before = await exceptions();
  assert.ok(before.some((row) => row.includes("Enabled for 1 person")), `${before}`);
  await look(page, "hub-policy");
  await page.getByRole("link", { name: "Force reset…" }).click();
  await look(page, "hub-reset", { picture: true });
  await page.getByRole("button", { name: /^Delete \d+ exceptions$/ }).click();
  await page.getByText("You can undo this for 30 days.").waitFor();
  await look(page, "hub-policy-reset");
  await page.getByRole("link", { name: "Undo…" }).click();
  await look(page, "hub-undo", { picture: true });
  await page.getByRole("button", { name: "Undo the reset" }).click();
  await page.getByRole("status").getByText("The reset is undone.").waitFor();
  assert.deepEqual(await exceptions(), before);
});

journey("reviewers are named, and what was decided can be read", () => browser, async (open) => {
  const window = await open();
  window.expectStatus(422);
  const { page } = window;
  await page.goto(`${hub}/alerts/reviewers`);
  await signInAtHub(page, demonstration.person("Priya Raman"));
  await page.getByLabel("E-mail address").fill("nobody@nowhere.example");
  await page.getByRole("button", { name: "Name as a reviewer" }).click();
  await page.getByText("is the address of nobody in your organization").waitFor();
  await page.getByLabel("E-mail address").fill(demonstration.person("Heidi Harper").email);
  await page.getByRole("button", { name: "Name as a reviewer" }).click();
  await page.getByRole("cell", { name: /^Heidi Harper/ }).waitFor();
  await look(page, "hub-reviewers");
  await page.goto(`${hub}/alerts/decisions`);
  await page.getByText("Reviewers changed").waitFor();
  await look(page, "hub-decisions");
  const reviews = await open();
  await reviews.page.goto(`${hub}/me`);
  await signInAtHub(reviews.page, demonstration.person("Heidi Harper"));
  await reviews.page.getByRole("link", { name: "Alerts center" }).click();
  await reviews.page.getByRole("heading", { name: "Alerts center", level: 1 }).waitFor();
  await look(reviews.page, "hub-alerts-reviewer");
});
