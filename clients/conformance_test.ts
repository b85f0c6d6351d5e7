/**
 * The client contract, case by case: every client against every server of the list that speaks its protocol, each server
 * as a real process. Adding a client or a server to its list adds it here.
 *
 * The browser is left out, because only a benchmark can drive it; its connections are made by the same code as those of
 * websocket and socketio.
 */

import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { servers } from "../servers/mod.ts";
import { type ServerProcess, startProcess, within } from "../servers/testing/process.ts";
import { freePort } from "../checks/testing/port.ts";
import { libraries } from "./mod.ts";
import type { Client, Connection, LibraryEntry, Message } from "./types.ts";

interface Context {
  readonly client: Client;
  readonly entry: LibraryEntry;
  readonly server: ServerProcess;
  /** Starts a connection whose calls of its handlers are recorded. */
  connect(url: string): Session;
  readonly protocol: string;
}

interface Session {
  readonly connection: Connection;
  /** Resolves as it is open. */
  opened(): Promise<void>;
  /** Resolves as it is closed. */
  closed(): Promise<{ readonly code: number; readonly reason: string }>;
  /** Takes the next messages, in the order in which they came. */
  take(count: number): Promise<Message[]>;
  /** Every call of its handlers in order. */
  readonly calls: readonly string[];
}

const MIB = 1024 * 1024;

const cases: Record<string, (context: Context) => Promise<void>> = {
  "is what its entry says"({ client, entry }) {
    equal(client.id, entry.id);
    equal(client.title, entry.title);
    match(client.library, /^\S.* \d+\.\d+/);
    for (const note of client.notes ?? []) match(note, /^[A-Z].*\.$/);
    return Promise.resolve();
  },

  "echoes text": echoes("hello"),
  "echoes text beyond ASCII": echoes("Zażółć gęślą jaźń – 漢字 – 🦕"),
  "echoes empty text": echoes(""),
  "echoes 1 MiB of text": echoes("x".repeat(MIB)),
  "echoes bytes": echoes(Uint8Array.from({ length: 256 }, (_, index) => index)),
  "echoes a part of a larger buffer": echoes(new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4)),
  "echoes no bytes": echoes(new Uint8Array(0)),
  "echoes 1 MiB of bytes": echoes(Uint8Array.from({ length: MIB }, (_, index) => index * 31)),

  async "keeps the order of 1,000 messages"({ server, connect }) {
    const { opened, connection, take, closed } = connect(`${server.origin}/echo`);
    await opened();
    const sent = Array.from({ length: 1000 }, (_, index) => String(index));
    sent.forEach((message) => connection.send(message));
    deepEqual(await take(sent.length), sent);
    connection.close();
    await closed();
  },

  async "reports a close that it asked for with code 1000"({ server, connect }) {
    const { opened, connection, closed, calls } = connect(`${server.origin}/echo`);
    await opened();
    connection.close();
    deepEqual(calls, ["opened"]);
    equal((await closed()).code, 1000);
    connection.close();
  },

  async "reports a refused connection with code 1006 and a reason"({ connect }) {
    const { code, reason } = await connect(`ws://127.0.0.1:${freePort()}/echo`).closed();
    equal(code, 1006);
    ok(reason);
  },

  async "reports a host that does not exist with code 1006 and a reason"({ connect }) {
    // RFC 6761 §6.4: no name below .invalid ever resolves.
    const { code, reason } = await connect("ws://host.invalid/echo").closed();
    equal(code, 1006);
    ok(reason);
  },

  async "reports a path that the server refuses with code 1006 and the reason"(
    { protocol, server, connect },
  ) {
    const { code, reason } = await connect(`${server.origin}/nowhere`).closed();
    equal(code, 1006);
    match(reason, protocol === "websocket" ? /404/ : /Invalid namespace/);
  },

  async "closes before it is open"({ server, connect }) {
    const { connection, closed, calls } = connect(`${server.origin}/echo`);
    connection.close();
    connection.close();
    equal((await closed()).code, 1006);
    deepEqual(calls, ["closed"]);
  },

  "throws a SyntaxError for an invalid URL"({ client }) {
    const handlers = { opened() {}, received() {}, closed() {} };
    throws(() => client.connect("nowhere", handlers), { name: "SyntaxError" });
    return Promise.resolve();
  },

  // The last: it ends the server.
  async "reports a server that vanishes with code 1006"({ server, connect }) {
    const { opened, closed } = connect(`${server.origin}/echo`);
    await opened();
    server.kill("SIGKILL");
    equal((await closed()).code, 1006);
    await server.ended;
  },
};

function echoes(message: Message): (context: Context) => Promise<void> {
  return async ({ server, connect }) => {
    const { opened, connection, take, closed } = connect(`${server.origin}/echo`);
    await opened();
    connection.send(message);
    const [reply] = await take(1);
    ok(
      same(reply, message),
      `another message came back: ${typeof reply} of length ${reply?.length}`,
    );
    connection.close();
    await closed();
  };
}

function same(a: Message | undefined, b: Message): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

function startSession(client: Client, url: string, protocol: string): Session {
  const calls: string[] = [];
  const inbox: Message[] = [];
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  let filled = (): void => {};
  let returned = false;

  function called(what: string): void {
    calls.push(returned ? what : `${what} before connect() returned`);
  }

  const connection = client.connect(url, {
    opened() {
      called("opened");
      opened.resolve();
    },
    received(message) {
      called("received");
      inbox.push(message);
      filled();
    },
    closed(code, reason) {
      called("closed");
      closed.resolve({ code, reason });
    },
  }, protocol);
  returned = true;

  async function take(count: number): Promise<Message[]> {
    const enough = new Promise<void>((resolve) => {
      filled = () => inbox.length >= count && resolve();
      filled();
    });
    await within(`${count} messages`, enough);
    return inbox.splice(0, count);
  }

  return {
    connection,
    opened: () => within("the connection", opened.promise),
    closed: () => within("the close", closed.promise),
    take,
    calls,
  };
}

/** The others keep the same contract, by their own suite. */
const usual = servers.filter(({ isOptional }) => !isOptional);

for (const entry of libraries) {
  for (const serverEntry of usual.filter(({ protocol }) => entry.protocols.includes(protocol))) {
    const pair = `${entry.id} with ${serverEntry.id}`;
    Deno.test(`${pair}: keeps the client contract`, async (test) => {
      const client = await entry.load();
      const { protocol } = serverEntry;
      await using server = await startProcess(serverEntry);
      const sessions: Session[] = [];
      const connect = (url: string): Session => {
        const session = startSession(client, url, protocol);
        sessions.push(session);
        return session;
      };
      for (const [name, run] of Object.entries(cases)) {
        await test.step(`${pair}: ${name}`, () =>
          run({ client, entry, protocol, server, connect }));
      }
      await test.step(`${pair}: called closed once for every connection, and nothing after it`, () => {
        for (const { calls } of sessions) {
          match(calls.join(), /^(opened,(received,)*)?closed$/);
        }
      });
    });
  }
}
