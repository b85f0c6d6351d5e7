import assert from "node:assert/strict";
import { isMeasured } from "../../measure/model/result.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import { quoted, startServer } from "./server_process.ts";

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

Deno.test("quoted() shows nothing that a terminal obeys, cuts, and is empty for nothing", () => {
  assert.equal(quoted("\x1b[31merror\x1b[0m: no"), ': "error: no"');
  assert.equal(quoted("\x1b]0;title\x07a\u202Eb\x9b2Jc\r"), ': "a\\u202ebc"');
  assert.ok(quoted("x ".repeat(50_000)).length < 600);
  assert.equal(quoted("  "), "");
});

Deno.test("startServer() waits for the ready line among other output", async () => {
  const server = await startServer(fake(`
    console.log("starting");
    setTimeout(() => console.log(JSON.stringify({ ...${
    JSON.stringify(ready)
  }, pid: Deno.pid })), 20);
    setInterval(() => console.log("noise"), 1);
  `));
  assert.ok(isMeasured(server.ready.pid) && server.ready.pid !== Deno.pid);
  assert.deepEqual(server.ready, { ...ready, pid: server.ready.pid });
  await server.stop();
  assert.equal(await server.ended, "signal SIGTERM");
});

Deno.test("startServer() measures no process of others, and no other machine", async () => {
  const says = (line: unknown): ServerEntry =>
    fake(`console.log('${JSON.stringify(line)}'); setInterval(() => {}, 1000)`);
  for (const pid of [1, Deno.pid, Deno.ppid]) {
    const server = await startServer(says({ ...ready, pid }));
    assert.deepEqual(server.ready.pid, {
      absent: `the process ${pid} of its ready line is not its own`,
    });
    await server.stop();
  }
  await assert.rejects(startServer(says({ ...ready, url: "ws://example.com/" })), {
    message: "fake cannot be measured: ws://example.com/ in its ready line is not on this " +
      "machine: let it print a URL of 127.0.0.1",
  });
});

Deno.test("startServer() says how a server ended before it was ready, with its last words", async () => {
  await assert.rejects(startServer(fake(`console.error("port taken"); Deno.exit(2)`)), {
    message: 'fake ended before it was ready: exit code 2: "port taken"',
  });
});

Deno.test("startServer() gives up on a server that is never ready", async () => {
  await assert.rejects(startServer(fake("setInterval(() => {}, 1000)"), { patienceMs: 200 }), {
    message: "fake printed no ready line in 0.2 s",
  });
});

Deno.test("startServer() says when the program is missing", async () => {
  const missing: ServerEntry = {
    ...fake(""),
    launch: { by: "contract", command: () => ["no-such-program-here"] },
  };
  await assert.rejects(startServer(missing), { message: /no-such-program-here/ });
});

Deno.test("startServer() says what a command says that never accepts a handshake", async () => {
  // A shell says it in a few milliseconds; Deno might need all the time to start.
  const command = ["sh", "-c", "echo busy >&2; exec sleep 61"];
  const entry: ServerEntry = { ...fake(""), launch: { by: "command", command } };
  await assert.rejects(startServer(entry, { patienceMs: 3000 }), {
    message:
      /^fake accepted no handshake on port \d+ in 3 s: "busy"; if it needs longer, give it --start-timeout fake=S$/,
  });
});

Deno.test("startServer() takes what a command says of itself, and its paths if none is given", async () => {
  const program = new URL("../../servers/native.ts", import.meta.url).pathname;
  const command = [Deno.execPath(), "run", "--quiet", "--allow-all", program, "--port={port}"];
  const entry: ServerEntry = { ...fake(""), launch: { by: "command", command } };
  for (const path of [undefined, "/tag"]) {
    const server = await startServer(path === undefined ? entry : { ...entry, path });
    assert.equal(server.ready.runtime, `deno ${Deno.version.deno}`);
    assert.equal(server.ready.path, path);
    await server.stop();
  }
});

Deno.test("startServer() hands the words of a command over as they are: no shell reads them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const code = `
      Deno.writeTextFileSync("${folder}/args.json", JSON.stringify(Deno.args));
      console.log('${JSON.stringify(ready)}');
      setInterval(() => {}, 1000);
    `;
    const words = [
      `$(touch ${folder}/a)`,
      `\`touch ${folder}/b\``,
      `; touch ${folder}/c`,
      `\ntouch ${folder}/d\n`,
      `| tee ${folder}/e`,
      `x' "$(touch ${folder}/f)" '`,
      "$0 $@ $PORT ${HOME}",
      '* ~ \\ "',
    ];
    for (
      const command of [
        [Deno.execPath(), "eval", code, "--", ...words],
        [Deno.execPath(), "eval", code, "--", ...words].map((word) =>
          `'${word.replaceAll("'", `'"'"'`)}'`
        ).join(" "),
      ]
    ) {
      const server = await startServer(foreignServer({ name: "evil", command }));
      await server.stop();
      const read = JSON.parse(Deno.readTextFileSync(`${folder}/args.json`));
      assert.deepEqual(read.filter((word: string) => word !== "--"), words);
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["args.json"]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("startServer() says how a command answers that refuses every handshake, and asks for another path", async () => {
  const refusing = (status: number): ServerEntry => {
    const code = `
      const port = Number(Deno.env.get("PORT"));
      Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, () =>
        new Response("no", { status: ${status} }));
    `;
    const command = [Deno.execPath(), "eval", "--quiet", code];
    return { ...fake(""), launch: { by: "command", command } };
  };
  await Promise.all([
    assert.rejects(startServer(refusing(500), { patienceMs: 10_000 }), {
      message: /^fake accepted no handshake on port \d+ in 10 s \([^;]*500[^;]*\)$/,
    }),
    assert.rejects(startServer(refusing(404), { patienceMs: 10_000 }), {
      message:
        /^fake accepted .* \(The server answered 404 Not Found; its echo may be .*: --path fake=\/PATH names it\)$/,
    }),
  ]);
});

Deno.test("startServer() says that the path of a URL may be another one", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("no", { status: 404 }),
  );
  const entry = foreignServer({ name: "mine", url: `ws://127.0.0.1:${server.addr.port}/chat` });
  await assert.rejects(startServer(entry), {
    message:
      /^mine accepts no handshake at .*\/chat: The server answered 404 Not Found; .* another path: name it in the URL$/,
  });
});

Deno.test("startServer() waits as long as a server is given to start", async () => {
  const command = [Deno.execPath(), "eval", "--quiet", "setInterval(() => {}, 1000)"];
  const entry = foreignServer({ name: "mine", command, startTimeoutMs: 300 });
  await assert.rejects(startServer(entry, { patienceMs: 600_000 }), {
    message:
      /^mine accepted no handshake on port \d+ in 0\.3 s; if it needs longer, give it --start-timeout mine=S$/,
  });
});
