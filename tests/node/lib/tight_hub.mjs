// `trunkline hub` with the small organization and one list of people a second: a Hub of its own for a test of limits.
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const binary = process.env.TRUNKLINE_BINARY;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function startTightHub() {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-limits-"));
  const port = await freePort();
  const config = join(folder, "hub.toml");
  const lines = [`listen = "127.0.0.1:${port}"`, `data = "${join(folder, "data")}"`, 'seed_size = "small"', 'log = "warn"', "[limits]", 'people_lists = "1/1s"'];
  await writeFile(config, `${lines.join("\n")}\n`);
  const child = spawn(binary, ["--json", "hub", "--config", config], { stdio: ["ignore", "pipe", "inherit"] });
  const started = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the Hub did not start (${code})`)));
  });
  const admin = JSON.parse(started).first_start.people.find((person) => person.name === "Alex Morgan");
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Limits count by token. */
    token: () => execFileSync(binary, ["hub", "token", "--config", config, "--email", admin.email], { encoding: "utf8" }).trim(),
    async end() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
