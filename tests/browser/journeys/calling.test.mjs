// Calling as an administrator sets it up: numbers, call features, virtual lines, workspaces, groups, a person's calls.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { journey, startBrowser } from "../lib/browser.mjs";
import { startDemonstration } from "../lib/demonstration.mjs";
import { look } from "../lib/look.mjs";
import { signInAtHub } from "../lib/people.mjs";

const LOCATION = "Boston Headquarters";
const NUMBER = "+16175550199";
const HUNT_GROUP = "Parts and Returns Counter East";
const HUNT_GROUP_EXTENSION = "2190";

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

/** A window in which the Full Admin has signed in; refused forms are answered with one of these statuses. */
async function administrator(open, path) {
  const window = await open();
  for (const status of [400, 409, 422]) window.expectStatus(status);
  await window.page.goto(hub + path);
  await signInAtHub(window.page, demonstration.person("Alex Morgan"));
  await window.page.getByRole("heading", { level: 1 }).waitFor();
  return window.page;
}

const send = (page) => page.getByRole("main").locator(".form-actions .button-primary").click();
const follow = (page, name) => page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
const arrived = (page, heading) => page.getByRole("heading", { name: heading, level: 1, exact: true }).waitFor();
const refused = (page) => page.getByRole("main").getByRole("alert").waitFor();
const said = (page, sentence) => page.getByRole("status").filter({ hasText: sentence }).waitFor();

async function find(page, text) {
  await page.getByRole("main").getByRole("searchbox").fill(text);
  await page.getByRole("main").getByRole("searchbox").press("Enter");
  await page.waitForURL(/[?&]q=/);
}

journey("a number is added, found and asked about before it goes", () => browser, async (open) => {
  const page = await administrator(open, "/calling/numbers");
  await look(page, "hub-numbers", { picture: true });
  await follow(page, "Add numbers");
  await arrived(page, "Add numbers");
  await look(page, "hub-numbers-add");
  await page.getByLabel("Location").selectOption({ label: LOCATION });
  await page.getByLabel("Numbers", { exact: true }).fill("617 555\nnonsense");
  await send(page);
  await refused(page);
  await look(page, "hub-numbers-add-refused");

  await page.getByLabel("Numbers", { exact: true }).fill(NUMBER);
  await send(page);
  await said(page, "The numbers were added.");
  await page.goto(`${hub}/calling/numbers`);
  await find(page, NUMBER);
  const rows = page.locator("tbody tr");
  assert.equal(await rows.count(), 1);
  assert.match(await rows.innerText(), /Not assigned/);
  await look(page, "hub-numbers-found");
  await page.getByRole("link", { name: `Remove ${NUMBER}` }).click();
  await arrived(page, `Remove ${NUMBER}?`);
  await look(page, "hub-number-remove");
  await page.goto(`${hub}/calling/numbers?q=nobody+at+all`);
  await look(page, "hub-numbers-none");

  await page.goto(`${hub}/calling/numbers`);
  await page.getByRole("columnheader", { name: "Extension" }).getByRole("link").click();
  await page.waitForURL(/order=extension/);
  assert.equal(await page.getByRole("columnheader", { name: "Extension" }).getAttribute("aria-sort"), "ascending");
});

journey("a hunt group is made and given an agent", () => browser, async (open) => {
  const page = await administrator(open, "/calling/features");
  await look(page, "hub-hunt-groups", { picture: true });
  await follow(page, "Create a hunt group");
  await arrived(page, "Create a hunt group");
  await send(page);
  await refused(page);
  await look(page, "hub-hunt-group-refused");

  await page.getByLabel("Location").selectOption({ label: LOCATION });
  await page.getByLabel("Name").fill(HUNT_GROUP);
  await page.getByRole("textbox", { name: /^Number/ }).fill(NUMBER);
  await page.getByRole("textbox", { name: /^Extension/ }).fill(HUNT_GROUP_EXTENSION);
  await page.getByLabel("Forward the call").check();
  await page.getByLabel("Forward to", { exact: true }).fill("2001");
  await look(page, "hub-hunt-group-form");
  await send(page);
  await said(page, "Created.");
  await arrived(page, HUNT_GROUP);
  await look(page, "hub-hunt-group-empty");

  await follow(page, "Add agents");
  await page.getByRole("button", { name: /^Add / }).first().click();
  await said(page, "The agents were changed.");
  await look(page, "hub-hunt-group-agents");
  await follow(page, "Done");
  await arrived(page, HUNT_GROUP);
  assert.equal(await page.locator("tbody tr a").count(), 1);
  assert.ok(await page.getByText("To 2001").or(page.getByText("After 15 rings to 2001")).first().isVisible());
  await look(page, "hub-hunt-group", { picture: true });
  await follow(page, "Delete");
  await arrived(page, `Delete ${HUNT_GROUP}?`);
  await look(page, "hub-hunt-group-delete");
});

