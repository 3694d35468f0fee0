// A partner's administrators at their customers: chosen, seen with the rights of the partner role, and left again; and what is said
// before something happens to somebody on whom authorizations hang.
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

async function signedIn(open, name, path) {
  const window = await open();
  await window.page.goto(hub + path);
  await signInAtHub(window.page, demonstration.person(name));
  await window.page.getByRole("heading", { level: 1 }).waitFor();
  return window;
}

const chosen = (page) => page.locator(".topbar .menu-start summary .label");

journey("a partner's full administrator works at a customer and comes back", () => browser, async (open) => {
  const { page } = await signedIn(open, "Marlene Osei", "/customers");
  await page.getByRole("cell", { name: "Kestrel Bay Logistics", exact: true }).waitFor();
  await page.getByRole("cell", { name: "Blue Heron Clinics", exact: true }).waitFor();
  await look(page, "customers");
  await page.getByRole("button", { name: "Open Kestrel Bay Logistics" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await chosen(page).textContent(), "Kestrel Bay Logistics");
  await page.goto(`${hub}/users?q=Heidi`);
  await page.getByRole("link", { name: "Heidi Harper" }).first().waitFor();
  await look(page, "customer-users");
  await page.goto(`${hub}/apps/integrations`);
  await page.getByRole("link", { name: "Manage" }).waitFor();
  await page.locator(".topbar .menu-start summary").click();
  await page.getByRole("button", { name: "Tidewater Managed Services" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await chosen(page).textContent(), "Tidewater Managed Services");
  await page.goto(`${hub}/users?q=Heidi`);
  assert.equal(await page.getByRole("link", { name: "Heidi Harper" }).count(), 0);
});

journey("whoever may only read sees the same pages and no button that changes something", () => browser, async (open) => {
  const window = await signedIn(open, "Callum Reyes", "/customers");
  const { page } = window;
  await page.getByRole("button", { name: "Open Kestrel Bay Logistics" }).click();
  await page.goto(`${hub}/users?q=Heidi`);
  await page.getByRole("link", { name: "Heidi Harper" }).first().click();
  await page.getByRole("heading", { name: "Heidi Harper", level: 1 }).waitFor();
  assert.equal(await page.getByRole("main").getByRole("button", { name: /Deactivate|Delete|Reset/ }).count(), 0);
  assert.equal(await page.getByRole("main").getByRole("link", { name: /Deactivate|Delete|Edit|Reset/ }).count(), 0);
  await look(page, "customer-person-read-only");
});

journey("a customer's own administrator is told that customers are for partners", () => browser, async (open) => {
  const window = await open();
  window.expectStatus(403);
  await window.page.goto(`${hub}/customers`);
  await signInAtHub(window.page, demonstration.person("Alex Morgan"));
  await window.page.getByText("This page is for administrators of a partner").waitFor();
});
