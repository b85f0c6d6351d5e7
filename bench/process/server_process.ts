/** Brings a server to the point where it accepts connections, however it is started. */

import { stripVTControlCharacters } from "node:util";
import { shown } from "../../measure/text/shown.ts";
import { type Absent, isMeasured } from "../../measure/model/result.ts";
import type {
  AtUrl,
  ByCommand,
  ByContract,
  Deflate,
  ReadyLine,
  ServerEntry,
} from "../../servers/types.ts";
import { strangerAt } from "../machine/usage/listeners.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { after } from "./delay.ts";
import { type Believed, believed, LONGEST_TEXT, parseReadyLine } from "./ready_line.ts";
import { type Child, describeEnd, startChild } from "./child.ts";
import { checkSecrets, hushed } from "../plan/secrets.ts";
import { isLoopback, refusalOf, remedyFor, targetUrl } from "./reachability.ts";
import { watchStandstill } from "./standstill.ts";
import { watched } from "./watchdog.ts";

/** What is known about a server that accepts connections. */
export interface Ready extends Partial<Pick<ReadyLine, "runtime" | "library" | "notes">> {
  /** Base URL: a path is appended to it. */
  readonly url: string;
  /** Id of its process, whose tree is measured, or why that cannot be. */
  readonly pid: number | Absent;
  /** The one path at which it returns what it is sent; absent for one that has the paths of the behaviours. */
  readonly path?: string;
}

export interface ServerProcess {
  readonly ready: Ready;
  /** Resolves to how it ended, in words. */
  readonly ended: Promise<string>;
  /** Stops it, with whatever it has started itself; one that ran already goes on. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The CPUs that it may run on; empty for all. */
  readonly cpus?: readonly number[];
  /** How long it may take until it is ready, in milliseconds; 10 seconds by default. */
  readonly patienceMs?: number;
  /** Port to listen on; 0, which is the default, for a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly hostname?: string;
  readonly signal?: AbortSignal;
  /** Only for a server by the contract. */
  readonly transport?: Transport;
}

/** What connections have in addition to plain WebSocket. */
export interface Transport {
  /** Encryption: path of a PEM file with certificate and private key. */
  readonly tls?: string | undefined;
  readonly deflate?: Deflate | undefined;
}

const PATIENCE_MS = 10_000;

/**
 * Starts a server and waits until it accepts connections; one that runs already is only looked for.
 *
 * @throws {Error} if it cannot be started, ends before it is ready, or is not ready in time
 */
export async function startServer(
  entry: ServerEntry,
  {
    cpus = [],
    patienceMs = PATIENCE_MS,
    port = 0,
    hostname = "127.0.0.1",
    signal,
    transport = {},
  }: StartOptions = {},
): Promise<ServerProcess> {
  checkSecrets(entry);
  const { id, launch } = entry;
  if (launch.by === "url") return await find(entry, launch, patienceMs, signal);
  const isForeign = launch.by === "command";
  const listens = { hostname, port: isForeign && port === 0 ? freePort(hostname) : port };
  const child = isForeign
    ? startChild(watched(filled(launch, listens)), cpus, { PORT: String(listens.port) })
    : startChild(commandLine(entry, launch, listens, transport), cpus);
  const said = (): string => quoted(hushed(entry, child.lastWords()));
  const ended = child.ended.then((status) => describeEnd(status) + said());
  const noLonger = new AbortController();
  let answer = "";
  const refused = (reason: string): void => {
    // Until it listens, the system refuses connections.
    if (!/connect error|no answer in time/.test(reason)) {
      answer = ` (${hushed(entry, reason)}${elsewhere(reason, `--path ${id}=/PATH names it`)})`;
    }
  };
  using late = after(patienceMs, signal);
  using watch = watchStandstill([{ who: id, pid: child.pid }], 0);
  try {
    const ready = await Promise.race([
      isForeign
        ? firstOf(child, entry, ended, { ...listens, signal: noLonger.signal, refused })
        : readyLine(child, id, ended, hostname),
      watch.found.then((reason) => {
        throw new Error(reason);
      }),
      late.over.then(() => {
        throw new Error(
          `${id} ${
            isForeign ? `accepted no handshake on port ${listens.port}` : "printed no ready line"
          } in ${patienceMs / 1000} s${answer}${said()}`,
        );
      }),
    ]);
    // Whatever else it prints must be read, or it would wait for room in the pipe.
    drain(child);
    // One by the contract is known to be its own process; looking takes 50 ms where many connections are in TIME_WAIT.
    return { ready: isForeign ? accountable(ready) : ready, ended, stop: () => child.stop() };
  } catch (error) {
    await child.stop(0);
    throw error;
  } finally {
    noLonger.abort();
  }
}

