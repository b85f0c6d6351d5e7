import assert from "node:assert/strict";
import type { ServerEntry } from "../servers/types.ts";
import { parseReadyLine, quoted, startServer } from "./server_process.ts";

const ready = {
  ready: true,
  url: "ws://127.0.0.1:1/",
  pid: 1,
  server: "fake",
  runtime: "deno 2",
  library: "none 0",
};

const fake = (code: string): ServerEntry => ({
  id: "fake",
  title: "Fake",
  protocol: "websocket",
  // A program that is given the code's options as the program "eval" would refuse them.
  launch: { by: "contract", command: () => [Deno.execPath(), "eval", code, "--"] },
});

Deno.test("parseReadyLine() reads a ready line and nothing else", () => {
  assert.deepEqual(parseReadyLine(JSON.stringify(ready)), ready);
  for (
    const line of [
      "",
      "Listening on 8080",
      "{",
      "{}",
      JSON.stringify({ ...ready, ready: false }),
      JSON.stringify({ ...ready, url: "nowhere" }),
      JSON.stringify({ ...ready, pid: "1" }),
      JSON.stringify({ ...ready, library: undefined }),
    ]
  ) assert.equal(parseReadyLine(line), undefined, line);
});

Deno.test("quoted() leaves colours out, and is empty for nothing", () => {
  assert.equal(quoted("\x1b[31merror\x1b[0m: no"), ': "error: no"');
  assert.equal(quoted("  "), "");
});

Deno.test("quoted() cuts a flood, and leaves out what is no character", () => {
  assert.equal(quoted("x".repeat(4096)), `: "${"x".repeat(200)}…"`);
  assert.equal(quoted("a\x07\x00b\tc"), ': "a b c"');
});

Deno.test("startServer() waits for the ready line among other output", async () => {
  const server = await startServer(fake(`
    console.log("starting");
    setTimeout(() => console.log('${JSON.stringify(ready)}'), 20);
    setInterval(() => console.log("noise"), 1);
  `));
  assert.deepEqual(server.ready, ready);
  await server.stop();
  assert.equal(await server.ended, "signal SIGTERM");
});

Deno.test("startServer() tells how a server ended before it was ready, with its last words", async () => {
  await assert.rejects(startServer(fake(`console.error("port taken"); Deno.exit(2)`)), {
    message: 'fake ended before it was ready: exit code 2: "port taken"',
  });
});

Deno.test("startServer() gives up on a server that is never ready", async () => {
  await assert.rejects(startServer(fake("setInterval(() => {}, 1000)"), { patienceMs: 200 }), {
    message: "fake printed no ready line in 0.2 s",
  });
});

Deno.test("startServer() tells when the program is missing", async () => {
  const missing: ServerEntry = {
    ...fake(""),
    launch: { by: "contract", command: () => ["no-such-program-here"] },
  };
  await assert.rejects(startServer(missing), { message: /no-such-program-here/ });
});

Deno.test("startServer() tells what a command says that never accepts a handshake", async () => {
  const command = [Deno.execPath(), "eval", "console.error('busy'); setInterval(() => {}, 1000)"];
  const entry: ServerEntry = { ...fake(""), launch: { by: "command", command } };
  await assert.rejects(startServer(entry, { patienceMs: 1000 }), {
    message: /^fake accepted no handshake on port \d+ in 1 s: "busy"$/,
  });
});

Deno.test("startServer() takes what a command says of itself, and its paths where none is given", async () => {
  const program = new URL("../servers/native.ts", import.meta.url).pathname;
  const command = [Deno.execPath(), "run", "--quiet", "--allow-all", program, "--port={port}"];
  const entry: ServerEntry = { ...fake(""), launch: { by: "command", command } };
  for (const path of [undefined, "/tag"]) {
    const server = await startServer(path === undefined ? entry : { ...entry, path });
    assert.equal(server.ready.runtime, `deno ${Deno.version.deno}`);
    assert.equal(server.ready.path, path);
    await server.stop();
  }
});

Deno.test("startServer() tells how a command answers that refuses every handshake", async () => {
  const code = `
    const port = Number(Deno.env.get("PORT"));
    Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, () =>
      new Response("no", { status: 500 }));
  `;
  const command = [Deno.execPath(), "eval", "--quiet", code];
  const entry: ServerEntry = { ...fake(""), launch: { by: "command", command } };
  await assert.rejects(startServer(entry, { patienceMs: 3000 }), {
    message: /^fake accepted no handshake on port \d+ in 3 s \(.*500.*\)$/,
  });
});
