// Fails when a pair of token colours that carries text is below WCAG AA (4.5:1), or a pair that
// only draws a control is below 3:1, in light or dark mode, in either product.
import { readFile } from "node:fs/promises";

const css = await readFile(new URL("src/styles/tokens.css", import.meta.url), "utf8");

const grounds = ["page", "surface", "surface-raised", "surface-sunken", "surface-hover"];
const tones = ["success", "warning", "danger", "info", "neutral"];
const pairs = [
  ...grounds.flatMap((ground) => ["text", "text-muted", "accent"].map((ink) => [ink, ground, 4.5])),
  ...["surface", "surface-sunken"].map((ground) => ["border-strong", ground, 3]),
  ...tones.flatMap((tone) => [`${tone}-surface`, "surface"].map((ground) => [tone, ground, 4.5])),
  ...tones.map((tone) => ["text", `${tone}-surface`, 4.5]),
  ["accent", "accent-surface", 4.5],
  ["text", "accent-surface", 4.5],
  ["text-muted", "accent-surface", 4.5],
  ["text-muted", "neutral-surface", 4.5],
  ["on-fill", "accent-fill", 4.5],
  ["on-fill", "accent-fill-hover", 4.5],
  ["on-fill", "danger-fill", 4.5],
  ["on-fill", "topbar", 4.5],
  ["on-fill", "topbar-raised", 4.5],
  ["topbar-accent", "topbar", 4.5],
];

/** Token values for one product: the shared block, then its own. */
function tokensOf(product) {
  const own = css.indexOf(`[data-product="${product}"] {`);
  const shared = css.slice(0, css.indexOf(":root,"));
  const text = shared + css.slice(own, css.indexOf("}", own));
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, k, v]) => [k, v]));
}

function colour(value, mode) {
  const both = value?.match(/^light-dark\((#\w{6}), (#\w{6})\)$/);
  const hex = both ? both[mode === "light" ? 1 : 2] : value;
  if (!/^#\w{6}$/.test(hex ?? "")) throw new Error(`not a plain colour: ${value}`);
  return hex;
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(ink, ground) {
  const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

let failures = 0;
for (const product of ["hub", "suite"]) {
  const tokens = tokensOf(product);
  for (const mode of ["light", "dark"]) {
    for (const [ink, ground, least] of pairs) {
      const found = ratio(colour(tokens[ink], mode), colour(tokens[ground], mode));
      if (found >= least) continue;
      failures += 1;
      console.error(`${product} ${mode}: --${ink} on --${ground} is ${found.toFixed(2)}, needs ${least}`);
    }
  }
}
if (failures > 0) process.exit(1);
console.log(`contrast: ${pairs.length} pairs hold in both products and both modes`);
