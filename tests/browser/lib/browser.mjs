// Debian's Chromium, and pages that fail a test when their console shows an error.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const out = fileURLToPath(new URL("../out/", import.meta.url));
await mkdir(out, { recursive: true });

const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function startBrowser() {
  // Chromium's own sandbox refuses root.
  const root = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...root] });
}

/**
 * A test whose windows are checked when it ends: a page's error or a console's complaint fails it. When it fails,
 * what every window shows is kept in tests/browser/out and named in the error.
 */
export function journey(name, browser, walk) {
  test(name, async () => {
    const windows = [];
    const open = async () => {
      windows.push(await openWindow(browser()));
      return windows.at(-1);
    };
    try {
      await walk(open);
    } catch (error) {
      const sights = await Promise.all(windows.map((window, index) => window.describe(`failed-${slug(name)}-${index}`)));
      throw new Error(`${error.message}\n${sights.join("\n")}`, { cause: error });
    }
    for (const window of windows) await window.finish();
  });
}

const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60);

/** A window of its own: no cookies in common with any other. */
async function openWindow(browser) {
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
    async describe(picture) {
      await page.screenshot({ path: `${out}${picture}.png` });
      const words = await page.locator("main").innerText({ timeout: 1000 }).catch(() => "");
      return `A window showed ${page.url()} (${picture}.png): ${words.replaceAll(/\s+/g, " ").slice(0, 600)}\n${complaints.join("\n")}`;
    },
    async finish() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}
