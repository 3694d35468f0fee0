// Walks an authorization through the Hub's real pages, as a browser without JavaScript would, and hands the code out.
import assert from "node:assert/strict";

export class Browser {
  #cookies = new Map();

  async open(url, options = {}) {
    for (let redirects = 0; redirects < 10; redirects += 1) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(url, { ...options, headers: { ...options.headers, cookie }, redirect: "manual" });
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        this.#cookies.set(name, value);
      }
      const location = answer.headers.get("location");
      const next = location && new URL(location, url);
      if (!next || next.origin !== new URL(url).origin) return { url, status: answer.status, leadsTo: next, text: await answer.text() };
      [url, options] = [next.href, {}];
    }
    return assert.fail(`redirected in circles at ${url}`);
  }

  // Sends the form that has `field`, with what it holds already.
  send(page, field, values) {
    const form = forms(page.text).find((candidate) => candidate.text.includes(`name="${field}"`)) ?? assert.fail(`no form with ${field} at ${page.url}: ${page.text}`);
    return this.#post(page, form, values);
  }

  // Sends the form whose address ends like this.
  submit(page, end, values = {}) {
    const form = forms(page.text).find((candidate) => candidate.action.endsWith(end)) ?? assert.fail(`no form for ${end} at ${page.url}: ${page.text}`);
    return this.#post(page, form, values);
  }

  #post(page, form, values) {
    return this.open(new URL(form.action || page.url, page.url).href, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...form.fields, ...values }).toString(),
    });
  }
}

const plain = (text) => text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#38;", "&").replaceAll("&amp;", "&");
const attribute = (tag, name) => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

function forms(page) {
  return page.split("<form").slice(1).map((rest) => {
    const text = rest.split("</form>")[0];
    const inputs = [...text.matchAll(/<input[^>]*>/g)].map(([tag]) => [attribute(tag, "name"), attribute(tag, "value")]);
    return { text, action: attribute(` ${text.split(">")[0]}`, "action"), fields: Object.fromEntries(inputs.filter(([name]) => name)) };
  });
}

/** Where a person's consent leads: the address with the answer for the client. */
export async function consentTo(url, person) {
  const browser = new Browser();
  let page = await browser.open(url);
  page = await browser.send(page, "email", { email: person.email });
  page = await browser.send(page, "password", { password: person.password });
  page = await browser.send(page, "decision", { decision: "accept" });
  return page.leadsTo ?? assert.fail(`the consent leads nowhere: ${page.text}`);
}

/** Types the code of a device where it says, and consents. */
export async function typeDeviceCode(begun, person) {
  const browser = new Browser();
  let page = await browser.open(begun.verification_uri);
  page = await browser.send(page, "code", { code: begun.user_code });
  page = await browser.send(page, "email", { email: person.email });
  page = await browser.send(page, "password", { password: person.password });
  page = await browser.send(page, "decision", { decision: "accept" });
  assert.match(page.text, /The device is connected/);
}

/** The code that a person's consent yields for one of the integrations. */
export async function codeFor(facts, client, scope, person) {
  const redirectUri = facts.suite.redirect_uri;
  const query = new URLSearchParams({ response_type: "code", client_id: client.client_id, redirect_uri: redirectUri, scope, state: "of-this-test", nonce: "once" });
  const answer = await consentTo(`${facts.hub.api}/authorize?${query}`, person);
  assert.ok(answer.href.startsWith(redirectUri), `the consent leads to ${answer}`);
  assert.equal(answer.searchParams.get("state"), "of-this-test");
  return answer.searchParams.get("code");
}
