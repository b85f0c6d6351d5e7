/** The session over real sockets, without a browser: Deno's WebSocket has the same interface. */

import { deepEqual, equal, match } from "node:assert/strict";
import * as native from "../native.ts";
import * as socketio from "../socketio.ts";
import type { RunningServer } from "../types.ts";
import { within } from "../testing/process.ts";
import { targetOf } from "./address.ts";
import type { Protocol } from "./protocols.ts";
import { type RunRequest, Session } from "./session.ts";
import type { SessionOutcome } from "./run.ts";

const anywhere = { hostname: "127.0.0.1", port: 0 };
const servers: [Protocol, () => Promise<RunningServer>][] = [
  ["websocket", () => native.start(anywhere)],
  ["socket.io", () => socketio.start(anywhere)],
];

/** A session that can be waited for. */
class Watched {
  readonly lines: string[] = [];
  readonly replies: { readonly text: string; readonly latencyMs: number | undefined }[] = [];
  #waiting: { readonly isThere: () => boolean; readonly resolve: () => void }[] = [];
  #outcome: SessionOutcome | undefined;
  readonly session: Session = new Session({
    changed: () => this.#look(),
    began: () => {},
    replied: (text, latencyMs) => {
      this.replies.push({ text, latencyMs });
      this.#look();
    },
    logged: (kind, text) => {
      this.lines.push(`${kind} ${text}`);
      this.#look();
    },
    ended: (outcome) => {
      this.#outcome = outcome;
      this.#look();
    },
  });

  #look(): void {
    const ready = this.#waiting.filter(({ isThere }) => isThere());
    this.#waiting = this.#waiting.filter((one) => !ready.includes(one));
    for (const { resolve } of ready) resolve();
  }

  until(what: string, isThere: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ isThere, resolve });
    this.#look();
    return within(what, promise);
  }

  async connect(port: number, protocol: Protocol, path = ""): Promise<void> {
    this.session.connect(targetOf(`127.0.0.1:${port}${path}`, protocol, "/tag"));
    await this.until("the connection", () => this.session.state.phase !== "connecting");
  }

  async run(request: RunRequest): Promise<SessionOutcome> {
    this.#outcome = undefined;
    this.session.start(request);
    await this.until("the outcome", () => this.#outcome !== undefined);
    return this.#outcome!;
  }
}

for (const [protocol, start] of servers) {
  Deno.test(`Session sends one message and 2,000 to a ${protocol} server`, async () => {
    const server = await start();
    const watched = new Watched();
    const { session, lines } = watched;
    await watched.connect(server.port, protocol);
    deepEqual(session.state, {
      phase: "open",
      text: "WebSocket connection established",
      isWrong: false,
    });
    session.sendOne("größe");
    await watched.until("the reply", () => lines.some((line) => line.startsWith("received")));
    equal(lines.at(-2), "sent größe");
    match(lines.at(-1)!, /^received größe - \d{1,3}$/);
    const [reply, ...others] = watched.replies;
    deepEqual([`received ${reply!.text}`, others.length], [lines.at(-1), 0]);
    equal(reply!.latencyMs! >= 0, true);

    for (const size of [0, 300]) {
      const { counts, received, end, latency } = await watched.run({ count: 2000, size });
      deepEqual({ received, end, ...counts }, {
        received: 2000,
        end: "complete",
        sent: 2000,
        answered: 2000,
        lost: 0,
        duplicated: 0,
        reordered: 0,
        corrupted: 0,
      });
      equal(latency.count, 2000);
      equal(session.isRunning, false);
    }
    equal(watched.replies.length, 1, "the replies of a run are not told of one by one");
    session.disconnect();
    equal(session.state.text, "Disconnected");
    await server.close();
  });

  Deno.test(`Session says in one line that a ${protocol} server cannot be reached`, async () => {
    const server = await start();
    const watched = new Watched();
    await watched.connect(server.port, protocol, "/nowhere");
    const { phase, text, isWrong } = watched.session.state;
    deepEqual([phase, isWrong], ["closed", true]);
    match(text, /^Cannot connect to ws:\/\/127.*nowhere.*/);
    await server.close();
    await watched.connect(server.port, protocol);
    match(watched.session.state.text, /^Cannot connect to ws:\/\/127.*\(code \d+.*\): check that/);
  });

  Deno.test(`Session counts as lost what a ${protocol} server owes as it closes`, async () => {
    const server = await start();
    const watched = new Watched();
    await watched.connect(server.port, protocol);
    const outcome = watched.run({ count: 100_000, size: 100 });
    await watched.until("replies", () => (watched.session.progress?.received ?? 0) > 10);
    await Promise.all([
      server.close(),
      watched.until("the end", () => watched.session.state.phase === "closed"),
    ]);
    const { end, counts } = await outcome;
    equal(end, "closed");
    equal(counts.sent, counts.answered + counts.lost);
    equal(counts.answered >= 10, true);
    match(watched.session.state.text, /^Connection closed/);
  });
}

