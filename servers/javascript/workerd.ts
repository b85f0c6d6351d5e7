/**
 * workerd, the runtime of Cloudflare Workers: this only starts it, and ends it. The worker itself is workerd/worker.ts.
 * On its own: `deno run -A servers/javascript/workerd.ts --port 8765` (Linux and macOS)
 */

import workerd from "workerd";
import { standalone } from "../contract/standalone.ts";
import { bundle } from "../launch/bundle.ts";
import type { Address, Deflate, RunningServer } from "../types.ts";

/** What the package says of itself: its program for this machine, and the newest behaviour that this has. */
const { default: program, version, compatibilityDate } = workerd as unknown as {
  readonly default: string;
  readonly version: string;
  readonly compatibilityDate: string;
};

/** Runs a program until stdin ends, even if whoever holds the other end of it was killed; prints its process id first. */
const UNTIL_STDIN_ENDS = `exec 3<&0
"$@" 3<&- &
pid=$!
echo "$pid"
{ cat <&3; kill "$pid"; } >/dev/null 2>&1 &
wait "$pid"`;

/** What the answer to a handshake agrees to. */
const EXTENSIONS: Readonly<Record<Deflate, string>> = {
  "takeover": "permessage-deflate",
  "no-takeover": "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
};

/** What it says if it cannot listen, and what other runtimes call that. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/Address already in use/, "EADDRINUSE"],
  [/Cannot assign requested address/, "EADDRNOTAVAIL"],
  [/Permission denied/, "EACCES"],
];

export async function start(address: Address): Promise<RunningServer> {
  const worker = bundle(import.meta.resolve("./workerd/worker.ts"));
  if ("missing" in worker) throw new Error(worker.missing);
  // It holds a private key, and is read before anything listens.
  const folder = await Deno.makeTempDir({ prefix: "wsmark-workerd-" });
  try {
    await Deno.copyFile(worker.path, `${folder}/worker.js`);
    await Deno.writeTextFile(`${folder}/config.capnp`, configOf(address), { mode: 0o600 });
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function configOf({ hostname, port, tls, deflate }: Address): string {
  const text = JSON.stringify;
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const keypair = `keypair = (privateKey = ${text(tls)}, certificateChain = ${text(tls)})`;
  const flags = deflate === undefined ? text("no_web_socket_compression") : "";
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker", esModule = embed "worker.js")],
    compatibilityDate = ${text(compatibilityDate)},
    compatibilityFlags = [${flags}],
    bindings = [
      (name = "HOSTNAME", text = ${text(hostname)}),
      (name = "EXTENSIONS", text = ${text(deflate === undefined ? "" : EXTENSIONS[deflate])}),
      (name = "AUDIENCES", durableObjectNamespace = "Audience"),
    ],
    durableObjectNamespaces = [(className = "Audience", uniqueKey = "wsmark")],
    durableObjectStorage = (inMemory = void),
  ))],
  sockets = [(name = "http", service = "main", address = ${text(`${host}:${port}`)}, ${
    tls === undefined ? "http = ()" : `https = (tlsOptions = (${keypair}))`
  })],
);
`;
}

/** Runs it with the configuration in a folder; resolves as soon as it listens. */
async function run(folder: string): Promise<RunningServer> {
  const child = new Deno.Command("sh", {
    args: ["-c", UNTIL_STDIN_ENDS, "sh", program, "serve", "--control-fd=1"]
      .concat(`${folder}/config.capnp`),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let said = "";
  // Later, it says of each client what it did wrong.
  const reading = child.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({ write: (text) => void (said += said.length < 4096 ? text : "") }),
  );
  let printed = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += text;
    const [, pid, port] = /^(\d+)\n[^]*"event":"listen".*"port":(\d+)\}/.exec(printed) ?? [];
    if (port === undefined) continue;
    return {
      port: Number(port),
      pid: Number(pid),
      async close() {
        await child.stdin.close();
        await child.status;
      },
    };
  }
  await child.stdin.close();
  await reading;
  const code = CODES.find(([pattern]) => pattern.test(said))?.[1];
  throw Object.assign(new Error(said.split("\n", 1)[0] || "workerd ended at once"), { code });
}

if (import.meta.main) {
  await standalone({
    id: "workerd",
    library: `workerd ${version}`,
    runtime: `workerd ${version}`,
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      "TCP_NODELAY is set by workerd.",
      "Broadcasts and rooms are Durable Objects, in memory: one for each path.",
      "Its clock stands still while it computes: the times of a stream are whole milliseconds.",
      "Messages of up to 32 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
