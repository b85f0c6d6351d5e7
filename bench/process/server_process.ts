/** Brings a server to the point where it accepts connections, however it is started. */

import { stripVTControlCharacters } from "node:util";
import { shown } from "../../measure/text/shown.ts";
import { variablesOf } from "../../servers/launch/set_up.ts";
import { addedTo } from "../../servers/launch/variables.ts";
import type { ByCommand, ByContract, Deflate, ServerEntry } from "../../servers/types.ts";
import { NO_ANSWER, type Refusal } from "../contact/handshake.ts";
import { reach, type Reached, targetOf } from "../contact/reach.ts";
import { remedyFor } from "../contact/remedy.ts";
import { connectNotes, echoNote, findRunning, whereOf } from "../contact/running.ts";
import { checkSecrets, hushed } from "../plan/own_servers/secrets.ts";
import { UsageError } from "../usage.ts";
import { type Child, describeEnd, startChild } from "./child.ts";
import { after } from "./delay.ts";
import { accountable, type Ready, type ServerProcess } from "./ready.ts";
import { type Believed, believed, LONGEST_TEXT, parseReadyLine } from "./ready_line.ts";
import { watchStandstill } from "./standstill.ts";
import { watched } from "./watchdog.ts";

export type { Ready, ServerProcess } from "./ready.ts";

export interface StartOptions {
  /** The CPUs that it may run on; empty for all. */
  readonly cpus?: readonly number[];
  /** How long it may take until it is ready, in milliseconds, unless its entry says so; 10 seconds by default. */
  readonly patienceMs?: number;
  /** Port to listen on; 0, which is the default, for a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly hostname?: string;
  readonly signal?: AbortSignal;
  /** Only for a server by the contract. */
  readonly transport?: Transport;
  /** What it is started with in addition, for those who watch it. */
  readonly equipment?: Equipment;
}

/** What a server is started with in addition to what its entry says. */
export interface Equipment {
  /** Variables of its environment; lists of options are joined to those that are there. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Makes its command line of what it would be, program first. */
  command?(command: readonly string[]): readonly string[];
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
    patienceMs: usualMs = PATIENCE_MS,
    port = 0,
    hostname = "127.0.0.1",
    signal,
    transport = {},
    equipment: { variables = {}, command } = {},
  }: StartOptions = {},
): Promise<ServerProcess> {
  checkSecrets(entry);
  const { id, launch } = entry;
  const patienceMs = entry.handshake?.startTimeoutMs ?? usualMs;
  if (launch.by === "url") return await findRunning(entry, launch, patienceMs, signal);
  const isForeign = launch.by === "command";
  const listens = { hostname, port: isForeign && port === 0 ? freePort(hostname) : port };
  const made = (line: readonly string[]): readonly string[] => command?.(line) ?? line;
  const env = addedTo(Deno.env.get, variablesOf(entry), variables);
  const child = isForeign
    ? startChild(watched(made(filled(launch, listens))), cpus, {
      ...env,
      PORT: String(listens.port),
    })
    : startChild(made(commandLine(entry, launch, listens, transport)), cpus, env);
  const said = (): string => quoted(hushed(entry, child.lastWords()));
  const ended = child.ended.then((status) => describeEnd(status) + said());
  const noLonger = new AbortController();
  let refusal: Reached<Refusal> | undefined;
  const refused = (reached: Reached<Refusal>): void => {
    // Until it listens, the system refuses connections.
    const { isThere, reason } = reached.answer;
    if (isThere && reason !== NO_ANSWER) refusal = reached;
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
      late.over.then(async () => {
        const what = isForeign
          ? `accepted no handshake on port ${listens.port}`
          : "printed no ready line";
        const because = refusal === undefined ? "" : await reasonOf(entry, refusal);
        const text = `${id} ${what} in ${patienceMs / 1000} s${because}${said()}`;
        if (!isForeign || refusal !== undefined) throw new Error(text);
        throw new UsageError(`${text}; if it needs longer, give it --start-timeout ${id}=S`);
      }),
    ]);
    // Whatever else it prints must be read, or it would wait for room in the pipe.
    drain(child);
    // One by the contract is known to be its own process; looking takes 50 ms where many connections are in TIME_WAIT.
    return {
      ready: isForeign ? accountable(ready) : ready,
      ended,
      stop: (signal) => child.stop(undefined, signal),
    };
  } catch (error) {
    await child.stop(0);
    throw error;
  } finally {
    noLonger.abort();
  }
}

/** Why a server accepted no handshake, in brackets. */
async function reasonOf(
  entry: ServerEntry,
  { target, answer }: Reached<Refusal>,
): Promise<string> {
  const remedy = await remedyFor(entry, target, answer, `--path ${entry.id}=/PATH names it`);
  return ` (${hushed(entry, answer.reason)}${remedy})`;
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
    refused: (reached: Reached<Refusal>) => void;
  },
): Promise<Ready> {
  const { path: shownPath = "/" } = entry;
  const follows = entry.handshake?.follow === true;
  const url = `ws://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}/`;
  const first = targetOf(entry, url);
  const { path, connect = {} } = first;

  async function accepted(): Promise<Ready> {
    for (;;) {
      const { answer, ...reached } = await reach(first, follows, signal);
      if (answer.isAccepted) {
        using pause = after(LINE_MS, signal);
        await pause.over;
        const notes = connectNotes(entry, { answer, ...reached });
        return { ...whereOf(reached.target), pid: child.pid, notes };
      }
      refused({ answer, ...reached });
      using pause = after(BETWEEN_MS, signal);
      await pause.over;
    }
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
      connect,
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
  const plain = inQuotes(text);
  return plain === '""' ? "" : `: ${plain}`;
}

/** `"text"`, fit to be {@linkcode shown}. */
export function inQuotes(text: string): string {
  return `"${shown(stripVTControlCharacters(text).trim(), LONGEST_TEXT)}"`;
}
