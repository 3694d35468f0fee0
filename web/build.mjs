// Bundles the styles and page behaviours into web/dist: app.css, app.js, favicons and the
// licences of what is bundled. Run `npm run build`, or `npm run watch` while designing.
import { build, context } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = `${root}dist`;

// Browsers of the last two years: light-dark(), nesting and popover are used as they are.
const target = ["chrome123", "edge123", "firefox128", "safari17.5"];

const bundled = [
  { name: "htmx.org", file: "LICENSE" },
  { name: "lucide-static", file: "LICENSE" },
];

/** One CSS class per icon that icons.json names; the drawing travels as a mask image. */
async function iconStyles() {
  const names = JSON.parse(await readFile(`${root}icons.json`, "utf8"));
  const rules = await Promise.all(names.map(iconRule));
  return `@layer components {\n${rules.join("\n")}\n}\n`;
}

async function iconRule(name) {
  const source = await readFile(`${root}node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const svg = source
    .replace(/<!--.*?-->/gs, "")
    .replace(/\sclass="[^"]*"/, "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .replace('stroke="currentColor"', 'stroke="#000"')
    .trim();
  return `.icon-${name} { --icon: url("data:image/svg+xml,${encodeURIComponent(svg)}"); }`;
}

/** Lets styles/index.css say `@import "icons:all"`. */
const iconPlugin = {
  name: "icons",
  setup(builder) {
    builder.onResolve({ filter: /^icons:all$/ }, () => ({ path: "all", namespace: "icons" }));
    builder.onLoad({ filter: /.*/, namespace: "icons" }, async () => ({
      contents: await iconStyles(),
      loader: "css",
    }));
  },
};

async function thirdPartyLicences() {
  const parts = await Promise.all(bundled.map(licenceOf));
  return `Third-party software in app.js and app.css\n\n${parts.join("\n\n")}`;
}

async function licenceOf({ name, file }) {
  const folder = `${root}node_modules/${name}`;
  const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const text = await readFile(`${folder}/${file}`, "utf8");
  return `==== ${name} ${version} (${license}) ====\n\n${text.trim()}\n`;
}

const options = {
  absWorkingDir: root,
  entryPoints: { app: "src/app.ts", styleguide: "src/styleguide.ts" },
  outdir: dist,
  bundle: true,
  format: "iife",
  minify: true,
  legalComments: "none",
  target,
  logLevel: "info",
};

const styleOptions = {
  ...options,
  entryPoints: { app: "src/styles/index.css", styleguide: "src/styles/styleguide.css" },
  format: undefined,
  plugins: [iconPlugin],
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeFile(`${dist}/THIRD-PARTY-LICENSES.txt`, await thirdPartyLicences());
for (const product of ["hub", "suite"]) {
  await copyFile(`${root}src/favicon-${product}.svg`, `${dist}/favicon-${product}.svg`);
}

if (process.argv.includes("--watch")) {
  for (const wanted of [options, styleOptions]) await (await context(wanted)).watch();
} else {
  await Promise.all([build(options), build(styleOptions)]);
}