journey("a call queue is edited", () => browser, async (open) => {
  const page = await administrator(open, "/calling/features/call-queues");
  await look(page, "hub-call-queues");
  await follow(page, "Freight Claims");
  await arrived(page, "Freight Claims");
  await follow(page, "Edit");
  await page.getByLabel("Number of calls in queue").fill("12");
  await page.getByLabel("Overflow when the queue is full").selectOption({ label: "Transfer to a number" });
  await send(page);
  await refused(page);
  await look(page, "hub-call-queue-refused");
  await page.getByLabel("Transfer to").fill(HUNT_GROUP_EXTENSION);
  await send(page);
  await said(page, "The changes were saved.");
  assert.ok(await page.getByText(`Transfer to a number: ${HUNT_GROUP_EXTENSION}`).isVisible());
  await look(page, "hub-call-queue");
  await follow(page, "Change agents");
  await look(page, "hub-call-queue-agents");
});

journey("a menu of an auto attendant is changed", () => browser, async (open) => {
  const page = await administrator(open, "/calling/features/auto-attendants");
  await look(page, "hub-auto-attendants");
  await follow(page, "Main Menu");
  await arrived(page, "Main Menu");
  await look(page, "hub-auto-attendant", { picture: true });
  await page.getByRole("link", { name: "Edit the business hours menu" }).click();
  await arrived(page, "Business hours menu");
  await page.getByLabel("What key 5 does").selectOption({ label: "Transfer without prompt" });
  await page.getByLabel("Description of key 5").fill("Parts and returns");
  await send(page);
  await refused(page);
  await look(page, "hub-auto-attendant-menu-refused");
  await page.getByLabel("Where key 5 leads").fill(HUNT_GROUP_EXTENSION);
  await send(page);
  await arrived(page, "Main Menu");
  assert.match(await page.getByRole("row").filter({ hasText: "Parts and returns" }).innerText(), new RegExp(HUNT_GROUP_EXTENSION));
  await page.goto(`${hub}/calling/features/auto-attendants/new`);
  await look(page, "hub-auto-attendant-location");
  await send(page);
  await page.getByLabel("Name", { exact: true }).waitFor();
  await look(page, "hub-auto-attendant-form");
});

journey("a schedule gets an event", () => browser, async (open) => {
  const page = await administrator(open, "/calling/features/schedules");
  await look(page, "hub-schedules");
  await page.getByRole("row").filter({ hasText: LOCATION }).getByRole("link", { name: "Business Hours" }).click();
  await follow(page, "Add an event");
  await arrived(page, "Add an event");
  await page.getByLabel("Name").fill("Saturday mornings before the holidays");
  await page.getByLabel("First day").fill("2026-12-05");
  await send(page);
  await refused(page);
  await look(page, "hub-event-refused");
  await page.getByLabel("From").fill("09:00");
  await page.getByLabel("To", { exact: true }).fill("12:30");
  await page.getByLabel("Recurrence").last().selectOption({ index: 1 });
  await page.getByLabel("All day").check();
  assert.equal(await page.getByLabel("From").isVisible(), false, "a whole day has no hours");
  await page.getByLabel("All day").uncheck();
  await send(page);
  await arrived(page, "Business Hours");
  assert.match(await page.getByRole("row").filter({ hasText: "Saturday mornings" }).innerText(), /2026-12-05, 09:00 to 12:30/);
  await look(page, "hub-schedule");
});

