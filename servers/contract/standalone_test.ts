import { deepEqual, equal, match } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { servers } from "../mod.ts";
import { commandOf, runProcess, startProcess, testServer, within } from "../testing/process.ts";
import { wrongOptions } from "../testing/wrong_options.ts";
import type { ServerEntry } from "../types.ts";

const native = servers.find(({ id }) => id === "native") as ServerEntry;

for (const [what, { options, says }] of Object.entries(wrongOptions)) {
  Deno.test(`standalone() refuses ${what}`, async () => {
    const { code, stdout, stderr } = await runProcess(native, ...options);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, says);
  });
}

Deno.test("standalone() shows its options and notes with --help", async () => {
  const { code, stdout, stderr } = await runProcess(native, "--help");
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

  const { stdout } = await runProcess(entry, "--help");
  match(stdout, /--port N .*\n.*--hostname H [^]*\n {2}SPEED {10}how fast it is\n {2}--help/);
  match(stdout, /Runs at slow\./);
  match(
    (await runProcess(entry, "--port", "1")).stderr,
    /^Cannot listen on 127\.0\.0\.1, port 1: slow;/,
  );
  match((await runProcess(entry, "--ports", "1")).stderr, /^Unknown option '--ports'/);
});

for (const entry of servers) {
  testServer(entry, "says in one line that its port is taken", async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const stderr =
      `Cannot listen on 127.0.0.1, port ${port}: it is taken; give another --port, or --port 0 for a free one\n`;
    deepEqual(await runProcess(entry, "--port", `${port}`), { code: 2, stdout: "", stderr });
  });

  testServer(entry, "says in one line that the address is not one of this machine's", async () => {
    // 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it.
    const { code, stdout, stderr } = await runProcess(
      entry,
      "--hostname",
      "192.0.2.1",
      "--port",
      "0",
    );
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(
      stderr,
      /^Cannot listen on 192\.0\.2\.1, port 0: not an address of this machine; give another --hostname, .*\n$/,
    );
  });
}

Deno.test("standalone() goes on when stdin is /dev/null, until SIGTERM", async () => {
  await using server = await startProcess(native, { stdin: "null" });
  // It has had its turns to find that stdin is at its end.
  for (let turn = 0; turn < 20; turn++) {
    const response = await fetch(server.origin.replace("ws:", "http:"));
    equal(response.status, 200);
    await response.body?.cancel();
  }
  server.kill("SIGTERM");
  equal((await within("the end", server.ended)).code, 0);
});

Deno.test("standalone() ends with exit code 0 on SIGINT", async () => {
  await using server = await startProcess(native);
  server.kill("SIGINT");
  deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
});

Deno.test("standalone() goes on if nobody reads its ready line", async () => {
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

Deno.test(needing("IPv6", {
  name: "standalone() puts an IPv6 address in brackets",
  fn: async () => {
    await using server = await startProcess(native, { hostname: "[::1]" });
    match(server.ready.url, /^ws:\/\/\[::1\]:\d+\/$/);
  },
}));
