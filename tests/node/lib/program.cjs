// A program that knows nothing of the Hub: the SDK as its documentation shows it, in a process of its own. The environment alone
// leads it here. It writes one line of JSON, with every rejection that the SDK left to nobody.
const { createRequire } = require("node:module");
const { everyArea } = require("./areas.cjs");

const [, , build, token, journey] = process.argv;
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(String(reason?.message ?? reason).split("\n").slice(0, 2).join(" ")));

function open(access = token) {
  const settings = { credentials: { access_token: access }, config: { logger: { level: "silent" } } };
  if (build === "webex") return require("../webex/node_modules/webex").init(settings);
  const load = createRequire(require.resolve("../composed/package.json"));
  for (const plugin of ["logger", "authorization-node", "people"]) load(`@webex/plugin-${plugin}`);
  return new (load("@webex/webex-core").default.extend({ webex: true }))(settings);
}

const journeys = {
  async people(webex) {
    const me = await webex.people.get("me");
    const page = await webex.people.list({ max: 5 });
    const next = await page.next();
    const again = await webex.people.get(me.id);
    return { me: me.displayName, first: page.items.length, second: next.items.length, same: page.items[0].id === next.items[0].id, again: again.id === me.id };
  },
  async nobody(webex) {
    const nobody = Buffer.from("ciscospark://us/PEOPLE/00000000-0000-4000-8000-00000000dead").toString("base64url");
    const { id } = await webex.people.get("me");
    const both = await Promise.allSettled([webex.people.get(id), webex.people.get(nobody)]);
    return { found: both[0].value?.id === id, refused: both[1].reason === nobody };
  },
  async areas(admin) {
    const { NARROW_TOKEN, DEAD_TOKEN, DOMAIN, ORGANIZATION } = process.env;
    return everyArea({ admin, narrow: open(NARROW_TOKEN), dead: open(DEAD_TOKEN) }, { domain: DOMAIN, organization: ORGANIZATION });
  },
  async refused(webex) {
    const error = await webex.people.get("me").then(() => undefined, (reason) => reason);
    return { status: error?.statusCode, name: error?.name, message: String(error?.message).split("\n")[0] };
  },
};

async function run() {
  const answers = await journeys[journey](open());
  // What the SDK does by itself in the background comes a little later.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return { answers, unhandled };
}

run().then(
  (line) => process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(0)),
  (error) => process.stdout.write(`${JSON.stringify({ failed: String(error.stack ?? error), unhandled })}\n`, () => process.exit(1)),
);
