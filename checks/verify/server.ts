/**
 * An echo on Deno.serve whose truth is known, for `wsmark verify` to measure: how late it answers, when it stands
 * still, how much it works, and what it does wrong. Its streams are late, and leave messages out, as told, too.
 *
 * On its own: `deno run -A checks/verify/server.ts --port 8765 --delay-ms 5 --drop 100`
 */

import { setImmediate } from "node:timers";
import { askedAt } from "../../servers/contract/behaviours.ts";
import { startStream } from "../../servers/contract/stream.ts";
import { standalone } from "../../servers/contract/standalone.ts";
import type { Address, RunningServer } from "../../servers/types.ts";
import { burner } from "./burn.ts";
import { assertTruth, type Truth, truthKeys, truthOptions, wrongValue } from "./servers.ts";

/** How long a reply that is to be reordered waits for the next message, in milliseconds. */
const HOLD_MS = 100;

/** Starts the server; its standstills go on as long as the process. */
// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start({ hostname, port }: Address, truth: Truth): Promise<RunningServer> {
  const serve = server(truth);
  const stream = streaming(truth);

  const listener = Deno.serve({ hostname, port, onListen() {}, onError: badRequest }, (request) => {
    const { pathname } = new URL(request.url);
    const behaviour = askedAt(pathname)?.behaviour;
    if (behaviour !== "/echo" && behaviour !== "/push") {
      return new Response("Not found\n", { status: 404 });
    }
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return pathname === "/" ? new Response(GREETING) : upgradeRequired();
    }
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.binaryType = "arraybuffer";
    if (behaviour === "/push") stream(socket, pathname);
    else serve(socket);
    return response;
  });
  if (truth.stallMs && truth.everyMs) stall(truth.stallMs, truth.everyMs);

  return { port: listener.addr.port, close: () => listener.shutdown() };
}

const GREETING = "wsmark server of known truth: open a WebSocket at /echo\n";

function upgradeRequired(): Response {
  return new Response("Open a WebSocket here\n", {
    status: 426,
    headers: { upgrade: "websocket", connection: "upgrade" },
  });
}

function badRequest(): Response {
  return new Response("Not a WebSocket handshake\n", { status: 400 });
}

type Data = string | ArrayBuffer;

/** Sends a reply to a message that arrived at a time of performance.now(), now or later, or none. */
type Send = (socket: WebSocket, data: Data, arrived: number) => void;

function server(
  { delayMs, workUs, serviceUs, queue, ...faults }: Truth,
): (socket: WebSocket) => void {
  const { drop, duplicate, reorder, corrupt } = faults;
  const isWrong = drop || duplicate || reorder || corrupt;
  if (!delayMs && workUs === undefined && !serviceUs && !isWrong) return echo;
  const work = burner(workUs ?? 0);
  const turn = serviceUs ? turns(serviceUs / 1000, queue) : (arrived: number) => arrived;
  const send = delayMs || serviceUs ? sendAt((arrived) => turn(arrived) + (delayMs ?? 0)) : sendNow;
  return (socket) =>
    echoWith(faults, socket, (data, arrived) => {
      work();
      send(socket, data, arrived);
    });
}

/** Does the same as servers/native.ts. */
function echo(socket: WebSocket): void {
  socket.onmessage = ({ data }) => socket.send(data);
}

/** Sends by itself, without the dropped ones, each late by the delay. */
function streaming({ delayMs, drop }: Truth): (socket: WebSocket, path: string) => void {
  const send = delayMs ? sendAt((arrived) => arrived + delayMs) : sendNow;
  return (socket, path) => {
    let messages = 0;
    socket.onopen = () => {
      socket.onclose = startStream(path, (message) => {
        if (!isEvery(drop, ++messages)) send(socket, message, performance.now());
      });
    };
  };
}

