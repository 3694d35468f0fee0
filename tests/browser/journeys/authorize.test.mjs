// The first walk through the whole house, over two host names: the Suite on localhost, the Hub on 127.0.0.1.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { journey, startBrowser } from "../lib/browser.mjs";
import { startDemonstration } from "../lib/demonstration.mjs";
import { look } from "../lib/look.mjs";
import { signInAtHub, signInAtSuite } from "../lib/people.mjs";

const DENIED = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

let demonstration, browser, hub, suite, customer;

before(async () => {
  demonstration = await startDemonstration();
  browser = await startBrowser();
  hub = demonstration.facts.hub.url;
  suite = demonstration.facts.suite;
  customer = `${suite.url}/customers/${suite.customer.id}`;
});

after(async () => {
  await browser?.close();
  await demonstration?.end();
});

const card = (page, integration) => page.locator(`article#${integration}`);
const authorize = (page, integration) => card(page, integration).getByRole("button", { name: /^(Authorize|Try again)/ }).click();

journey("a Full Admin authorizes Users' Synch and the people are in the Suite", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${suite.url}/`);
  await look(page, "suite-sign-in");
  await signInAtSuite(page, suite);
  await page.goto(`${suite.url}/customers`);
  await look(page, "suite-customers");
  await page.getByRole("main").getByRole("link", { name: suite.customer.name }).first().click();
  await page.getByRole("heading", { name: suite.customer.name, level: 1 }).waitFor();
  await look(page, "suite-customer-new");
  await card(page, "users-synch").getByRole("link", { name: "See how" }).click();
  await look(page, "suite-see-how");
  await page.getByRole("link", { name: "Back" }).click();

  await authorize(page, "users-synch");
  await page.waitForURL((url) => url.origin === hub);
  await look(page, "hub-authorize-email");
  await page.getByLabel("E-mail address").fill(demonstration.person("Alex Morgan").email);
  await page.getByRole("button", { name: "Next" }).click();
  await look(page, "hub-authorize-password");
  await page.getByLabel("Password", { exact: true }).fill(demonstration.person("Alex Morgan").password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Imagicle UCX Suite Users' Synch from Control Hub" }).waitFor();
  assert.ok(await page.getByText("Imagicle", { exact: false }).first().isVisible());
  await look(page, "hub-consent", { picture: true });
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL((url) => url.href.startsWith(customer));
  const authorized = card(page, "users-synch");
  await authorized.locator(".pill-success").waitFor();
  await authorized.getByText("Alex Morgan").waitFor();
  await look(page, "suite-customer", { picture: true });

  await card(page, "users-synch").getByRole("button", { name: "Check authorization" }).click();
  await card(page, "users-synch").getByText("Last check").waitFor();
  await look(page, "suite-checked");
});

journey("the synch runs and the directory finds people by parts of names, number tails and departments", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await signInAtSuite(page, suite);
  await page.goto(`${customer}/synch`);
  // The first run begins by itself; asking for one meanwhile leads to the one that runs.
  const ask = page.getByRole("button", { name: "Synchronize now" });
  if (await ask.isVisible()) await ask.click();
  await page.waitForURL(/\/synch/);
  await page.goto(`${customer}/synch`);
  await untilSucceeded(page);
  await look(page, "suite-synch");
  await page.getByRole("link", { name: /^Run \d+$/ }).first().click();
  await look(page, "suite-run");

  await page.goto(`${customer}/directory`);
  await page.getByText(/^1–\d+ of 60$/).waitFor();
  await look(page, "suite-directory", { picture: true });
  await find(page, "novak");
  assert.deepEqual(await names(page), ["Zuzana Nováková"], "accents do not matter");
  await find(page, "harp heid");
  assert.deepEqual(await names(page), ["Heidi Harper"], "parts of names, in any order");
  const extension = await page.locator("td[data-label=Extension]").first().innerText();
  await find(page, extension);
  assert.ok((await names(page)).includes("Heidi Harper"), "the tail of a number");
  await find(page, "nobody is called this");
  await page.getByRole("heading", { name: "Nobody found" }).waitFor();
  await look(page, "suite-directory-nobody");
  await page.goto(`${customer}/directory?department=Information+Technology`);
  assert.ok((await names(page)).length > 3);
  await page.getByRole("main").locator("tbody a.row-link").first().click();
  await look(page, "suite-person");
});

async function untilSucceeded(page) {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await page.locator("tbody .pill-success").first().isVisible()) return;
    await page.waitForTimeout(500);
    await page.reload();
  }
  assert.fail("no run succeeded within 30 seconds");
}

async function find(page, text) {
  const box = page.getByRole("main").getByRole("searchbox");
  await box.fill(text);
  await box.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === text);
}

const names = (page) => page.getByRole("main").locator("tbody a.row-link").allInnerTexts();

journey("a blocked integration is denied word for word, its cure is found by the ID, and then it passes", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  window.expectStatus(403);
  await signInAtSuite(page, suite);
  await page.goto(customer);
  await authorize(page, "presence");
  await page.waitForURL((url) => url.origin === hub);
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  await page.getByText(DENIED, { exact: true }).waitFor();
  assert.ok(page.url().startsWith(hub), "the browser is not sent back");
  await look(page, "hub-denied", { picture: true });

  // The administrator finds it in the console by the ID that the page shows.
  const id = await page.locator("[data-copy-name='integration ID']").first().getAttribute("data-copy");
  const cure = await open();
  await cure.page.goto(`${hub}/apps/integrations`);
  await signInAtHub(cure.page, demonstration.person("Priya Raman"));
  await cure.page.goto(`${hub}/alerts`);
  await cure.page.getByText("Alex Morgan").first().waitFor();
  await look(cure.page, "hub-alerts-request");
  await cure.page.goto(`${hub}/apps/integrations`);
  await cure.page.getByRole("main").getByRole("searchbox").fill(id);
  await cure.page.getByRole("main").getByRole("searchbox").press("Enter");
  await cure.page.locator("tbody tr td:first-child a").click();
  await cure.page.getByRole("complementary").getByText("Waiting for access").waitFor();
  await look(cure.page, "hub-request");
  await cure.page.getByRole("button", { name: /^(Enable|Allow)$/ }).click();
  await cure.page.getByRole("complementary").getByText("Enabled", { exact: true }).first().waitFor();
  await look(cure.page, "hub-enabled");

  await page.goto(customer);
  await authorize(page, "presence");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL((url) => url.href.startsWith(customer));
  await card(page, "presence").locator(".pill-success").waitFor();
});

journey("a customer's Full Admin authorizes by an invitation without being a user of the Suite", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await signInAtSuite(page, suite);
  await page.goto(`${customer}/invitations/new`);
  await look(page, "suite-invite");
  await page.getByLabel("For whom").fill("Priya Raman");
  for (const box of await page.getByRole("checkbox").all()) {
    const value = await box.getAttribute("value");
    await box.setChecked(value === "call-control" || value === "single-sign-on");
  }
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.locator("#invitation-link").innerText();
  await look(page, "suite-invited");

  const guest = await open();
  await guest.page.goto(link);
  await look(guest.page, "suite-invitation", { picture: true });
  await authorize(guest.page, "call-control");
  await guest.page.waitForURL((url) => url.origin === hub);
  await signInAtHub(guest.page, demonstration.person("Priya Raman"));
  await guest.page.getByRole("button", { name: "Accept" }).click();
  await guest.page.waitForURL((url) => url.origin === suite.url);
  await guest.page.getByText("1 of 2").first().waitFor();
  await look(guest.page, "suite-invitation-half");
  await authorize(guest.page, "single-sign-on");
  await guest.page.getByRole("button", { name: "Accept" }).click();
  await guest.page.waitForURL((url) => url.origin === suite.url);
  await guest.page.getByRole("heading", { name: "All 2 integrations are authorized" }).waitFor();
  await look(guest.page, "suite-invitation-complete");
  guest.expectStatus(403);
  guest.expectStatus(401);
  guest.expectStatus(404);
  await guest.page.goto(customer);
  assert.ok(!(await guest.page.getByRole("heading", { name: suite.customer.name, level: 1 }).isVisible()), "a guest sees no customer");

  await page.goto(customer);
  await page.getByText("Priya Raman").first().waitFor();
  await look(page, "suite-customer-invited");
});

journey("declining leads back to the Suite, which says what happened", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await signInAtSuite(page, suite);
  await page.goto(customer);
  await authorize(page, "call-analytics");
  await page.waitForURL((url) => url.origin === hub);
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  for (const status of [400, 403, 409, 422]) window.expectStatus(status);
  await page.getByRole("button", { name: "Decline" }).click();
  await page.waitForURL((url) => url.origin === suite.url);
  await page.getByRole("main").getByText(/declin|not authorized|refus/i).first().waitFor();
  await look(page, "suite-declined");
});

journey("every entry of the Suite's navigation leads to a page that says something", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await signInAtSuite(page, suite);
  await page.goto(`${suite.url}/`);
  const paths = await page.locator("nav.sidenav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(paths.length >= 2, `${paths}`);
  for (const path of paths) {
    const answer = await page.goto(suite.url + path);
    assert.equal(answer.status(), 200, path);
    assert.ok(await page.getByRole("heading", { level: 1 }).innerText(), path);
    await look(page, `suite-navigation${path.replaceAll("/", "-")}`);
  }
});
