/**
 * The server contract once more for connections that are encrypted, compressed or both, against every server of the
 * list as a real process. One process of each has TLS and compression with takeover, the other compression without;
 * what a server lacks it refuses, with the reason that the list gives.
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { servers } from "../mod.ts";
import { testCertificate } from "../../checks/testing/certificate.ts";
import { closeAnswer, emptyLost } from "../testing/deviations.ts";
import { type Frame, type FramePeer, inflated, openFrames } from "../testing/frames.ts";
import { openPeer, type Peer, type PeerOptions } from "../testing/peer.ts";
import {
  runProcess,
  type ServerProcess,
  startProcess,
  testServer,
  within,
} from "../testing/process.ts";
import { askInPlainText, connect, get } from "../testing/raw.ts";
import type { Deflate, ServerEntry } from "../types.ts";

interface Context {
  readonly entry: ServerEntry;
  readonly server: ServerProcess;
  /** The certificate to trust. */
  readonly ca?: string;
  open(options?: PeerOptions): Promise<Peer>;
}

type Case = (context: Context) => Promise<void>;

const MIB = 1024 * 1024;

/** Servers of which a client over TLS may see the end of the connection without its answer to a close, and why. */
const CUT_SHORT: Readonly<Record<string, string>> = {
  faye: "Deno's node:tls drops, once in a hundred times, what is written right before end()",
};

const tlsCases: Record<string, Case> = {
  "says wss: in its ready line"({ server }) {
    match(server.ready.url, /^wss:\/\/127\.0\.0\.1:[1-9]\d*\/$/);
    return Promise.resolve();
  },

  async "answers a plain GET of / over https with text"({ server, ca }) {
    const { status, body } = await get(server.origin, "/", ca);
    equal(status, 200);
    ok(body.trim() !== "");
  },

  "echoes text and 1 MiB of bytes": echoes({}),

  async "keeps the order of 1,000 messages"({ open }) {
    await using peer = await open();
    const sent = Array.from({ length: 1000 }, (_, index) => `message ${index}`);
    sent.forEach(peer.send);
    deepEqual(await peer.take(sent.length), sent);
  },

  async "answers a close"({ entry, open }) {
    const peer = await open();
    equal(await peer.ask("still there"), "still there");
    const answer = entry.protocol === "websocket"
      ? closeAnswer(entry, 4001)
      : "io client disconnect";
    const code = await peer.close(4001);
    // The answer itself is checked without TLS.
    if (!(code === 1006 && entry.id in CUT_SHORT)) equal(code, answer);
  },

  async "survives a handshake in plain text, and one that never comes"({ entry, server, open }) {
    using _silent = await connect(server.origin.replace("wss:", "ws:"));
    await askInPlainText(server.origin, entry.protocol);
    await using peer = await open();
    equal(await peer.ask("alive"), "alive");
  },
};

/**
 * What is sent twice: half as long compressed as it is, unless a message may refer to the one before. Not all of it is
 * random, as some compressors leave a message as it is that would not become much shorter.
 */
const NOISE = Buffer.from(crypto.getRandomValues(new Uint8Array(250))).toString("hex") +
  "-".repeat(500);

function deflateCases(mode: Deflate): Record<string, Case> {
  return {
    async [`agrees to compression with ${mode}, and obeys it`](context) {
      using talk = await startTalk(context, "permessage-deflate");
      match(talk.extensions, /^permessage-deflate\b/);
      equal(/server_no_context_takeover/.test(talk.extensions), mode === "no-takeover");
      if (mode === "takeover") ok(!/client_no_context_takeover/.test(talk.extensions));

      const replies = [await talk.ask(NOISE, true), await talk.ask(NOISE, false)];
      const short = await talk.ask("a", true);
      for (const { isCompressed } of [...replies, short]) ok(isCompressed, "a reply is plain");
      const [first = 0, second = 0] = replies.map(({ payload }) => payload.length);
      ok(first < NOISE.length * 0.75, `${first} bytes for ${NOISE.length} characters`);
      if (mode === "takeover") {
        ok(second < first / 4, `${second} bytes for what came before in ${first}`);
        const compressed = talk.frames.filter(({ isCompressed }) => isCompressed);
        ok(inflated(compressed).endsWith(talk.wrap(NOISE).repeat(2) + talk.wrap("a")));
      } else {
        equal(second, first);
        equal(inflated(replies.slice(1)), talk.wrap(NOISE));
      }
    },

    "echoes compressed text and 1 MiB of bytes": echoes({ deflate: true }),

    async "sends plain replies to a client that offers no compression"(context) {
      using talk = await startTalk(context);
      equal(talk.extensions, "");
      const { isCompressed, payload } = await talk.ask("hello", false);
      equal(isCompressed, false);
      equal(String(payload), talk.wrap("hello"));
    },
  };
}

