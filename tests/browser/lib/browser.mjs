// Debian's Chromium, and pages that fail a test when their console shows an error.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function startBrowser() {
  // Chromium's own sandbox refuses root.
  const root = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...root] });
}

/** A window of its own: no cookies in common with any other. `finish` fails when anything went wrong in it. */
export async function openWindow(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  const expected = [];
  page.on("pageerror", (error) => complaints.push(`error on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const text = `${message.text()} (${message.location().url})`;
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(`console on ${page.url()}: ${text}`);
  });
  page.on("requestfailed", (request) => {
    // A navigation that another navigation overtakes is reported as aborted.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  return {
    page,
    /** The browser writes every answer of 400 and above to the console; where a page is meant to be one, say so. */
    expectStatus: (status) => expected.push(new RegExp(`responded with a status of ${status}\\b`)),
    async finish() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}
