// Looks at a page as people do: in light and dark, wide and on a telephone, and with a screen reader's needs (axe).
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const out = fileURLToPath(new URL("../out/", import.meta.url));
const images = fileURLToPath(new URL("../../../docs/images/", import.meta.url));
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(out, { recursive: true });

/**
 * Checks the page and keeps pictures of it in tests/browser/out; `make screenshots` also renews the picture of the
 * documentation where `picture` is true.
 */
export async function look(page, name, { picture = false } = {}) {
  await page.waitForLoadState("networkidle");
  await inScheme(page, "light", async () => {
    await page.screenshot({ path: `${out}${name}.png` });
    if (picture && process.env.RENEW_PICTURES) await page.screenshot({ path: `${images}${name}.png` });
    await checkAccessibility(page, `${name}, light`);
  });
  await inScheme(page, "dark", async () => {
    await page.screenshot({ path: `${out}${name}-dark.png` });
    await checkAccessibility(page, `${name}, dark`);
  });
  await checkNarrow(page, name);
}

async function inScheme(page, colorScheme, check) {
  await page.emulateMedia({ colorScheme });
  await check();
  await page.emulateMedia({ colorScheme: "light" });
}

async function checkAccessibility(page, name) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const words = serious.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.html}\n      ${node.failureSummary}`).join("\n")}`);
  assert.deepEqual(words, [], `axe on ${name}`);
}

async function checkNarrow(page, name) {
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: `${out}${name}-360.png`, fullPage: true });
  await checkAccessibility(page, `${name}, narrow`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(wide);
  assert.ok(width <= 360, `${name} is ${width} pixels wide in a window of 360`);
}
