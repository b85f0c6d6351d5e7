/** What the tests of servers and clients share: a server as a process, and a deadline against hangs. */

import { type Lack, lacking } from "../../checks/testing/needs.ts";
import { servers } from "../mod.ts";
import type { ReadyLine, ServerEntry } from "../types.ts";

/** A server that runs as a process and accepts connections; disposing kills it. */
export interface ServerProcess extends AsyncDisposable {
  /** What it printed about itself. */
  readonly ready: ReadyLine;
  /** Its base URL without the slash at the end: a path is appended. */
  readonly origin: string;
  /** Id of the process. */
  readonly pid: number;
  /** Sends a signal. */
  kill(signal: Deno.Signal): void;
  /** Ends its standard input. */
  closeStdin(): Promise<void>;
  /** Resolves when it ends: with its exit code, and what it printed after the ready line. */
  readonly ended: Promise<Ended>;
}

/** How a process ended. */
export interface Ended {
  /** Its exit code. */
  readonly code: number;
  /** What it printed on stdout after the ready line. */
  readonly stdout: string;
  /** What it printed on stderr. */
  readonly stderr: string;
}

/** Program and arguments of a server of the list, to which `--hostname` and `--port` are to be appended. */
export function commandOf({ id, launch }: ServerEntry): readonly string[] {
  if (launch.by !== "contract") throw new TypeError(`${id} does not follow the server contract`);
  const command = launch.command();
  if ("missing" in command) throw new Error(`${id} cannot be started here: ${command.missing}`);
  return command;
}

/** What is missing to start a server here; undefined if nothing is. */
export function lackOfServer({ launch }: ServerEntry): Lack | undefined {
  const command = launch.by === "contract" ? launch.command() : [];
  return "missing" in command ? command : undefined;
}

/** Servers that serve the page, which are those in TypeScript; the others answer with a line of text. */
export const withPage: readonly ServerEntry[] = servers.filter((entry) =>
  lackOfServer(entry) !== undefined || commandOf(entry).some((word) => /\.[cm]?[jt]s$/.test(word))
);

/**
 * Registers a test of a server, with the same needs as the server.
 *
 * @param entry the server's entry in the list
 * @param what what is tested
 * @param run tests it
 */
export function testServer(
  entry: ServerEntry,
  what: string,
  run: (test: Deno.TestContext) => Promise<void>,
): void {
  Deno.test(lacking(lackOfServer(entry), { name: `${entry.id}: ${what}`, fn: run }));
}

/**
 * Runs a server to its end, which must come by itself.
 *
 * @param entry the server's entry in the list
 * @param options its arguments
 */
export async function runProcess(entry: ServerEntry, ...options: string[]): Promise<Ended> {
  const [program = "", ...args] = commandOf(entry);
  const command = new Deno.Command(program, { args: [...args, ...options], stdin: "null" });
  const { code, stdout, stderr } = await within("the end", command.output());
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** How a server is started. */
export interface ProcessOptions {
  /** Where it listens, by default 127.0.0.1. */
  readonly hostname?: string;
  /** What its standard input is, by default a pipe. */
  readonly stdin?: "piped" | "null";
  /** More of its options. */
  readonly options?: readonly string[];
  /** Variables of its environment beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a server on a free port and waits for its ready line.
 *
 * @param entry the server's entry in the list
 * @param options how
 */
export async function startProcess(
  entry: ServerEntry,
  { hostname = "127.0.0.1", stdin = "piped", options = [], env = {} }: ProcessOptions = {},
): Promise<ServerProcess> {
  const { id } = entry;
  const [program = "", ...args] = commandOf(entry);
  const child = new Deno.Command(program, {
    args: [...args, "--hostname", hostname, "--port", "0", ...options],
    env,
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { promise: firstLine, resolve } = Promise.withResolvers<string>();
  const output = Promise.all([readAll(child.stdout, resolve), child.stderr.text(), child.status]);
  const ended = output.then(([stdout, stderr, { code }]) => ({ code, stdout, stderr }));
  let running = true;
  child.status.then(() => running = false);
  let open = stdin === "piped";

  async function closeStdin(): Promise<void> {
    if (open) await child.stdin.close();
    open = false;
  }

  async function end(): Promise<void> {
    if (running) child.kill("SIGKILL");
    await closeStdin();
    await ended;
  }

  try {
    const line = await within("its ready line", firstLine);
    if (!line) throw new Error(`${id} ended before it was ready: ${(await ended).stderr}`);
    const ready = JSON.parse(line) as ReadyLine;
    return {
      ready,
      origin: ready.url.replace(/\/$/, ""),
      pid: child.pid,
      kill: (signal) => child.kill(signal),
      closeStdin,
      ended,
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Hands over the first line as soon as it is complete, and resolves with what follows it.
 *
 * @param stream what a process prints
 * @param onFirstLine called with it at least once, at the latest at the end of the stream
 */
export async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onFirstLine: (line: string) => void,
): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n")) onFirstLine(text.slice(0, text.indexOf("\n")));
  }
  if (!text.includes("\n")) onFirstLine(text);
  return text.slice(text.indexOf("\n") + 1);
}

/**
 * Waits for something that cannot fail to come unless something hangs.
 *
 * @param what names it in the error
 * @param promise resolves as it comes
 * @param seconds how long to wait
 */
export async function within<T>(what: string, promise: Promise<T>, seconds = 120): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Waited ${seconds} s for ${what}`)),
    seconds * 1000,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
