// Runs the program of a developer with nothing but this environment.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("program.cjs", import.meta.url));

/** What `build` ("webex" or "composed") answers on a journey of lib/program.cjs. */
export function run(build, token, journey, environment) {
  const env = { PATH: process.env.PATH, NODE_ENV: "production", ...environment };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, build, token, journey], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout.trim().split("\n").at(-1)));
      } catch {
        reject(new Error(`the program said no JSON (${error}): ${stdout}${stderr}`));
      }
    });
  });
}

export const deadToken = (hub) => `${"A".repeat(64)}_P0A1_${hub.facts.organizations[0].id}`;
export const NOBODY = Buffer.from("ciscospark://us/PEOPLE/00000000-0000-4000-8000-00000000dead").toString("base64url");
