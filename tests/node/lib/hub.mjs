// A demonstration for one test file, with what a developer gets from it: tokens and client credentials.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startDemonstration } from "../../browser/lib/demonstration.mjs";

export async function startHub() {
  const demonstration = await startDemonstration();
  const { facts } = demonstration;
  const clients = JSON.parse(readFileSync(join(dirname(facts.hub.config), "clients.json"), "utf8"));
  return {
    ...demonstration,
    origin: new URL(facts.hub.api).origin,
    /** A token of 12 hours with everything that the person may do. */
    personalToken: (name) => {
      const command = ["hub", "token", "--config", facts.hub.config, "--email", demonstration.person(name).email];
      return execFileSync(process.env.TRUNKLINE_BINARY, command, { encoding: "utf8" }).trim();
    },
    credentials: (integration) => clients.find((client) => client.client_id === demonstration.client(integration).client_id),
  };
}

/** What the SDK reads when it is loaded; nothing else points it at the Hub. */
export const environmentOf = (hub) => ({
  HYDRA_SERVICE_URL: `${hub.origin}/v1`,
  U2C_SERVICE_URL: `${hub.origin}/u2c/api/v1`,
  IDBROKER_BASE_URL: hub.origin,
  IDENTITY_BASE_URL: hub.origin,
  WDM_SERVICE_URL: `${hub.origin}/wdm/api/v1`,
});
