import { deepEqual, match } from "node:assert/strict";
import { run } from "./prompt/testing.ts";
import { servers } from "../servers/mod.ts";
import { startProcess } from "../servers/testing/process.ts";
import type { ServerEntry } from "../servers/types.ts";
import { freePort } from "../checks/testing/port.ts";
import { libraries } from "./mod.ts";
import type { ClientEntry } from "./types.ts";

function serverFor({ protocols }: ClientEntry): ServerEntry {
  return servers.find((server) => server.protocol === protocols[0]) as ServerEntry;
}

for (const entry of libraries) {
  Deno.test(`${entry.id}: sends the lines of a pipe and waits for the replies`, async () => {
    await using server = await startProcess(serverFor(entry));
    const args = [`${server.origin}/tag`, "--no-workbook"];
    const { code, stdout, stderr } = await run(entry.id, args, "one\n\\\nżółw");
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const ms = String.raw` *\d+\.\d{3} ms  `;
    const tagged = ["one", "", "żółw"].map((line) => `${ms}${line} - \\d{1,3}\n`);
    match(
      stdout,
      new RegExp(`^${tagged.join("")}sent 3, received 3, median latency \\d+\\.\\d{3} ms\n$`),
    );
  });

  Deno.test(`${entry.id}: says in one line that a connection is refused`, async () => {
    const url = `ws://127.0.0.1:${freePort()}/echo`;
    const { code, stdout, stderr } = await run(entry.id, [url]);
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(stderr, /^Cannot connect to ws:\/\/127\.0\.0\.1:\d+\/echo: \S.*\n$/);
  });

  Deno.test(`${entry.id}: says in one line that the URL is missing`, async () => {
    const { code, stdout, stderr } = await run(entry.id, []);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, /^error: Missing: URL\. As in: deno run -A clients\/\w+\.ts ws:\/\/.*\n$/);
  });
}
