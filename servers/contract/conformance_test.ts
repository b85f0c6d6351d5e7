/**
 * The server contract, case by case, against every server of the list as a real process. Adding a server to the list
 * adds it here. The far ends are npm:ws and socket.io-client themselves; wsmark's clients have their own suite.
 */

import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import order from "../document.json" with { type: "json" };
import { servers } from "../mod.ts";
import { closeAnswer, emptyLost, servedByChild } from "../testing/deviations.ts";
import { breakOff, get, handshakePath } from "../testing/raw.ts";
import { openPeer, type Peer } from "../testing/peer.ts";
import { type ServerProcess, startProcess, testServer, within } from "../testing/process.ts";
import type { ServerEntry } from "../types.ts";

/** Cases that a server cannot pass, and why: `"<id>: <case>": "<reason>"`. */
const skips: Readonly<Record<string, string>> = {
  "workerd: asks for an upgrade on a plain GET of /echo, of a room and of a stream":
    "workerd sends no field Upgrade but in a handshake",
  "flask-socketio: echoes 16 MiB of bytes":
    "eventlet unmasks byte by byte: transport_conformance_test.ts sends them compressed",
};

interface Context {
  readonly entry: ServerEntry;
  readonly server: ServerProcess;
  open(path: string): Promise<Peer>;
}

const MIB = 1024 * 1024;

type Case = (context: Context) => Promise<void>;

