// `trunkline demo` for one test file: free ports, a temporary folder, ended with SIGTERM.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const binary = process.env.TRUNKLINE_BINARY;

export async function startDemonstration() {
  assert.ok(binary && existsSync(binary), `TRUNKLINE_BINARY must name the built program (is: ${binary}). \`make test-browser\` does that.`);
  const folder = await mkdtemp(join(tmpdir(), "trunkline-browser-"));
  const options = ["--json", "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--data", join(folder, "data")];
  const child = spawn(binary, options, { stdio: ["ignore", "pipe", "inherit"] });
  const facts = JSON.parse(await firstLine(child));
  return {
    facts,
    person: (name) => facts.people.find((person) => person.name === name) ?? assert.fail(`nobody is called ${name}`),
    client: (integration) => facts.clients.find((client) => client.integration === integration),
    async end() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      assert.equal(await ended, 0, "the demonstration ends cleanly");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the demonstration did not start (${code})`)));
  });
}