async function find(
  entry: ServerEntry,
  { url, pid, whole }: AtUrl,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<ServerProcess> {
  const { id, protocol, path = "/" } = entry;
  const target = { protocol, ...whole?.() ?? { url, path } };
  const late = AbortSignal.timeout(patienceMs);
  const refusal = await refusalOf(target, signal ? AbortSignal.any([late, signal]) : late);
  if (refusal !== undefined) {
    const remedy = elsewhere(refusal, "name it in the URL") || await remedyFor(target, refusal);
    throw new Error(
      `${id} accepts no handshake at ${targetUrl(url, path)}: ${hushed(entry, refusal)}${remedy}`,
    );
  }
  const unknown: Absent = isLoopback(url)
    ? { absent: "the id of the server's process was not given (--pid)" }
    : { absent: "the server's process is not on this machine" };
  const notes = [`It ran already, at ${url}: all trials have the same process.`, echoNote(path)];
  return {
    ready: accountable({ url: target.url, pid: pid ?? unknown, path: target.path, notes }),
    ended: new Promise(() => {}),
    stop: () => Promise.resolve(),
  };
}

/** What is known about a server, without its process if another one listens at its port. */
function accountable(ready: Ready): Ready {
  const { url, pid } = ready;
  const stranger = isMeasured(pid) ? strangerAt(endpointAt(url).port, pid) : undefined;
  return stranger === undefined ? ready : { ...ready, pid: { absent: stranger } };
}

function echoNote(path: string): string {
  return `Every scenario sends to ${path} and expects the message itself as the reply.`;
}

function commandLine(
  { id }: ServerEntry,
  launch: ByContract,
  { hostname, port }: { hostname: string; port: number },
  { tls, deflate }: Transport,
): string[] {
  const command = launch.command();
  if ("missing" in command) throw new Error(`${id} cannot be started here: ${command.missing}`);
  return [
    ...command,
    ...["--hostname", hostname, "--port", String(port)],
    ...(tls === undefined ? [] : ["--tls", tls]),
    ...(deflate === undefined ? [] : ["--deflate", deflate]),
  ];
}

/** A command with the port in its place. */
function filled({ command, whole }: ByCommand, { port }: { port: number }): string[] {
  return (whole?.().command ?? command).map((word) => word.replaceAll("{port}", String(port)));
}

/** What to do if a server knows no such path, after a semicolon; empty for any other refusal. */
function elsewhere(refusal: string, remedy: string): string {
  return /\b404\b/.test(refusal) ? `; its echo may be at another path: ${remedy}` : "";
}

/** A port that nobody listens on at the moment. */
function freePort(hostname: string): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}

/** How long to wait between two handshakes with a server that is not ready, in milliseconds. */
const BETWEEN_MS = 20;

/** How long to wait for its ready line after the first handshake, in milliseconds: it says more than that. */
const LINE_MS = 100;

/** Waits for the ready line of a server that may print none, or until it accepts a handshake. */
async function firstOf(
  child: Child,
  entry: ServerEntry,
  ended: Promise<string>,
  { hostname, port, signal, refused }: {
    hostname: string;
    port: number;
    signal: AbortSignal;
    refused: (reason: string) => void;
  },
): Promise<Ready> {
  const { protocol, launch, path: shownPath = "/" } = entry;
  const { path = shownPath } = launch.by === "command" ? launch.whole?.() ?? {} : {};
  const url = `ws://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}/`;

  async function accepted(): Promise<Ready> {
    for (;;) {
      const refusal = await refusalOf({ url, protocol, path }, signal);
      if (refusal === undefined) break;
      refused(refusal);
      using pause = after(BETWEEN_MS, signal);
      await pause.over;
    }
    using pause = after(LINE_MS, signal);
    await pause.over;
    return { url, pid: child.pid, path, notes: [echoNote(shownPath)] };
  }

  async function said(): Promise<Ready> {
    const ready = await readyLine(child, entry.id, ended, hostname);
    const { runtime, library, notes = [] } = ready;
    const own = entry.path === undefined ? [] : [echoNote(shownPath)];
    return {
      ...ready,
      runtime: hushed(entry, runtime),
      library: hushed(entry, library),
      notes: [...notes.map((note) => hushed(entry, note)), ...own],
      ...(entry.path !== undefined && { path }),
    };
  }
  return await Promise.race([said(), accepted()]);
}

async function readyLine(
  child: Child,
  id: string,
  ended: Promise<string>,
  hostname: string,
): Promise<Believed> {
  while (true) {
    const { value, done } = await child.lines.next();
    if (done) throw new Error(`${id} ended before it was ready: ${await ended}`);
    const ready = parseReadyLine(value);
    if (ready === undefined) continue;
    try {
      return believed(ready, child, hostname);
    } catch (error) {
      throw new Error(`${id} cannot be measured: ${(error as Error).message}`);
    }
  }
}

async function drain(child: Child): Promise<void> {
  try {
    while (!(await child.lines.next()).done);
  } catch {
    // The stream ends with the process.
  }
}

/** `: "text"` for an error message, fit to be {@linkcode shown}; empty without a text. */
export function quoted(text: string): string {
  const plain = shown(stripVTControlCharacters(text).trim(), LONGEST_TEXT);
  return plain === "" ? "" : `: "${plain}"`;
}