Deno.test("Session begins a run on a new connection if the old one owes a reply", async () => {
  let connections = 0;
  const server = Deno.serve({ ...anywhere, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    connections++;
    socket.onmessage = ({ data }) => {
      if (data !== "quiet") socket.send(data);
    };
    return response;
  });
  const watched = new Watched();
  await watched.connect(server.addr.port, "websocket", "/echo");
  await watched.run({ count: 10, size: 0 });
  equal(connections, 1);
  watched.session.sendOne("quiet");
  const { counts } = await watched.run({ count: 10, size: 0 });
  deepEqual([counts.answered, connections], [10, 2]);
  watched.session.disconnect();
  await server.shutdown();
});

Deno.test("Session tells of a reply that nothing waited for, but not of one that a run lost", async () => {
  const server = Deno.serve({ ...anywhere, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    let kept: string | undefined;
    socket.onmessage = ({ data }) => {
      if (data === "twice") socket.send(data);
      // The last message of the run is answered only when it is over.
      if (data === "Hello Server 3") kept = data;
      else socket.send(data);
      if (data !== "late" || kept === undefined) return;
      socket.send(kept);
      kept = undefined;
    };
    return response;
  });
  const watched = new Watched();
  const { session, replies } = watched;
  await watched.connect(server.addr.port, "websocket", "/echo");
  const outcome = watched.run({ count: 3, size: 0 });
  await watched.until("the others", () => watched.lines.includes("received Hello Server 2"));
  session.stop();
  await outcome;
  session.sendOne("late");
  await watched.until("both", () => watched.lines.includes("received Hello Server 3"));
  deepEqual(replies.map(({ text }) => text), ["late"]);
  session.sendOne("twice");
  await watched.until("both", () => replies.length === 3);
  deepEqual(replies.slice(1).map(({ latencyMs }) => latencyMs === undefined), [false, true]);
  session.disconnect();
  await server.shutdown();
});

Deno.test("Session.stop() ends a run with what was sent answered", async () => {
  const server = await native.start(anywhere);
  const watched = new Watched();
  await watched.connect(server.port, "websocket");
  const outcome = watched.run({ count: 1_000_000, size: 0 });
  await watched.until("replies", () => (watched.session.progress?.received ?? 0) > 10);
  watched.session.stop();
  const { end, counts } = await outcome;
  equal(end, "stopped");
  equal(counts.lost, 0);
  equal(counts.sent < 1_000_000, true);
  watched.session.disconnect();
  await server.close();
});

Deno.test("Session.refuse() says what was wrong with what was typed", () => {
  const { session, lines } = new Watched();
  session.refuse("No URL");
  deepEqual(session.state, { phase: "closed", text: "No URL", isWrong: true });
  deepEqual(lines, ["note No URL"]);
});
