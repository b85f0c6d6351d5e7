/** A NATS server of one's own: `nats-server`, started with a configuration that only this user can read. */

import { join } from "node:path";
import { shown } from "../../../measure/text/shown.ts";
import { after } from "../../process/delay.ts";
import { type Child, startChild } from "../../process/child.ts";
import { UsageError } from "../../usage.ts";

/** Where Debian and others have it, and no `PATH` of a user does. */
const MORE_FOLDERS = ["/usr/sbin", "/usr/local/sbin"];
/** How long it may take to listen, in milliseconds. */
const START_MS = 20_000;

/**
 * Starts the server in the place of the shell. When its standard input is closed, because wsmark has ended in whatever
 * way, the server ends, and the folder with its secrets is removed.
 */
const SCRIPT = `exec 3<&0
{ cat <&3; kill -TERM $$; rm -rf "$2"; } >/dev/null 2>&1 &
exec "$1" -c "$2/nats.conf" 2>&1 3<&-`;

/** How a server is to be set up. */
export interface NatsSettings {
  /** Address that it listens on. */
  readonly hostname: string;
  /** Port that it listens on; 0 takes a free one. */
  readonly port: number;
  /** Its configuration beyond that: who is let in, certificates. `{folder}` is the folder of its files. */
  readonly configuration: string;
  /** Files beside the configuration, by their names. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A server that runs; disposing ends it, and leaves nothing behind. */
export interface NatsServer extends AsyncDisposable {
  readonly port: number;
  readonly version: string;
  readonly pid: number;
  /** Folder of its files, which only this user can read. */
  readonly folder: string;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
}

/**
 * Finds the program.
 *
 * @param more folders to look in after those of the PATH
 * @returns its path
 * @throws {UsageError} if there is none
 */
export function findNatsServer(
  path: string = Deno.env.get("PATH") ?? "",
  more: readonly string[] = MORE_FOLDERS,
): string {
  const found = [...path.split(":"), ...more].filter((folder) => folder !== "")
    .map((folder) => join(folder, "nats-server")).find(isFile);
  if (found !== undefined) return found;
  throw new UsageError(
    "There is no nats-server on the PATH: apt-get install nats-server, or put the program of " +
      "nats.io on the PATH",
  );
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * Starts a server, and waits until it listens.
 *
 * @throws {UsageError} if there is no such program, or it ends at once
 */
export async function startNats(
  { hostname, port, configuration, files = {} }: NatsSettings,
): Promise<NatsServer> {
  const program = findNatsServer();
  // Made with 0700.
  const folder = await Deno.makeTempDir({ prefix: "wsmark-nats-" });
  // The server takes a free port for -1.
  const listen = `host: "${hostname}"\nport: ${port === 0 ? -1 : port}\n`;
  const all = {
    ...files,
    "nats.conf": `${listen}${configuration.replaceAll("{folder}", folder)}\n`,
  };
  let child: Child | undefined;
  const remove = async (): Promise<void> => {
    await child?.stop();
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  };
  try {
    for (const [name, text] of Object.entries(all)) {
      await Deno.writeTextFile(join(folder, name), text, { mode: 0o600, createNew: true });
    }
    child = startChild(["sh", "-c", SCRIPT, "sh", program, folder]);
    const started = await listening(child);
    return {
      ...started,
      pid: child.pid,
      folder,
      ended: child.ended.then(({ code, signal }) => signal ?? `exit code ${code}`),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Reads the log of a server until it listens. */
async function listening({ lines, ended }: Child): Promise<Pick<NatsServer, "port" | "version">> {
  using late = after(START_MS);
  const words: string[] = [];
  let [version, port] = ["", 0];

  async function read(): Promise<boolean> {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      // `[12] 2026/11/30 17:29:58.494 [INF]   Version:  2.9.10`
      const [, level = "", text = next.value] = /\[([A-Z]{3})\]\s+(.*)$/.exec(next.value) ?? [];
      if (level !== "INF") words.push(text);
      version = /^Version:\s+(\S+)/.exec(text)?.[1] ?? version;
      port = Number(/^Listening for client connections on .*:(\d+)$/.exec(text)?.[1] ?? port);
      if (text === "Server is ready") return true;
    }
    await ended;
    return false;
  }

  const isListening = await Promise.race([read(), late.over.then(() => undefined)]);
  if (isListening) {
    // Whatever else it logs must not fill the pipe.
    (async () => {
      for await (const _ of lines);
    })().catch(() => {});
    return { port, version };
  }
  const said = shown(words.slice(-3).join(" / "), 300);
  if (/address already in use/.test(said)) {
    throw new UsageError(
      `nats-server cannot listen, as another program does: choose a free port (${said})`,
    );
  }
  throw new UsageError(
    isListening === undefined
      ? `nats-server does not listen within ${START_MS / 1000} s: ${said}`
      : `nats-server ended at once: ${said || "it said nothing"}`,
  );
}