function echoWith(
  faults: Truth,
  socket: WebSocket,
  send: (data: Data, arrived: number) => void,
): void {
  let messages = 0;
  let release = (): void => {};

  socket.onmessage = ({ data }) => {
    const arrived = performance.now();
    const replies = repliesTo(data, ++messages, faults);
    const sendAll = (): void => replies.forEach((reply) => send(reply, arrived));
    if (!isEvery(faults.reorder, messages)) {
      sendAll();
      release();
      return;
    }
    const timer = setTimeout(() => release(), HOLD_MS);
    release = () => {
      release = () => {};
      clearTimeout(timer);
      sendAll();
    };
  };
}

function repliesTo(data: Data, message: number, { drop, duplicate, corrupt }: Truth): Data[] {
  if (isEvery(drop, message)) return [];
  const reply = isEvery(corrupt, message) ? corrupted(data) : data;
  return isEvery(duplicate, message) ? [reply, reply] : [reply];
}

function isEvery(period: number | undefined, message: number): boolean {
  return period !== undefined && message % period === 0;
}

/**
 * Changes the last character or byte, if there is one, to its neighbour. The lowest bit decides neither how many bytes
 * of UTF-8 a code unit takes nor whether it is a surrogate, so text stays valid and as long as it was.
 */
function corrupted(data: Data): Data {
  if (typeof data === "string") {
    if (data === "") return data;
    const last = data.length - 1;
    return data.slice(0, last) + String.fromCharCode(data.charCodeAt(last) ^ 1);
  }
  if (data.byteLength === 0) return data;
  const bytes = new Uint8Array(data);
  bytes[bytes.length - 1]! ^= 1;
  return data;
}

function sendNow(socket: WebSocket, data: Data): void {
  // It may have been closed while the reply waited.
  if (socket.readyState === WebSocket.OPEN) socket.send(data);
}

/**
 * Messages that are served one after another: when one is done, in milliseconds of performance.now(), by when it arrived;
 * NaN for one that finds so many waiting that it is not served. The clock serves them, as a CPU that works cannot see when
 * others arrive.
 *
 * @param ms how long each takes
 * @param queue how many may wait, beside the one that is served
 */
export function turns(ms: number, queue: number = Infinity): (arrived: number) => number {
  let doneMs = -Infinity;
  return (arrived) => {
    // A message that is nearly done is still being served.
    const present = Math.ceil((doneMs - arrived) / ms - EXACT);
    if (present > queue) return NaN;
    return doneMs = Math.max(doneMs, arrived) + ms;
  };
}

/** What rounding may add to a number of messages. */
const EXACT = 1e-6;

/** Sends replies when they are due, on all connections; that must be in the order in which they were passed. */
function sendAt(dueAfter: (arrived: number) => number): Send {
  const waiting: { readonly due: number; readonly socket: WebSocket; readonly data: Data }[] = [];

  function sendDue(): void {
    while (waiting.length > 0 && waiting[0]!.due <= performance.now()) {
      const { socket, data } = waiting.shift()!;
      sendNow(socket, data);
    }
    if (waiting.length > 0) callAt(waiting[0]!.due, sendDue);
  }

  return (socket, data, arrived) => {
    const due = dueAfter(arrived);
    if (Number.isNaN(due)) return;
    waiting.push({ due, socket, data });
    if (waiting.length === 1) callAt(due, sendDue);
  };
}

/** Makes the process stand still periodically: it reads, sends and computes nothing. */
function stall(ms: number, everyMs: number): void {
  const never = new Int32Array(new SharedArrayBuffer(4));

  function standStill(period: number): void {
    const end = performance.now() + ms;
    Atomics.wait(never, 0, 0, Math.max(0, ms - WAKING_MS));
    spinUntil(end);
    goOn(stallAfter(period, performance.now(), everyMs));
  }

  function goOn(period: number): void {
    callAt(period * everyMs, () => standStill(period));
  }

  goOn(Math.floor(performance.now() / everyMs) + 1);
}

/**
 * The period at whose beginning the process stands still next. It begins late if that time has passed already; a period
 * that has passed as a whole is left out.
 *
 * @param period the one of the last standstill
 * @param now milliseconds since the start of the process
 */
