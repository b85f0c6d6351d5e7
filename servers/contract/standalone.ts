/** The main of every TypeScript server: options, the ready line, and the ways to end. Runs under Deno, Node and Bun. */

import process from "node:process";
import { defaults, optionLines, readOptions } from "./options.ts";
import { isWorker, wantedWorkers } from "./sharing.ts";
import type { Address, Introduction, ReadyLine, RunningServer } from "../types.ts";

/** What the address of a process has that shares its port with others. */
const SHARING: Pick<Address, "sharesPort"> = isWorker() ? { sharesPort: true } : {};

/** The options that only one server has. */
interface OwnOptions {
  /** The arguments without them. */
  readonly args: readonly string[];
  /** What `--help` says of them, a line each. */
  readonly usage: readonly string[];
}

/**
 * Runs a server as a separate process until SIGINT, SIGTERM, or the end of a stdin that is a pipe or a socket; then its
 * exit code is 0. Wrong options, or an address that is not available, end it with one line on stderr and exit code 2.
 */
export async function standalone(
  introduction: Introduction,
  start: (address: Address) => Promise<RunningServer>,
  own: OwnOptions = { args: process.argv.slice(2), usage: [] },
): Promise<void> {
  const options = readOptions(own.args, introduction);
  if ("help" in options) return print(usage(introduction, own));
  if ("wrong" in options) return fail(options.wrong);

  // If set, every HTTP server of Deno listens there, whatever address it is given.
  delete process.env["DENO_SERVE_ADDRESS"];
  let server: RunningServer;
  try {
    const workers = wantedWorkers();
    if (workers === undefined) server = await start({ ...options, ...SHARING });
    else server = await (await import("./workers.ts")).startWorkers(workers, options);
  } catch (error) {
    return fail(explain(error, options));
  }

  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // A reader that went away must not take the server with it.
  process.stdout.on("error", () => {});
  announce(introduction, urlOf(options, server.port), server.pid);
  await endWithStdin();
}

function usage({ id, library, notes }: Introduction, own: OwnOptions): string {
  return [
    `The wsmark server ${id} (${library})`,
    "",
    ...optionLines,
    ...own.usage,
    "  --help         this text",
    "",
    ...notes,
  ].join("\n");
}

function explain(error: unknown, { hostname, port }: Address): string {
  const { code, message } = error as { code?: string; message: string };
  const where = `Cannot listen on ${hostname}, port ${port}`;
  switch (code) {
    case "EADDRINUSE":
      return `${where}: it is taken; give another --port, or --port 0 for a free one`;
    case "EACCES":
      return `${where}: permission denied; give a --port above 1023`;
    case "EADDRNOTAVAIL":
    case "EINVAL": // what Deno's node:http makes of it
    case "ENOTFOUND":
      return `${where}: not an address of this machine; give another --hostname, such as ${defaults.hostname}`;
    default:
      return `${where}: ${message}; check --hostname and --port`;
  }
}

function urlOf({ hostname, tls }: Address, port: number): string {
  return `${tls === undefined ? "ws" : "wss"}://${
    hostname.includes(":") ? `[${hostname}]` : hostname
  }:${port}/`;
}

function announce(
  { id, library, runtime = runtimeVersion(), notes }: Introduction,
  url: string,
  pid: number = process.pid,
): void {
  if (process.stdout.isTTY) {
    return print(`${id} at ${url} (${library}, ${runtime}); Ctrl-C stops it`);
  }
  const line: ReadyLine = { ready: true, url, pid, server: id, runtime, library, notes };
  print(JSON.stringify(line));
}

function runtimeVersion(): string {
  const { bun, deno, node } = process.versions;
  return bun ? `bun ${bun}` : deno ? `deno ${deno}` : `node ${node}`;
}

/** A runner that was killed cannot send a signal any more, but its end of the pipe closes. */
async function endWithStdin(): Promise<void> {
  // Loaded only now, because it would delay the ready line.
  const { fstatSync } = await import("node:fs");
  const stdin = fstatSync(0);
  // A terminal, a file and /dev/null are left alone: `server &`, nohup and systemd give one of them.
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  for (const last of ["end", "close", "error"]) process.stdin.on(last, end);
  process.stdin.resume();
}

function end(): void {
  process.exit(0);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

function print(text: string): void {
  try {
    process.stdout.write(`${text}\n`);
  } catch {
    // A full disk behind it must not take the server with it either.
  }
}
