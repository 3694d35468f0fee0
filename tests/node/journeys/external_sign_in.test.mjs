// The people of a domain sign in at an OpenID Connect provider that we did not write (npm oidc-provider), strict on both sides.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Browser } from "../lib/authorize.mjs";
import { startHub } from "../lib/hub.mjs";
import { startProvider } from "../provider/provider.mjs";

const client = { client_id: "trunkline-hub", client_secret: "a secret/with+signs" };
const hub = await startHub();
const provider = await startProvider({ ...client, redirect_uri: `${hub.origin}/sign-in/external/callback` });
after(async () => {
  await provider.end();
  await hub.end();
});

const admin = hub.person("Alex Morgan");
const heidi = hub.person("Heidi Harper");
const settings = `${hub.origin}/settings/authentication`;

async function signedIn(person) {
  const browser = new Browser();
  let page = await browser.open(`${hub.origin}/sign-in`);
  page = await browser.send(page, "email", { email: person.email });
  await browser.send(page, "password", { password: person.password });
  return browser;
}

/** Through the provider's own pages: sign in as this person, consent, and back to the Hub. */
async function atTheProvider(browser, away, email) {
  let page = await browser.open(away.href);
  page = await browser.send(page, "login", { login: email, password: "whatever" });
  for (let step = 0; step < 5; step += 1) {
    if (page.leadsTo?.origin === hub.origin) return browser.open(page.leadsTo.href);
    page = await browser.send(page, "prompt", {});
  }
  return assert.fail(`the provider leads nowhere: ${page.text}`);
}

test("a Full Admin adds the provider, tries it and switches it on", async () => {
  const browser = await signedIn(admin);
  let page = await browser.open(`${settings}/providers/new`);
  page = await browser.send(page, "issuer", { domain: admin.email.split("@")[1], issuer: provider.issuer, ...client });
  assert.match(page.text, /The provider is saved/, page.text);
  const away = await browser.submit(page, "/try");
  assert.equal(away.leadsTo.origin, provider.issuer);
  page = await atTheProvider(browser, away.leadsTo, admin.email);
  assert.match(page.text, /works: you came back as/, page.text);
  page = await browser.submit(page, "/switch", { on: "on" });
  assert.match(page.text, /sign in at their provider from now on/, page.text);
});

test("somebody of the domain signs in there, and has no password here", async () => {
  const browser = new Browser();
  let page = await browser.open(`${hub.origin}/sign-in?return_to=%2Fme`);
  page = await browser.send(page, "email", { email: heidi.email });
  assert.equal(page.leadsTo.origin, provider.issuer);
  assert.equal(page.leadsTo.searchParams.get("login_hint"), heidi.email);
  page = await atTheProvider(browser, page.leadsTo, heidi.email);
  assert.match(page.text, new RegExp(heidi.email));
  assert.match(page.text, /sign in through their organization’s own provider/);
  page = await browser.open(`${hub.origin}/me/password`);
  assert.match(page.text, /You have no password here/);
});

test("who signs in there as somebody whom nobody knows is refused in words", async () => {
  const browser = new Browser();
  let page = await browser.open(`${hub.origin}/sign-in`);
  page = await browser.send(page, "email", { email: heidi.email });
  page = await atTheProvider(browser, page.leadsTo, `nobody@${heidi.email.split("@")[1]}`);
  assert.equal(page.status, 403);
  assert.match(page.text, /You are known to your provider, and have no account here/);
});
