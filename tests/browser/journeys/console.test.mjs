// The Hub's console as an administrator and as a person without a role meet it.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { journey, startBrowser } from "../lib/browser.mjs";
import { startDemonstration } from "../lib/demonstration.mjs";
import { look } from "../lib/look.mjs";
import { signInAtHub } from "../lib/people.mjs";

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

journey("a Full Admin looks around, finds people and makes another Full Admin without licences", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/`);
  await look(page, "hub-sign-in");
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await look(page, "hub-overview", { picture: true });

  await page.getByRole("link", { name: "Users", exact: true }).click();
  await look(page, "hub-users", { picture: true });
  await page.getByRole("main").getByRole("searchbox").fill("harper");
  await page.getByRole("main").getByRole("searchbox").press("Enter");
  await page.getByRole("main").getByRole("link", { name: "Heidi Harper" }).click();
  await page.getByRole("heading", { name: "Heidi Harper", level: 1 }).waitFor();
  await look(page, "hub-user");

  await page.goto(`${hub}/users/new/administrator`);
  await look(page, "hub-new-administrator");
  const domain = demonstration.person("Alex Morgan").email.split("@")[1];
  await page.getByLabel("First name").fill("Rosa");
  await page.getByLabel("Last name").fill("Álvarez Núñez");
  await page.getByLabel("E-mail address").fill(`rosa.alvarez@${domain}`);
  await page.getByRole("main").locator("form button.button-primary").click();
  await page.getByText(`rosa.alvarez@${domain}`).first().waitFor();
  await look(page, "hub-administrator-created");
});

journey("Apps > Integrations is as an administrator knows it", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/apps/integrations`);
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  const columns = await page.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(columns.map((text) => text.trim()), ["Integration name", "Integration ID", "Status", "User adoption"]);
  assert.ok(await page.getByText("User adoption list last refreshed on").isVisible());
  for (const cell of await page.getByRole("row").locator("td .copy").all()) {
    assert.match(await cell.getAttribute("data-copy"), /^Y2lzY29zcGFyazovL/);
  }
  await look(page, "hub-integrations", { picture: true });

  const names = async () => page.locator("tbody tr td:first-child a").allInnerTexts();
  const ascending = await names();
  await page.getByRole("columnheader", { name: "Integration name" }).getByRole("link").click();
  assert.notDeepEqual(await names(), ascending, "the column sorts");

  const { client_id } = demonstration.client("presence");
  const applicationId = Buffer.from(`ciscospark://us/APPLICATION/${client_id}`).toString("base64").replace(/=+$/, "");
  for (const wanted of [client_id, applicationId, "Webex Presence Retrieval"]) {
    await page.getByRole("main").getByRole("searchbox").fill(wanted);
    await page.getByRole("main").getByRole("searchbox").press("Enter");
    await page.waitForURL(/[?&]q=/);
    assert.deepEqual(await names(), ["Imagicle Attendant Console Webex Presence Retrieval"], wanted);
  }
  await page.locator("tbody tr td:first-child a").click();
  await page.getByRole("complementary").getByRole("heading", { name: "Imagicle Attendant Console Webex Presence Retrieval" }).waitFor();
  await look(page, "hub-integration-panel", { picture: true });
  await page.getByRole("link", { name: "Manage" }).click();
  await look(page, "hub-integration-policy");
});

journey("every entry of the navigation leads to a page that says something", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/`);
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  await page.getByRole("heading", { level: 1 }).waitFor();
  const paths = await page.locator("nav.sidenav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(paths.length >= 8, `${paths}`);
  for (const path of paths) {
    const answer = await page.goto(hub + path);
    assert.equal(answer.status(), 200, path);
    assert.ok(await page.getByRole("heading", { level: 1 }).innerText(), path);
    await look(page, `hub-navigation${path.replaceAll("/", "-")}`);
  }
});

journey("a person without a role sees the own account and not the console", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/me`);
  await signInAtHub(page, demonstration.person("Heidi Harper"));
  for (const path of ["/me", "/me/password", "/me/presence", "/me/applications", "/me/sessions", "/me/token", "/connect"]) {
    const answer = await page.goto(hub + path);
    assert.equal(answer.status(), 200, path);
    await look(page, `hub${path.replaceAll("/", "-")}`);
  }
  window.expectStatus(403);
  const answer = await page.goto(`${hub}/users`);
  assert.equal(answer.status(), 403);
  await look(page, "hub-forbidden");
});

journey("a wrong password says no more than that", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/`);
  window.expectStatus(401);
  window.expectStatus(400);
  window.expectStatus(422);
  await signInAtHub(page, { email: demonstration.person("Ken Alvarez").email, password: "wrong password" });
  await page.getByRole("alert").waitFor();
  await look(page, "hub-wrong-password");
  window.expectStatus(404);
  await page.goto(`${hub}/no-such-page`);
  await look(page, "hub-not-found");
});
