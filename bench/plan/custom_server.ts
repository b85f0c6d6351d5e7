/**
 * Servers that are not wsmark's: anybody's own, that runs already or is to be started.
 *
 * @module
 */

// @ts-types="npm:@types/shell-quote@^1.7.5"
import { parse as parseWords } from "shell-quote";
import { protocols } from "../../protocols/mod.ts";
import { reference, servers } from "../../servers/mod.ts";
import type { Launch, ServerEntry } from "../../servers/types.ts";
import type { ForeignServer } from "./run_options.ts";
import { nearest, UsageError, whole } from "../usage.ts";

/** Names that mean something else. */
const TAKEN: readonly string[] = [...servers.map(({ id }) => id), reference.id, "all"];
const MOST_PID = 2 ** 31 - 1;

/**
 * Makes the entry of a server that is not in the list.
 *
 * @throws {UsageError} for what cannot be
 */
export function foreignServer(server: ForeignServer): ServerEntry {
  const { name } = server;
  if (!/^[\p{L}\p{N}._-]{1,100}$/u.test(name)) {
    throw new UsageError(
      'The name of a server has letters, digits, ".", "_" and "-" only, at most 100: ' +
        `received ${shown(name)}`,
    );
  }
  if (TAKEN.includes(name)) {
    throw new UsageError(`The name "${name}" is taken by wsmark: give the server another one`);
  }
  const protocol = spokenBy(server);
  const { launch, path } = server.url === undefined ? started(server) : running(server, server.url);
  return { id: name, title: name, protocol, launch, ...(path !== undefined && { path }) };
}

/** A text in an error message: on one line, and not all of a long one. */
function shown(text: string): string {
  return JSON.stringify(text.length <= 100 ? text : `${text.slice(0, 99)}…`);
}

function spokenBy({ name, protocol = protocols[0].id }: ForeignServer): string {
  const known = protocols.map(({ id }) => id);
  if (known.includes(protocol)) return protocol;
  const meant = nearest(protocol, known);
  throw new UsageError(
    `Unknown protocol "${protocol}" of ${name}${meant ? `, did you mean "${meant}"?` : "."} ` +
      `Known: ${known.join(", ")}`,
  );
}

interface Found {
  readonly launch: Launch;
  readonly path: string | undefined;
}

function running({ name, command, path, pid }: ForeignServer, text: string): Found {
  if (command !== undefined) {
    throw new UsageError(`${name} has a URL and a command: give one of them`);
  }
  const url = webSocketUrl(name, text);
  const own = `${url.pathname}${url.search}`;
  if (path !== undefined && own !== "/") {
    throw new UsageError(
      `${name} has a path in its URL and another one: received ${own} and ${path}`,
    );
  }
  url.pathname = "/";
  url.search = "";
  if (pid !== undefined) {
    whole(`process id of ${name}`, pid, 1, MOST_PID);
    if (!isProcess(pid)) {
      throw new UsageError(`There is no process ${pid} on this machine, which is to be ${name}`);
    }
  }
  return {
    launch: { by: "url", url: url.href, ...(pid !== undefined && { pid }) },
    path: pathOf(name, path ?? own),
  };
}

function webSocketUrl(name: string, text: string): URL {
  const url = URL.parse(text.replace(/^http/, "ws"));
  if (url !== null && /^wss?:$/.test(url.protocol) && url.hash === "") return url;
  throw new UsageError(
    `The URL of ${name} must be as ws://localhost:9000/chat: received "${text}"`,
  );
}

function isProcess(pid: number): boolean {
  try {
    // Windows knows no signal 0.
    if (Deno.build.os !== "windows") Deno.kill(pid, 0 as unknown as Deno.Signal);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied;
  }
}

function started({ name, command, path, pid }: ForeignServer): Found {
  if (pid !== undefined) {
    throw new UsageError(`${name} is started, so that its process is known: leave its pid out`);
  }
  const words = typeof command === "string" ? wordsOf(name, command) : command ?? [];
  if (words.length === 0 || words[0] === "") {
    throw new UsageError(`${name} has neither a URL nor a command: give one of them`);
  }
  return {
    launch: { by: "command", command: words },
    path: path === undefined ? undefined : pathOf(name, path),
  };
}

function wordsOf(name: string, command: string): string[] {
  return parseWords(command, (variable) => `$${variable}`).map((word) => {
    if (typeof word === "string") return word;
    if ("pattern" in word) return word.pattern;
    throw new UsageError(
      `No shell reads the command of ${name}: put it into a script, as it has "${
        "op" in word ? word.op : "#"
      }" in "${command}"`,
    );
  });
}

function pathOf(name: string, path: string): string {
  if (path.startsWith("/") && !/[\s#]/.test(path)) return path;
  throw new UsageError(`The path of ${name} must begin with "/": received "${path}"`);
}
