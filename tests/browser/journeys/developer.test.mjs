// Applications as their developers and the administrators who decide about them meet them.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { deflateSync } from "node:zlib";

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

/** What the copy button of a value copies. */
const value = (page, name) => page.locator(`.copy[data-copy-name="${name}"]`).first().getAttribute("data-copy");

journey("a person registers an integration, copies its secret, makes a new one and deletes it", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/me`);
  await signInAtHub(page, demonstration.person("Heidi Harper"));
  await page.locator(".topbar-person summary").click();
  await page.getByRole("link", { name: "My applications" }).click();
  await page.getByRole("heading", { name: "You have not registered an application" }).waitFor();
  await look(page, "developer-empty");
  await page.getByRole("link", { name: "Register an integration" }).click();
  await look(page, "developer-form");

  window.expectStatus(400);
  await page.getByLabel("Name", { exact: true }).fill("Roster");
  await page.getByLabel("Redirect URIs").fill("/callback");
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Roster");
  assert.equal(await page.getByLabel("Redirect URIs").inputValue(), "/callback");
  await look(page, "developer-form-wrong");

  await page.getByLabel("Description").fill("Writes the duty roster and looks people up.\nKeeps nothing.");
  await page.getByLabel("Vendor").fill("Roster Software");
  await page.getByLabel("Contact e-mail").fill("dev@roster.example");
  await page.getByLabel("Redirect URIs").fill("https://roster.example/callback");
  await page.getByText("What the account itself can see and do").click();
  await page.getByLabel("See your own profile, and look up people you can see").check();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Roster is registered" }).waitFor();
  await look(page, "developer-registered");
  const [clientId, secret] = [await value(page, "client ID"), await value(page, "client secret")];
  assert.match(clientId, /^C[0-9a-f]{64}$/);
  assert.equal(secret.length, 64);

  await page.getByRole("link", { name: "I have copied it" }).click();
  await page.getByRole("heading", { name: "Roster", level: 1 }).waitFor();
  assert.ok(!(await page.content()).includes(secret));
  await look(page, "developer-application", { picture: true });
  await page.getByLabel("Logo").setInputFiles({ name: "roster.png", mimeType: "image/png", buffer: png(128, [13, 110, 90]) });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByText("The logo is shown from now on.").waitFor();

  await page.getByRole("link", { name: "New secret…" }).click();
  await look(page, "developer-secret");
  await page.getByLabel("After 7 days").check();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await page.getByText("The secret before works beside it until").waitFor();
  assert.notEqual(await value(page, "client secret"), secret);
  await look(page, "developer-new-secret");
  await page.getByRole("link", { name: "I have copied it" }).click();
  await page.getByText("Two secrets work").waitFor();
  await look(page, "developer-two-secrets");

  // An administrator finds it in the catalogue.
  const admin = await open();
  await admin.page.goto(`${hub}/apps/integrations?q=Roster`);
  await signInAtHub(admin.page, demonstration.person("Alex Morgan"));
  await admin.page.getByRole("link", { name: "Roster", exact: true }).waitFor();

  await page.getByRole("link", { name: "My applications" }).first().click();
  await look(page, "developer-list");
  await page.getByRole("main").getByRole("link", { name: "Roster", exact: true }).click();
  await page.getByRole("link", { name: "Delete…" }).click();
  await page.getByText("Nobody uses it now").waitFor();
  await look(page, "developer-delete");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("The application is deleted.").waitFor();
});

journey("a Service App is requested, authorized, used, and its authorization taken back", () => browser, async (open) => {
  const window = await open();
  const { page } = window;
  await page.goto(`${hub}/developer/apps/new/service-app`);
  await signInAtHub(page, demonstration.person("Heidi Harper"));
  await look(page, "service-app-form");
  await page.getByLabel("Name", { exact: true }).fill("Roster Bot");
  await page.getByLabel("Description").fill("Keeps the duty roster in step with the directory.");
  await page.getByLabel("Vendor").fill("Roster Software");
  await page.getByLabel("Contact e-mail").fill("dev@roster.example");
  await page.getByText("The organization", { exact: true }).click();
  await page.getByLabel("See every person of your organization").check();
  await page.getByLabel("See the locations of your organization").check();
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Roster Bot is registered" }).waitFor();
  const secret = await value(page, "client secret");
  await page.getByRole("link", { name: "I have copied it" }).click();
  await look(page, "service-app-new");

  const admin = await open();
  await admin.page.goto(`${hub}/apps/service-apps`);
  await signInAtHub(admin.page, demonstration.person("Alex Morgan"));
  await admin.page.getByRole("heading", { name: "No Service Apps" }).waitFor();
  await look(admin.page, "service-apps-empty");

  await page.getByRole("button", { name: "Request admin authorization" }).click();
  await page.getByText("Administrators of your organization find the Service App now.").waitFor();
  await look(page, "service-app-requested");

  await admin.page.reload();
  await admin.page.getByRole("link", { name: "Roster Bot" }).click();
  await look(admin.page, "service-apps-panel", { picture: true });
  await admin.page.getByRole("link", { name: "Authorize…" }).click();
  await admin.page.getByRole("heading", { name: "Authorize Roster Bot?" }).waitFor();
  await look(admin.page, "service-app-authorize");
  await admin.page.getByRole("button", { name: "Authorize" }).click();
  await admin.page.getByText("The Service App is authorized.").waitFor();
  await look(admin.page, "service-apps-authorized");

  await page.reload();
  await page.getByRole("heading", { name: "Org authorizations" }).waitFor();
  await look(page, "service-app-authorizations");
  await page.getByLabel("Client secret").fill(secret);
  await page.getByRole("button", { name: "Get tokens" }).click();
  await page.getByRole("heading", { name: /^Tokens for/ }).waitFor();
  await look(page, "service-app-tokens");
  const token = await value(page, "access token");
  const people = () => fetch(`${hub}/v1/people?max=1`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await people()).status, 200);

  await admin.page.getByRole("link", { name: "Deauthorize…" }).click();
  await look(admin.page, "service-app-deauthorize");
  await admin.page.getByRole("button", { name: "Deauthorize" }).click();
  await admin.page.getByText("The authorization is taken back.").waitFor();
  assert.equal((await people()).status, 401);
});

/** A square PNG of one colour. */
function png(side, [red, green, blue]) {
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: side }, () => [red, green, blue]).flat())]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** CRC-32 (ISO 3309), as PNG wants it. */
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