const cases: Record<string, Case> = {
  "prints a ready line that says who it is"({ entry, server: { ready, pid } }) {
    equal(ready.ready, true);
    const [runtime] = ready.runtime.split(" ");
    ok([ready.server, `${ready.server}-${runtime}`].includes(entry.id), `it is ${ready.server}`);
    if (servedByChild(entry) === undefined) equal(ready.pid, pid);
    else notEqual(ready.pid, pid);
    match(ready.url, /^ws:\/\/127\.0\.0\.1:[1-9]\d*\/$/);
    match(ready.runtime, /^\S+ \d+\.\d+/);
    match(ready.library, /^.+ \d+\.\d+/);
    for (const note of ready.notes ?? []) match(note, /^[A-Z].*\.$/);
    return Promise.resolve();
  },

  "echoes text": echoes("hello"),
  "echoes text beyond ASCII": echoes("Zażółć gęślą jaźń – 漢字 – 🦕"),
  "echoes empty text": echoesNothing(""),
  "echoes 1 MiB of text": echoes("wsmark →".repeat(MIB / 10)),
  "echoes bytes": echoes(Uint8Array.from({ length: 256 }, (_, index) => index)),
  "echoes no bytes": echoesNothing(new Uint8Array(0)),
  "echoes 1 MiB of bytes": echoes(Uint8Array.from({ length: MIB }, (_, index) => index * 31)),
  "echoes 16 MiB of bytes": echoes(new Uint8Array(16 * MIB).fill(7)),

  async "echoes what looks like JSON or a number as it came"({ open }) {
    await using peer = await open("/echo");
    const sent = ['{ "a" :1.0 }', "0123456789", "[1,  2]", "true", '"text"', " null"];
    sent.forEach(peer.send);
    deepEqual(await peer.take(sent.length), sent);
  },

  async "behaves as /echo on /"({ open }) {
    await using peer = await open("/");
    equal(await peer.ask("root"), "root");
  },

  async "keeps the order of 10,000 messages"({ open }) {
    await using peer = await open("/echo");
    const sent = Array.from({ length: 10_000 }, (_, index) => `message ${index}`);
    sent.forEach(peer.send);
    deepEqual(await peer.take(sent.length), sent);
  },

  async "appends a number in 0…999 on /tag"({ open }) {
    await using peer = await open("/tag");
    const numbers = new Set<string>();
    for (let round = 0; round < 200; round++) {
      const reply = String(await peer.ask("größe - 5"));
      match(reply, /^größe - 5 - (0|[1-9]\d{0,2})$/);
      numbers.add(reply);
    }
    ok(numbers.size > 100, `only ${numbers.size} different tags in 200`);
  },

  async "tags bytes as the text that they hold"({ open }) {
    await using peer = await open("/tag");
    match(String(await peer.ask(new TextEncoder().encode("größe"))), /^größe - \d{1,3}$/);
  },

  async "answers text, bytes and nothing with the document on /json"({ entry, open }) {
    await using peer = await open("/json");
    for (const message of ["text", new Uint8Array(3), ...emptyLost(entry) ? [] : [""]]) {
      equal(await peer.ask(message), JSON.stringify(order));
    }
  },

  async "sends to everyone on /broadcast, the sender too, and to nobody elsewhere"({ open }) {
    await using sender = await open("/broadcast");
    await using second = await open("/broadcast");
    await using third = await open("/broadcast");
    await using outsider = await open("/echo");
    for (const message of ["to all", new Uint8Array([1, 2, 3])]) {
      sender.send(message);
      for (const peer of [sender, second, third]) deepEqual(await peer.take(1), [message]);
    }
    equal(await outsider.ask("mine"), "mine");
  },

  async "goes on with /broadcast when a listener has left"({ open }) {
    await using sender = await open("/broadcast");
    const leaver = await open("/broadcast");
    equal(await sender.ask("both"), "both");
    await leaver.close();
    equal(await sender.ask("one"), "one");
  },

  async "sends to everyone in the same room on /room/N, the sender too, and to nobody elsewhere"(
    { open },
  ) {
    await using sender = await open("/room/7");
    await using second = await open("/room/7");
    await using neighbour = await open("/room/70");
    await using outsider = await open("/broadcast");
    for (const message of ["to the room", new Uint8Array([1, 2, 3])]) {
      sender.send(message);
      for (const peer of [sender, second]) deepEqual(await peer.take(1), [message]);
    }
    equal(await neighbour.ask("next door"), "next door");
    equal(await outsider.ask("to all"), "to all");
    second.send("back");
    deepEqual(await sender.take(1), ["back"]);
  },

  async "keeps a room when a member has left, and opens it again after the last one"({ open }) {
    const first = await open("/room/0");
    const leaver = await open("/room/0");
    equal(await first.ask("both"), "both");
    await leaver.close();
    equal(await first.ask("one"), "one");
    await first.close();
    await using next = await open("/room/0");
    equal(await next.ask("again"), "again");
  },

  async "sends numbered messages of a size by itself on /push/RATE/SIZE, to each connection its own"(
    { open },
  ) {
    await using first = await open("/push/200/100");
    const before = await first.take(3);
    await using second = await open("/push/200/100");
    for (const messages of [[...before, ...await first.take(3)], await second.take(6)]) {
      const read = messages.map((message) => JSON.parse(String(message)));
      deepEqual(read.map(({ sequence }) => sequence), [0, 1, 2, 3, 4, 5]);
      for (const { time } of read) {
        // A clock in whole microseconds.
        ok(Number.isSafeInteger(time) && Math.abs(time / 1000 - Date.now()) < 60_000, time);
      }
      deepEqual(new Set(messages.map((message) => String(message).length)), new Set([100]));
    }
  },

  async "goes on with streams when one has left"({ open }) {
    const leaver = await open("/push/100/64");
    await leaver.take(1);
    await leaver.close();
    await using stays = await open("/push/100/64");
    equal((await stays.take(5)).length, 5);
  },

  async "keeps behaviours apart that are used at once"({ open }) {
    await using echo = await open("/echo");
    await using tag = await open("/tag");
    await using json = await open("/json");
    const sent = Array.from({ length: 100 }, (_, index) => String(index));
    for (const message of sent) for (const peer of [echo, tag, json]) peer.send(message);
    deepEqual(await echo.take(100), sent);
    (await tag.take(100)).forEach((reply, index) =>
      match(String(reply), new RegExp(`^${index} - \\d{1,3}$`))
    );
    deepEqual(await json.take(100), sent.map(() => JSON.stringify(order)));
  },

  async "answers a plain GET of / with text"({ server }) {
    const { status, headers, body } = await get(server.origin, "/");
    equal(status, 200);
    match(headers.get("content-type") ?? "text/plain", /^text\//);
    notEqual(body.trim(), "");
  },

  async "answers a plain GET of an unknown path with 404"({ server }) {
    equal((await get(server.origin, "/nowhere")).status, 404);
  },

  async "agrees to no compression"({ entry, server }) {
    const socket = new WebSocket(server.origin + handshakePath(entry.protocol), {
      perMessageDeflate: true,
    });
    await within("the handshake", new Promise((resolve) => socket.on("open", resolve)));
    equal(socket.extensions, "");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.close();
    await within("the close", closed);
  },

  async "survives peers that break off or break the protocol"({ entry, server, open }) {
    const unmasked = Uint8Array.of(0x83, 0x02, 0x68, 0x69);
    const half = Uint8Array.of(0x81, 0xfe, 0x10);
    const invalidUtf8 = Uint8Array.of(0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28);
    for (const bytes of [unmasked, half, invalidUtf8]) {
      await breakOff(server.origin, entry.protocol, bytes);
    }
    await using peer = await open("/echo");
    equal(await peer.ask("alive"), "alive");
  },
};

const casesOf: Record<string, Record<string, Case>> = {
  websocket: {
    async "answers a close with its code"({ entry, open }) {
      const peer = await open("/echo");
      equal(await peer.ask("still there"), "still there");
      equal(await peer.close(4001), closeAnswer(entry, 4001));
    },

    async "asks for an upgrade on a plain GET of /echo, of a room and of a stream"({ server }) {
      for (const path of ["/echo", "/room/1", "/push/1/64"]) {
        const { status, headers } = await get(server.origin, path);
        equal(status, 426, path);
        equal(headers.get("upgrade"), "websocket");
      }
    },

    async "refuses a connection to an unknown path with 404, and to a room or stream without its numbers"(
      { open },
    ) {
      for (
        const path of [
          "/nowhere",
          "/room",
          "/room/",
          "/room/a",
          "/room/1/2",
          "/push/1",
          "/push/1/a",
        ]
      ) {
        await rejects(open(path), { message: /404/ }, path);
      }
    },
  },

  "socket.io": {
    async "goes on for others when a client has left"({ open }) {
      await using stays = await open("/echo");
      const leaves = await open("/echo");
      equal(await leaves.ask("still there"), "still there");
      equal(await leaves.close(), "io client disconnect");
      equal(await stays.ask("still there"), "still there");
    },

    async "sends nothing more to a client that left a namespace but not the connection"(context) {
      const { server, entry, open } = context;
      await using other = await open("/broadcast");
      // Packets of the Socket.IO protocol, revision 5, by hand: 40 joins, 41 leaves, 42 is a message.
      await using raw = await openPeer.websocket!(server.origin, handshakePath(entry.protocol));
      match(String(await raw.take(1)), /^0\{.*"sid":/);
      match(String(await raw.ask("40/broadcast,")), /^40\/broadcast,\{"sid":/);
      equal(await other.ask("to both"), "to both");
      deepEqual(await raw.take(1), ['42/broadcast,["message","to both"]']);
      raw.send("41/broadcast,");
      match(String(await raw.ask("40/echo,")), /^40\/echo,\{"sid":/);
      equal(await other.ask("to one"), "to one");
      equal(await raw.ask('42/echo,["message","mine"]'), '42/echo,["message","mine"]');
    },

    async "has nothing to GET at /echo, a namespace and no path"({ server }) {
      equal((await get(server.origin, "/echo")).status, 404);
    },

    async "refuses a connection to an unknown namespace, and to a room without a number"({ open }) {
      for (const path of ["/nowhere", "/room/a", "/push/1"]) {
        await rejects(open(path), { message: "Invalid namespace" }, path);
      }
    },
  },
};

function echoes(message: string | Uint8Array): Case {
  return async ({ open }) => {
    await using peer = await open("/echo");
    const reply = await peer.ask(message);
    // Not deepEqual, whose report of a difference in 16 MiB would take minutes.
    ok(
      same(reply, message),
      `another message came back: ${typeof reply} of length ${reply?.length}`,
    );
  };
}

/** A message without content comes back, unless the library loses it: then only the next one does. */
function echoesNothing(message: string | Uint8Array): Case {
  return async (context) => {
    if (emptyLost(context.entry) === undefined) return await echoes(message)(context);
    await using peer = await context.open("/echo");
    peer.send(message);
    equal(await peer.ask("next"), "next");
  };
}

function same(a: string | Uint8Array | undefined, b: string | Uint8Array): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

for (const entry of servers) {
  testServer(entry, "keeps the server contract", async (test) => {
    await using server = await startProcess(entry);
    const context: Context = {
      entry,
      server,
      open: (path) => openPeer[entry.protocol]!(server.origin, path),
    };
    for (const [name, run] of Object.entries({ ...cases, ...casesOf[entry.protocol] })) {
      const reason = skips[`${entry.id}: ${name}`];
      await test.step({
        name: `${entry.id}: ${name}${reason ? ` (left out: ${reason})` : ""}`,
        ignore: reason !== undefined,
        fn: () => run(context),
      });
    }
    await test.step(`${entry.id}: ends with exit code 0 on SIGTERM, having logged nothing`, async () => {
      server.kill("SIGTERM");
      deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
    });
  });

  testServer(entry, "ends with exit code 0 when its stdin ends, connections or not", async () => {
    await using server = await startProcess(entry);
    const peer = await openPeer[entry.protocol]!(server.origin, "/echo");
    equal(await peer.ask("open"), "open");
    await server.closeStdin();
    equal((await within("the end", server.ended)).code, 0);
    await peer.close();
  });
}
