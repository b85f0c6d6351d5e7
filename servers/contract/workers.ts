/** Several processes of a server in TypeScript that share its port. */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import process from "node:process";
import type { Address, RunningServer } from "../types.ts";
import { IS_ONE } from "./sharing.ts";

/**
 * Starts processes like this one, and resolves when all of them accept connections. When one of them ends, so does this
 * one; they end when this one does, as the pipe to their stdin closes.
 *
 * @throws {Error} with what the first one says that does not get ready
 */
export async function startWorkers(count: number, address: Address): Promise<RunningServer> {
  const port = address.port === 0 ? await freePort(address.hostname) : address.port;
  const start = await starter([...process.argv.slice(2), "--port", String(port)]);
  const workers = Array.from({ length: count }, start);
  await Promise.all(workers.map(readiness));
  for (const worker of workers) worker.once("exit", () => process.exit(1));
  return {
    port,
    close() {
      for (const worker of workers) worker.kill();
      return Promise.resolve();
    },
  };
}

/** A port that nobody listens on at the moment. */
async function freePort(hostname: string): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, hostname);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** What starts one more process; Node's cluster shares the port, Deno and Bun leave that to the kernel. */
async function starter(args: readonly string[]): Promise<() => ChildProcess> {
  const env = { ...process.env, [IS_ONE]: "1" };
  const { bun, deno } = process.versions as { bun?: string; deno?: string };
  if (bun === undefined && deno === undefined) {
    const { default: cluster } = await import("node:cluster");
    cluster.setupPrimary({ args: [...args], stdio: ["pipe", "pipe", "pipe", "ipc"] });
    return () => cluster.fork(env).process;
  }
  const { spawn } = await import("node:child_process");
  // From the network it is no file, and Deno's argv[1] names none.
  const script = deno === undefined ? process.argv[1]! : Deno.mainModule;
  const own = script.startsWith("file:") || deno === undefined ? [] : ["--no-config"];
  const run = deno === undefined
    ? ["--no-install"]
    : ["run", "--quiet", "--allow-all", "--unstable-net", ...own];
  return () => spawn(process.execPath, [...run, script, ...args], { env, stdio: "pipe" });
}

/** Waits for its ready line. */
async function readiness(worker: ChildProcess): Promise<void> {
  let said = "";
  worker.stderr!.on("data", (part) => said = (said + part).slice(-1000));
  const ended = once(worker, "exit").then(() => {
    throw new Error(`a worker ended: ${said.trim()}`);
  });
  await Promise.race([once(worker.stdout!, "data"), ended]);
}
