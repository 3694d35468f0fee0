// Passwords and access as administrators and people meet them: policy, reset, a forced change, a forgotten password.
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

const choose = async (page, password) => {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password again").fill(password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
};

journey("a Full Admin sets the policy and resets a password, and the person must choose an own one that keeps to it", () => browser, async (open) => {
  const { page } = await open();
  const heidi = demonstration.person("Heidi Harper");
  await page.goto(`${hub}/settings/authentication`);
  await signInAtHub(page, demonstration.person("Alex Morgan"));
  await look(page, "hub-authentication");
  await page.getByLabel("Minimum length").fill("12");
  await page.getByLabel("A digit").check();
  await page.getByRole("button", { name: "Save the policy" }).click();
  await page.getByText("The password policy is saved.").waitFor();
  await page.getByRole("link", { name: "Add a provider" }).click();
  await look(page, "hub-new-provider");

  await page.goto(`${hub}/users?q=harper`);
  await page.getByRole("main").getByRole("link", { name: "Heidi Harper" }).click();
  await page.getByRole("link", { name: "Reset access" }).click();
  await look(page, "hub-reset-access");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Reset password" }).click();
  await look(page, "hub-reset-password");
  await page.getByLabel("From me").check();
  await page.getByRole("button", { name: "Reset password" }).click();
  const password = await page.locator("#one-time-password").innerText();
  await look(page, "hub-one-time-password");

  const hers = await open();
  hers.expectStatus(400);
  await hers.page.goto(`${hub}/me`);
  await signInAtHub(hers.page, { email: heidi.email, password });
  await look(hers.page, "hub-new-password");
  await choose(hers.page, "no digit at all");
  await hers.page.getByText("The new password has no digit.").waitFor();
  await choose(hers.page, "my own password 1");
  await hers.page.getByRole("heading", { name: "My account" }).waitFor();
  assert.equal(new URL(hers.page.url()).pathname, "/me");
  await look(hers.page, "hub-my-account");
  await hers.page.goto(`${hub}/me/password`);
  await look(hers.page, "hub-my-password");
});

journey("a forgotten password is asked for with the same answer for everybody", () => browser, async (open) => {
  const { page } = await open();
  const words = [];
  for (const email of [demonstration.person("Heidi Harper").email, "nobody@nowhere.example"]) {
    await page.goto(`${hub}/sign-in`);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("link", { name: "Forgotten password" }).click();
    await look(page, "hub-forgotten");
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    words.push(await page.getByRole("main").innerText());
  }
  assert.equal(words[0], words[1]);
  await look(page, "hub-forgotten-sent");
});
