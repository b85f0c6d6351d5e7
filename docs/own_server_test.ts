/** That the commands of docs/own-server.md do what the page says, against servers as it describes them. */

import assert from "node:assert/strict";
import { wsmarkWith } from "../cli/testing.ts";

const TOKEN = "t0ken";
const SCENARIO = "--scenarios";
const SECONDS = ["--rounds=1", "--duration=0.2", "--warmup=0.05", "--no-ceiling"];

/** What a server of the page does with a connection. */
interface Server {
  /** Whether a request may open a WebSocket. */
  readonly takes?: (request: Request) => boolean;
  /** What it says first; `say` tells whether the connection is open. */
  readonly opened?: (say: (text: string) => boolean) => void;
  /** What it says to a message, of which this is the `count`-th, from 0. */
  readonly said: (message: string, count: number, say: (text: string) => boolean) => void;
}

const SERVERS: readonly Server[] = [
  {
    takes: ({ headers, url }) =>
      headers.get("authorization") === `Bearer ${TOKEN}` && new URL(url).pathname === "/chat" &&
      headers.get("sec-websocket-protocol") === "chat.v1",
    said: (message, _count, say) => say(message),
  },
  {
    said(message, count, say) {
      const { type, token, ...rest } = JSON.parse(message);
      if (count > 0) {
        if (count % 10 === 0) say('{"type":"news","text":"it rains"}');
        say(JSON.stringify({ type: "said", ...rest }));
      } else if (type === "login" && token === TOKEN) say('{"type":"welcome"}');
    },
  },
  {
    said(message, _count, say) {
      const { id, method, params } = JSON.parse(message);
      say('{"jsonrpc":"2.0","method":"news","params":[]}');
      if (method === "echo") say(JSON.stringify({ jsonrpc: "2.0", id, result: params }));
    },
  },
  {
    opened: (say) => void say('{"type":"welcome"}'),
    said(_message, _count, say) {
      say('{"type":"tick"}');
      say("ok");
    },
  },
  {
    said(message, _count, say) {
      if (message === "JOIN Ada") say("HELLO");
      else if (message.startsWith("SAY ")) say(`SAID ${message.slice(4)}`);
    },
  },
  {
    opened: (say) => void say('{"type":"hello"}'),
    said(message, _count, say) {
      let seq = 17;
      const tick = (): void => {
        if (!say(JSON.stringify({ type: "tick", seq: seq++, at: Date.now() }))) return;
        setTimeout(tick, 5);
      };
      if (JSON.parse(message).type === "subscribe") tick();
    },
  },
];

/** Starts a server of the page. */
function started(
  { takes = () => true, opened = () => {}, said }: Server,
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    if (!takes(request)) return new Response(null, { status: 401 });
    const protocol = request.headers.get("sec-websocket-protocol") ?? "";
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol });
    const say = (text: string): boolean => {
      const isOpen = socket.readyState === WebSocket.OPEN;
      if (isOpen) socket.send(text);
      return isOpen;
    };
    let count = 0;
    socket.onopen = () => opened(say);
    socket.onmessage = ({ data }) => said(data, count++, say);
    return response;
  });
}

/** Those that say what nobody asked for. */
const TALKATIVE = [1, 2, 3, 5];

const page = await Deno.readTextFile(new URL("own-server.md", import.meta.url));
const commands = [...page.matchAll(/^deno task bench (.*--url.*)$/gm)].map(([, rest]) => rest!);

/** The words of a command, as a shell would take them apart that knows single quotes alone. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}

Deno.test("own-server.md has a command for each server", () => {
  assert.equal(commands.length, SERVERS.length);
});

for (const [index, server] of SERVERS.entries()) {
  Deno.test(`own-server.md, server ${index + 1}: nothing is lost or wrong`, async () => {
    const folder = await Deno.makeTempDir();
    const running = started(server);
    try {
      const { port } = running.addr;
      const words = wordsOf(commands[index]!).map((word) =>
        word.replace(/localhost:\d+/, `127.0.0.1:${port}`)
      );
      const out = `${folder}/run`;
      const scenario = words.includes(SCENARIO) ? [] : [SCENARIO, "latency"];
      const args = ["run", ...words, ...scenario, ...SECONDS, "--reports=json", `--out=${out}`];
      const { code, stdout, stderr } = await wsmarkWith({ TOKEN }, args);
      assert.equal(code, 0, stderr + stdout);
      const text = await Deno.readTextFile(`${out}/results.json`);
      assert.ok(!text.includes(TOKEN) && !(stdout + stderr).includes(TOKEN));
      const [trial] = JSON.parse(text).trials;
      const { sent, ...found } = trial.integrity;
      assert.ok(sent > 0);
      assert.deepEqual(found, {
        answered: sent,
        lost: 0,
        duplicated: 0,
        reordered: 0,
        corrupted: 0,
      });
      assert.equal(trial.unasked !== undefined, TALKATIVE.includes(index));
    } finally {
      await running.shutdown();
      await Deno.remove(folder, { recursive: true });
    }
  });
}
