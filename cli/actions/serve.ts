/** `serve`: starts servers on known ports for trying them by hand. */

import type { LeftOut } from "../../measure/model/result.ts";
import { findCertificate } from "../../bench/process/tls/certificate.ts";
import { chooseServers } from "../../bench/plan/options.ts";
import { type ServerProcess, startServer } from "../../bench/process/server_process.ts";
import { UsageError } from "../../bench/usage.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { FIRST_PORT } from "../commands/serve.ts";
import { type Action, EXIT } from "../command.ts";
import { requirePermissions } from "../permissions.ts";
import { onStopOrExit } from "../stop.ts";
import { print, printError } from "../output/terminal.ts";

/** How long a server may take to answer a GET, in milliseconds. */
const PAGE_MS = 2000;

export const action: Action = async (args) => {
  requirePermissions();
  const { chosen: startable, leftOut } = chooseServers(args.list("servers"));
  const lacking = args.has("tls") ? startable.flatMap(withoutTls) : [];
  for (const { title, reason } of [...leftOut, ...lacking]) {
    printError(`note: ${title} is left out: ${reason}`);
  }
  const chosen = startable.filter(({ id }) => lacking.every((one) => one.id !== id));
  if (chosen.length === 0) {
    throw new UsageError("None of the chosen servers has TLS: name others");
  }
  const port = args.number("port") ?? FIRST_PORT;
  const last = 65_535 - chosen.length + 1;
  if (!Number.isInteger(port) || port < 1 || port > last) {
    throw new UsageError(`--port must be an integer from 1 to ${last}: received ${port}`);
  }
  const hostname = args.text("hostname") ?? "127.0.0.1";
  const tls = args.has("tls") ? await findCertificate() : undefined;
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
  let isStopping = false;
  using _ = onStopOrExit(() => {
    isStopping = true;
    interrupt();
  });

  const running: ServerProcess[] = [];
  try {
    for (const [index, entry] of chosen.entries()) {
      try {
        running.push(
          await startServer(entry, { port: port + index, hostname, transport: { tls } }),
        );
      } catch (error) {
        printError(`error: ${(error as Error).message}`);
        return EXIT.usage;
      }
      const { url, library, runtime } = running.at(-1)!.ready;
      print(
        `${entry.id.padEnd(15)}${url.padEnd(28)}${library}, ${runtime}, speaks ${entry.protocol}`,
      );
    }
    using client = tls === undefined
      ? undefined
      : Deno.createHttpClient({ caCerts: [await Deno.readTextFile(tls)] });
    const pages = await Promise.all(running.map(({ ready }) => pageOf(ready.url, client)));
    const page = pages.find((url) => url !== undefined);
    if (tls !== undefined) print(`Certificate: ${tls} (${TRUST})`);
    if (page !== undefined) print(`Page: ${page} (at each server in TypeScript)`);
    print(
      "Paths: /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE. Ctrl-C stops the servers.",
    );
    const ended = running.map(async ({ ended }, index) => {
      const end = await ended;
      if (!isStopping) printError(`error: ${chosen[index]!.id} ended: ${end}`);
      return EXIT.failed;
    });
    return await Promise.race([interrupted.then(() => EXIT.done), ...ended]);
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
};

/** What the certificate is valid for, and how to trust it. */
const TRUST =
  "for localhost, 127.0.0.1 and ::1; DENO_CERT, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE or " +
  "curl --cacert with this file trust it, a browser asks";

function withoutTls({ id, title, lacks }: ServerEntry): LeftOut[] {
  return lacks?.tls === undefined ? [] : [{ id, title, reason: `no TLS, as ${lacks.tls}` }];
}

/** The link of a server's page; undefined if it has none. */
async function pageOf(
  url: string,
  client: Deno.HttpClient | undefined,
): Promise<string | undefined> {
  const link = url.replace(/^ws/, "http");
  try {
    const response = await fetch(link, {
      signal: AbortSignal.timeout(PAGE_MS),
      ...(client && { client }),
    });
    await response.body?.cancel();
    return response.headers.get("content-type")?.startsWith("text/html") ? link : undefined;
  } catch {
    return undefined;
  }
}