const bigCase: Record<string, Case> = {
  async "echoes 16 MiB of bytes in few"({ open }) {
    await using peer = await open({ deflate: true });
    const message = new Uint8Array(16 * MIB).fill(7);
    ok(isSame(await peer.ask(message), message), "another message came back");
  },
};

/** Text that repeats itself, text that is empty, and bytes; each twice, because the second may refer to the first. */
function echoes(options: PeerOptions): Case {
  return async ({ entry, open }) => {
    await using peer = await open(options);
    const text = "wsmark → 🦕 ".repeat(500);
    const bytes = Uint8Array.from({ length: MIB }, (_, index) => (index * index) >> 7);
    const nothing = emptyLost(entry) ? [] : ["", ""];
    for (const message of [text, text, ...nothing, "a", bytes, bytes, "end"]) {
      const reply = await peer.ask(message);
      ok(isSame(reply, message), `another message came back: length ${reply?.length}`);
    }
  };
}

function isSame(a: string | Uint8Array | undefined, b: string | Uint8Array): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

/** Echoes, seen as frames. */
interface Talk extends Disposable {
  readonly extensions: string;
  /** All frames that came, those of Socket.IO's beginning too. */
  readonly frames: readonly Frame[];
  /** A message as it goes over the wire. */
  wrap(text: string): string;
  /** Sends a message and takes the frame that comes back. */
  ask(text: string, isCompressed: boolean): Promise<Frame>;
}

const wraps: Record<string, (text: string) => string> = {
  websocket: (text) => text,
  "socket.io": (text) => `42/echo,${JSON.stringify(["message", text])}`,
};

async function startTalk({ entry, server, ca }: Context, offer?: string): Promise<Talk> {
  const { protocol } = entry;
  const peer: FramePeer = await openFrames(server.origin, protocol, {
    ca,
    ...(offer !== undefined && { offer }),
  });
  const frames: Frame[] = [];
  async function take(): Promise<Frame> {
    const frame = await peer.take();
    frames.push(frame);
    return frame;
  }
  if (protocol === "socket.io") {
    await take();
    await peer.send("40/echo,", false);
    await take();
  }
  const wrap = wraps[protocol]!;
  return {
    extensions: peer.extensions,
    frames,
    wrap,
    async ask(text, isCompressed) {
      await peer.send(wrap(text), isCompressed);
      return await take();
    },
    [Symbol.dispose]: () => peer[Symbol.dispose](),
  };
}

/** Runs cases against one process with some options. */
async function runCases(
  test: Deno.TestContext,
  entry: ServerEntry,
  { options, ca }: { options: readonly string[]; ca?: string | undefined },
  cases: Record<string, Case>,
): Promise<void> {
  await using server = await startProcess(entry, { options });
  const context: Context = {
    entry,
    server,
    ...(ca !== undefined && { ca }),
    open: (options) => openPeer[entry.protocol]!(server.origin, "/echo", { ca, ...options }),
  };
  for (const [name, run] of Object.entries(cases)) {
    await test.step(`${entry.id}: ${name}`, () => run(context));
  }
  await test.step(`${entry.id}: ends with exit code 0 on SIGTERM, having logged nothing`, async () => {
    server.kill("SIGTERM");
    deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
  });
}

async function refuses(
  entry: ServerEntry,
  options: readonly string[],
  reason: string,
): Promise<void> {
  const { code, stdout, stderr } = await runProcess(entry, ...options);
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  ok(stderr.endsWith(`, as ${reason}; leave it out\n`), stderr);
}

for (const entry of servers) {
  const { id, lacks = {} } = entry;
  const lacking = (mode: Deflate): string | undefined => lacks.deflate ?? lacks[mode];

  testServer(
    entry,
    "keeps the server contract over TLS, compressing with takeover",
    async (test) => {
      await using certificate = await testCertificate();
      const tls = ["--tls", certificate.path];
      const deflate = ["--deflate", "takeover"];
      const withoutTls = lacks.tls;
      const withoutDeflate = lacking("takeover");
      if (withoutTls !== undefined) {
        await test.step(`${id}: refuses --tls`, () => refuses(entry, tls, withoutTls));
      }
      if (withoutDeflate !== undefined) {
        await test.step(`${id}: refuses --deflate`, () => refuses(entry, deflate, withoutDeflate));
      }
      await runCases(test, entry, {
        options: [...withoutTls ? [] : tls, ...withoutDeflate ? [] : deflate],
        ca: withoutTls ? undefined : certificate.pem,
      }, {
        ...(withoutTls ? {} : tlsCases),
        ...(withoutDeflate ? {} : deflateCases("takeover")),
      });
    },
  );

  testServer(entry, "keeps the server contract, compressing without takeover", async (test) => {
    const options = ["--deflate", "no-takeover"];
    const reason = lacking("no-takeover");
    if (reason !== undefined) await refuses(entry, options, reason);
    else await runCases(test, entry, { options }, { ...deflateCases("no-takeover"), ...bigCase });
  });
}
