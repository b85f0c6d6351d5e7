import { deepEqual, equal, match } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { servers } from "../servers/mod.ts";
import { readAll, type ServerProcess, startProcess, within } from "../servers/testing/process.ts";
import type { ServerEntry } from "../servers/types.ts";
import { libraries } from "./mod.ts";
import type { ClientEntry } from "./types.ts";

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a client as a script; its standard input stays open. */
function start(id: string, ...args: string[]): Deno.ChildProcess {
  const script = fileURLToPath(import.meta.resolve(`./${id}.ts`));
  const options = { args: ["run", "--quiet", "--allow-all", script, ...args] };
  return new Deno.Command(Deno.execPath(), {
    ...options,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a client as a script, with what is piped into it. */
async function run(id: string, args: string[], input = ""): Promise<Output> {
  const child = start(id, ...args);
  const writer = child.stdin.getWriter();
  // A client that has nothing to do with its input may end before it is written.
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  return await ended(child);
}

async function ended(child: Deno.ChildProcess): Promise<Output> {
  const output = Promise.all([child.status, child.stdout.text(), child.stderr.text()]);
  const [{ code }, stdout, stderr] = await within("the end of the client", output);
  return { code, stdout, stderr };
}

function serverFor({ protocol }: ClientEntry): ServerEntry {
  return servers.find((server) => server.protocol === protocol) as ServerEntry;
}

for (const entry of libraries) {
  Deno.test(`${entry.id}: sends the lines of a pipe and waits for the replies`, async () => {
    await using server = await startProcess(serverFor(entry));
    const { code, stdout, stderr } = await run(entry.id, [`${server.origin}/tag`], "one\n\nżółw");
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const ms = String.raw`  \(\d+\.\d{3} ms\)\n`;
    const tagged = ["one", "", "żółw"].map((line) => `${line} - \\d{1,3}${ms}`);
    match(
      stdout,
      new RegExp(`^${tagged.join("")}sent 3, received 3, median latency \\d+\\.\\d{3} ms\n$`),
    );
  });

  Deno.test(`${entry.id}: says in one line that a connection is refused`, async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `ws://127.0.0.1:${listener.addr.port}/echo`;
    listener.close();
    const { code, stdout, stderr } = await run(entry.id, [url]);
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(stderr, /^Cannot connect to ws:\/\/127\.0\.0\.1:\d+\/echo: \S.*\n$/);
  });

  Deno.test(`${entry.id}: says in one line that there is no URL`, async () => {
    const { code, stdout, stderr } = await run(entry.id, []);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, /^There is no URL to connect to; give one, as in: deno run .*\n$/);
  });
}

Deno.test("repl() stops at the line exit", async () => {
  await using server = await startProcess(serverFor(libraries[0] as ClientEntry));
  const { code, stdout } = await run("websocket", [`${server.origin}/echo`], "one\nexit\ntwo\n");
  equal(code, 0);
  match(stdout, /^one {2}\(\S+ ms\)\nsent 1, received 1, median latency \S+ ms\n$/);
});

Deno.test("repl() sends nothing when its input is empty", async () => {
  await using server = await startProcess(serverFor(libraries[0] as ClientEntry));
  const output = await run("websocket", [`${server.origin}/echo`]);
  deepEqual(output, { code: 0, stdout: "sent 0, received 0\n", stderr: "" });
});

Deno.test("repl() refuses what is no WebSocket URL", async () => {
  for (
    const args of [["nowhere"], ["http://127.0.0.1/"], ["ws://127.0.0.1/#top"], [
      "ws://127.0.0.1/",
      "more",
    ]]
  ) {
    const { code, stdout, stderr } = await run("websocket", args);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, /^'.+' is not a WebSocket URL; give one, as in: deno run .*\n$/);
  }
});

Deno.test("repl() tells how it is used with --help", async () => {
  const { code, stdout, stderr } = await run("websocket", ["--help"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /deno run -A clients\/websocket\.ts ws:\/\//);
});

/** Starts a client, has one line answered, lets something happen, and returns what came after that line. */
async function interrupted(
  what: (client: Deno.ChildProcess, server: ServerProcess) => void,
): Promise<Output> {
  await using server = await startProcess(serverFor(libraries[0] as ClientEntry));
  const child = start("websocket", `${server.origin}/echo`);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("one\n"));
  const { promise: reply, resolve } = Promise.withResolvers<string>();
  const output = Promise.all([child.status, readAll(child.stdout, resolve), child.stderr.text()]);
  match(await within("a reply", reply), /^one {2}/);
  what(child, server);
  const [{ code }, stdout, stderr] = await within("the end of the client", output);
  await writer.close().catch(() => {});
  return { code, stdout, stderr };
}

Deno.test("repl() ends cleanly on Ctrl-C", async () => {
  const { code, stdout, stderr } = await interrupted((client) => client.kill("SIGINT"));
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^sent 1, received 1, median latency \S+ ms\n$/);
});

Deno.test("repl() says that the connection is lost, and what came until then", async () => {
  const { code, stdout, stderr } = await interrupted((_, server) => server.kill("SIGKILL"));
  equal(code, 1);
  match(stdout, /^sent 1, received 1, median latency \S+ ms\n$/);
  match(stderr, /^Lost the connection to ws:.*\n$/);
});
