import { deepEqual, equal, match } from "node:assert/strict";
import { servers } from "./mod.ts";
import { commandOf, startProcess, testServer, within } from "./testing/process.ts";
import type { ServerEntry } from "./types.ts";

const native = servers.find(({ id }) => id === "native") as ServerEntry;

/** Runs a server to its end, which must come by itself. */
async function run(
  entry: ServerEntry,
  ...options: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [program = "", ...args] = commandOf(entry);
  const command = new Deno.Command(program, { args: [...args, ...options], stdin: "null" });
  const { code, stdout, stderr } = await within("the end", command.output());
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}

const wrong: Record<string, { options: string[]; says: string }> = {
  "a port that is no number": {
    options: ["--port", "http"],
    says: "Cannot listen on port 'http'; give a --port from 0 to 65535, 0 for a free one\n",
  },
  "a port above 65535": {
    options: ["--port=65536"],
    says: "Cannot listen on port '65536'; give a --port from 0 to 65535, 0 for a free one\n",
  },
  "a negative port": {
    options: ["--port", "-1"],
    says: "Cannot listen on port '-1'; give a --port from 0 to 65535, 0 for a free one\n",
  },
  "a fraction of a port": {
    options: ["--port", "80.5"],
    says: "Cannot listen on port '80.5'; give a --port from 0 to 65535, 0 for a free one\n",
  },
  "an option without its value": {
    options: ["--hostname"],
    says: "--hostname needs a value; give one, or leave the option out\n",
  },
  "an empty value": {
    options: ["--port="],
    says: "--port needs a value; give one, or leave the option out\n",
  },
  "an unknown option": {
    options: ["--ports", "80"],
    says: "Unknown option '--ports'; give --port, --hostname, --tls, --deflate or --help\n",
  },
  "an argument that is no option": {
    options: ["8080"],
    says: "Unknown option '8080'; give --port, --hostname, --tls, --deflate or --help\n",
  },
};

for (const [what, { options, says }] of Object.entries(wrong)) {
  Deno.test(`standalone() refuses ${what}`, async () => {
    deepEqual(await run(native, ...options), { code: 2, stdout: "", stderr: says });
  });
}

Deno.test("standalone() tells of its options and notes with --help", async () => {
  const { code, stdout, stderr } = await run(native, "--help");
  equal(code, 0);
  match(stdout, /--port N .*\(default 8765\)\n.*--hostname H .*\(default 127\.0\.0\.1\)/);
  match(stdout, /No compression/);
  equal(stderr, "");
});

Deno.test("standalone() leaves a server its own options", async () => {
  const code = `
    import { standalone } from ${JSON.stringify(import.meta.resolve("./standalone.ts"))};
    const [speed, ...args] = Deno.args;
    const introduction = { id: "own", library: "none 0.0", notes: ["Runs at " + speed + "."] };
    const usage = ["  SPEED          how fast it is"];
    await standalone(introduction, () => Promise.reject(new Error(speed)), { args, usage });
  `;
  const command = [Deno.execPath(), "eval", code, "--", "slow"];
  const entry: ServerEntry = { ...native, launch: { by: "contract", command: () => command } };

  const { stdout } = await run(entry, "--help");
  match(stdout, /--port N .*\n.*--hostname H [^]*\n {2}SPEED {10}how fast it is\n {2}--help/);
  match(stdout, /Runs at slow\./);
  match((await run(entry, "--port", "1")).stderr, /^Cannot listen on 127\.0\.0\.1, port 1: slow;/);
  match((await run(entry, "--ports", "1")).stderr, /^Unknown option '--ports'/);
});

for (const entry of servers) {
  testServer(entry, "says in one line that its port is taken", async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const stderr =
      `Cannot listen on 127.0.0.1, port ${port}: it is taken; give another --port, or --port 0 for a free one\n`;
    deepEqual(await run(entry, "--port", `${port}`), { code: 2, stdout: "", stderr });
  });

  testServer(entry, "says in one line that the address is not one of this machine's", async () => {
    // 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it.
    const { code, stdout, stderr } = await run(entry, "--hostname", "192.0.2.1", "--port", "0");
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(
      stderr,
      /^Cannot listen on 192\.0\.2\.1, port 0: not an address of this machine; give another --hostname, .*\n$/,
    );
  });
}

Deno.test("standalone() goes on when stdin is /dev/null, until SIGTERM", async () => {
  await using server = await startProcess(native, { stdin: "null" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const response = await fetch(server.origin.replace("ws:", "http:"));
  equal(response.status, 200);
  await response.body?.cancel();
  server.kill("SIGTERM");
  equal((await within("the end", server.ended)).code, 0);
});

Deno.test("standalone() ends with exit code 0 on SIGINT", async () => {
  await using server = await startProcess(native);
  server.kill("SIGINT");
  deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
});

Deno.test("standalone() survives that nobody reads its ready line", async () => {
  const [program = "", ...args] = commandOf(native);
  const child = new Deno.Command(program, {
    args: [...args, "--port", "0"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  })
    .spawn();
  await child.stdout.cancel();
  await child.stdin.close();
  equal(await within("the end", child.stderr.text()), "");
  equal((await child.status).code, 0);
});

Deno.test({
  name: "standalone() puts an IPv6 address in brackets",
  ignore: !hasIpv6(),
  fn: async () => {
    await using server = await startProcess(native, { hostname: "[::1]" });
    match(server.ready.url, /^ws:\/\/\[::1\]:\d+\/$/);
  },
});

/** Containers often come without. */
function hasIpv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}