export function stallAfter(period: number, now: number, everyMs: number): number {
  return Math.max(period + 1, Math.floor(now / everyMs));
}

/** How late a timer may call, in milliseconds. */
const TIMER_MS = 2;
/** How late Atomics.wait() may return, in milliseconds. */
const WAKING_MS = 0.5;
/** For how long before a call the process spins, in milliseconds. */
const SPIN_MS = 0.02;

/**
 * Calls back at a time of performance.now(), never before. Timers are too coarse for that: the last milliseconds pass
 * in turns of the event loop, in which messages are also received.
 */
function callAt(due: number, callback: () => void): void {
  const turn = (): void => {
    if (due - performance.now() > SPIN_MS) return callAt(due, callback);
    spinUntil(due);
    callback();
  };
  const left = due - performance.now();
  if (left > TIMER_MS) setTimeout(turn, left - TIMER_MS);
  else setImmediate(turn);
}

function spinUntil(time: number): void {
  while (performance.now() < time);
}

/** The truth as sentences. */
function notesOf(truth: Truth): string[] {
  const { delayMs, stallMs, everyMs, drop, duplicate, reorder, corrupt, workUs, serviceUs, queue } =
    truth;
  const notes = [
    delayMs !== undefined && `Sends each reply ${delayMs} ms after its message arrived.`,
    stallMs !== undefined && `Stands still for ${stallMs} ms in every ${everyMs} ms.`,
    drop !== undefined && `Gives no reply to one message in ${drop} of each connection.`,
    duplicate !== undefined && `Replies twice to one message in ${duplicate}.`,
    reorder !== undefined && `Replies to one message in ${reorder} after the next one.`,
    corrupt !== undefined && `Changes the reply to one message in ${corrupt}.`,
    workUs !== undefined && `Works for ${workUs} µs before each reply.`,
    serviceUs !== undefined && `Takes ${serviceUs} µs for each message, one after another.`,
    queue !== undefined && `Gives no reply to a message that finds ${queue} waiting.`,
  ].filter((note) => note !== false);
  return notes.length > 0 ? notes : ["Echoes as the server native does."];
}

interface Arguments {
  readonly id: string;
  readonly truth: Truth;
  /** Arguments that every server has. */
  readonly rest: readonly string[];
}

/** @throws {RangeError} for a value that is missing or cannot be */
function parseArguments(args: readonly string[]): Arguments {
  const truth: Partial<Record<keyof Truth, number>> = {};
  const rest: string[] = [];
  let id = "known";
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift()!;
    const [option = "", attached] = word.split(/(?<=^--[\w-]+)=/);
    const key = truthKeys.find((key) => truthOptions[key].option === option);
    if (key === undefined && option !== "--id") {
      rest.push(word);
      continue;
    }
    const value = attached ?? words.shift();
    if (!value) {
      throw new RangeError(`${option} needs a value; give one, or leave the option out`);
    }
    if (key === undefined) id = value;
    else if (Number.isNaN(Number(value))) throw wrongValue(key, value);
    else truth[key] = Number(value);
  }
  assertTruth(truth);
  return { id, truth, rest };
}

function ownUsage(): string[] {
  const own = truthKeys.map((key) => truthOptions[key]);
  const id = { option: "--id", letter: "ID", help: "its id in the ready line (default known)" };
  return [...own, id].map(({ option, letter, help }) =>
    `  ${`${option} ${letter}`.padEnd(15)}${help}`
  );
}

async function main(): Promise<void> {
  let given: Arguments;
  try {
    given = parseArguments(Deno.args);
  } catch (error) {
    Deno.stderr.writeSync(new TextEncoder().encode(`${(error as Error).message}\n`));
    Deno.exit(2);
  }
  const { id, truth, rest } = given;
  await standalone(
    { id, library: `Deno.serve ${Deno.version.deno}`, notes: notesOf(truth) },
    (address) => start(address, truth),
    { args: rest, usage: ownUsage() },
  );
}

if (import.meta.main) await main();