journey("a virtual line is made", () => browser, async (open) => {
  const page = await administrator(open, "/calling/virtual-lines");
  await look(page, "hub-virtual-lines");
  await follow(page, "Add a virtual line");
  await arrived(page, "Add a virtual line");
  await send(page);
  await refused(page);
  await look(page, "hub-virtual-line-refused");
  await page.getByLabel("First name").first().fill("Emergency");
  await page.getByLabel("Last name").first().fill("Maintenance and Dock Doors");
  await page.getByLabel("Location").selectOption({ label: LOCATION });
  await page.getByRole("textbox", { name: /^Extension/ }).fill("2191");
  await send(page);
  await arrived(page, "Emergency Maintenance and Dock Doors");
  await look(page, "hub-virtual-line");
});

journey("a workspace is made", () => browser, async (open) => {
  const page = await administrator(open, "/workspaces");
  await look(page, "hub-workspaces", { picture: true });
  await follow(page, "Add a workspace");
  await arrived(page, "Add a workspace");
  await page.getByLabel("Kind").selectOption({ label: "Webex Calling" });
  await send(page);
  await refused(page);
  await look(page, "hub-workspace-refused");
  const name = "Donaudampfschifffahrtsgesellschaftssitzungszimmer";
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Location").selectOption({ label: LOCATION });
  await page.getByRole("textbox", { name: /^Extension/ }).fill("2192");
  await send(page);
  await arrived(page, name);
  await look(page, "hub-workspace");
  await follow(page, "Delete");
  await arrived(page, `Delete ${name}?`);
  await look(page, "hub-workspace-delete");
  await page.goto(`${hub}/workspaces`);
  await look(page, "hub-workspaces-long-name");
});

journey("a group is made and given a member", () => browser, async (open) => {
  const page = await administrator(open, "/groups");
  await look(page, "hub-groups", { picture: true });
  await follow(page, "Add a group");
  await arrived(page, "Add a group");
  await page.getByLabel("Name").fill("all of berlin");
  await send(page);
  await refused(page);
  await look(page, "hub-group-refused");
  await page.getByLabel("Name").fill("Night Shift");
  await send(page);
  await arrived(page, "Night Shift");
  const add = page.getByRole("button", { name: "Add to the group" });
  await page.getByLabel("E-mail address").fill("nobody@elsewhere.example");
  await add.click();
  await refused(page);
  await look(page, "hub-group-member-refused");
  await page.getByLabel("E-mail address").fill(demonstration.person("Heidi Harper").email);
  await add.click();
  await page.getByRole("row").filter({ hasText: "Heidi Harper" }).waitFor();
  await look(page, "hub-group");
});

journey("a person's calls are forwarded", () => browser, async (open) => {
  const page = await administrator(open, "/users?q=harper");
  await follow(page, "Heidi Harper");
  await arrived(page, "Heidi Harper");
  await follow(page, "Call settings");
  await arrived(page, "Call settings of Heidi Harper");
  await follow(page, "Edit");
  assert.equal(await page.getByLabel("Always forward to").isVisible(), false, "a field waits for its checkbox");
  await page.getByLabel("Always forward calls").check();
  await send(page);
  await refused(page);
  await look(page, "hub-call-settings-refused");
  await page.getByLabel("Always forward to").fill(HUNT_GROUP_EXTENSION);
  await send(page);
  await arrived(page, "Call settings of Heidi Harper");
  assert.ok(await page.getByText(`to ${HUNT_GROUP_EXTENSION}`).isVisible());
  await page.getByRole("link", { name: "Add somebody to monitor" }).click();
  await find(page, "cook");
  await page.getByRole("button", { name: "Add Dylan Cook" }).click();
  await page.getByRole("row").filter({ hasText: "Dylan Cook" }).waitFor();
  await look(page, "hub-call-settings", { picture: true });
});

journey("in a narrow window the tab of the page is in sight", () => browser, async (open) => {
  const page = await administrator(open, "/calling/features/schedules");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await page.waitForLoadState("networkidle");
  const box = await page.getByRole("navigation", { name: "Features" }).getByRole("link", { name: "Schedules" }).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
});
