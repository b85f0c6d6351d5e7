/** Servers that are not wsmark's: your own, which run already or are to be started. */

// @ts-types="npm:@types/shell-quote@^1.7.5"
import { parse as parseWords } from "shell-quote";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { isProtocolFile, loadProtocol, protocolOf, protocols } from "../../../protocols/mod.ts";
import { pushProblem, type PushRule } from "../../../protocols/messages/push.ts";
import { checkOptions, maskedOptions, secretOptions } from "../../../protocols/options.ts";
import type { OptionValues } from "../../../protocols/types.ts";
import { reference, servers } from "../../../servers/mod.ts";
import type { Launch, ServerEntry } from "../../../servers/types.ts";
import type { ForeignServer, RunOptions } from "../run_options.ts";
import { masked } from "../../../measure/text/secrets.ts";
import { shown } from "../../../measure/text/shown.ts";
import { checkPlaceholders, handshakeOf, sayHandshake } from "./handshake.ts";
import { sealedCommand, sealedUrl, withoutUser } from "./secrets.ts";
import { pathProblem } from "../../process/reachability.ts";
import { unknownWord } from "../../choice.ts";
import { UsageError, whole } from "../../usage.ts";

/** Names that mean something else. */
const TAKEN: readonly string[] = [...servers.map(({ id }) => id), reference.id, "all"];
const MOST_PID = 2 ** 31 - 1;

/**
 * Makes the entry of a server that is not in the list.
 *
 * @param isElsewhere whether its process is on another machine, so that it cannot be looked for
 * @throws {UsageError} for a value that is not possible
 */
export function foreignServer(server: ForeignServer, isElsewhere: boolean = false): ServerEntry {
  const { name } = server;
  if (!/^[\p{L}\p{N}._-]{1,100}$/u.test(name)) {
    throw new UsageError(
      'The name of a server has letters, digits, ".", "_" and "-" only, at most 100: ' +
        `received ${JSON.stringify(name)}`,
    );
  }
  if (TAKEN.includes(name)) {
    throw new UsageError(`The name "${name}" is taken by wsmark: give the server another one`);
  }
  const protocol = spokenBy(server);
  const { launch, path } = server.url === undefined
    ? started(server, protocol)
    : running(server, server.url, protocol, isElsewhere);
  const handshake = handshakeOf(server);
  return {
    ...{ id: name, title: name, protocol, launch },
    ...chosenOf(server, protocol),
    ...pushesOf(server),
    ...(path !== undefined && { path }),
    ...(handshake !== undefined && { handshake }),
  };
}

/** Loads the protocols of those servers that are in files; to be called before the run is planned. */
export async function loadProtocolsOf(servers: RunOptions["servers"] = []): Promise<void> {
  for (const server of servers) {
    if (typeof server === "string" || server.protocol === undefined) continue;
    const id = protocolId(server.protocol);
    await loadProtocol(id).catch((error) => {
      throw new UsageError(
        `The protocol of ${server.name} in "${shown(server.protocol!, 100)}" cannot be used: ${
          shown(stripVTControlCharacters((error as Error).message), 300)
        }`,
      );
    });
  }
}

/** The id of a protocol: one of the list, or the URL of a file. */
function protocolId(named: string): string {
  return /^\.{0,2}[/\\]/.test(named) ? pathToFileURL(resolve(named)).href : named;
}

/** What was chosen of the protocol of a server. */
function chosenOf(
  { name, protocolOptions }: ForeignServer,
  id: string,
): Pick<ServerEntry, "protocolOptions" | "wholeProtocolOptions"> {
  if (protocolOptions === undefined) return {};
  const protocol = protocolOf(id);
  try {
    checkOptions(protocol, protocolOptions);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  const isSecret = secretOptions(protocol, protocolOptions).length > 0;
  return {
    protocolOptions: maskedOptions(protocol, protocolOptions),
    ...(isSecret && { wholeProtocolOptions: () => protocolOptions }),
  };
}

/** Where what it sends by itself has number and time. */
function pushesOf({ name, push }: ForeignServer): Pick<ServerEntry, "push"> {
  if (push === undefined) return {};
  const problem = pushProblem(push);
  if (problem === undefined) return { push };
  throw new UsageError(
    `The rule of ${name} for what is pushed ${problem}: received ${
      shown(JSON.stringify(push), 100)
    }`,
  );
}

/** What names a server in a configuration: its id in the list, or all that was said of your own. */
export function nameOf(entry: ServerEntry): string | ForeignServer {
  const { id, protocol, protocolOptions, launch, path, push, handshake = {} } = entry;
  if (launch.by === "contract") return id;
  const own = {
    ...{ name: id, protocol },
    ...(protocolOptions !== undefined && { protocolOptions: protocolOptions as OptionValues }),
    ...(path !== undefined && { path }),
    ...(push !== undefined && { push: push as PushRule }),
    ...sayHandshake(handshake),
  };
  if (launch.by === "command") return { ...own, command: launch.command };
  const { url, pid } = launch;
  return { ...own, url, ...(pid !== undefined && { pid }) };
}

function spokenBy({ name, protocol = protocols[0].id }: ForeignServer): string {
  const known = protocols.map(({ id }) => id);
  const named = protocolId(protocol);
  if (known.includes(named) || isProtocolFile(named)) return named;
  const isFile = /\.[cm]?[jt]s$/.test(protocol);
  throw new UsageError(
    isFile
      ? `Unknown protocol "${protocol}" of ${name}: a file is named with its folder, as ./${protocol}`
      : `Unknown ${unknownWord("protocol", protocol, known, ` of ${name}`)}`,
  );
}

interface Found {
  readonly launch: Launch;
  readonly path: string | undefined;
}

function running(
  { name, command, path, pid }: ForeignServer,
  text: string,
  protocol: string,
  isElsewhere: boolean,
): Found {
  if (command !== undefined) {
    throw new UsageError(`${name} has a URL and a command: give one of them`);
  }
  const { url, own } = webSocketUrl(name, text);
  if (path !== undefined && own !== "/") {
    throw new UsageError(
      `${name} has a path in its URL and another one: received "${shown(own, 100)}" and "${
        shown(path, 100)
      }"`,
    );
  }
  if (pid !== undefined) {
    whole(`process id of ${name}`, pid, 1, MOST_PID);
    if (!isElsewhere && !isProcess(pid)) {
      throw new UsageError(`There is no process ${pid} on this machine, which is to be ${name}`);
    }
  }
  const { path: masked, ...at } = sealedUrl({ url, path: pathOf(name, path ?? own, protocol) });
  return { launch: { by: "url", ...at, ...(pid !== undefined && { pid }) }, path: masked };
}

/** Takes a URL apart: its base, and its path as it is written. */
function webSocketUrl(name: string, text: string): { url: string; own: string } {
  const [, origin = "", rest = ""] = /^((?:ws|http)s?:\/\/[^\s/?#\\]+)(.*)$/s.exec(text) ?? [];
  checkPlaceholders(`The URL of ${name}`, text, masked(text));
  const url = URL.parse(origin.replace(/^http/, "ws"));
  if (url !== null && !/[\p{Cc}#]/u.test(text)) {
    return { url: withBraces(url.href), own: /^\?|^$/.test(rest) ? `/${rest}` : rest };
  }
  throw new UsageError(
    `The URL of ${name} must be as ws://localhost:9000/chat: received "${
      shown(withoutUser(text), 100)
    }"`,
  );
}

/** A URL with its placeholders as they were typed: the parser encodes their brackets. */
function withBraces(url: string): string {
  return url.replaceAll(/%7B(env\.\w+|connection|group|random)%7D/gi, "{$1}");
}

/** Whether this machine has a process with this id. */
export function isProcess(pid: number): boolean {
  try {
    // Windows knows no signal 0.
    if (Deno.build.os !== "windows") Deno.kill(pid, 0 as unknown as Deno.Signal);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied;
  }
}

function started({ name, command, path, pid }: ForeignServer, protocol: string): Found {
  if (pid !== undefined) {
    throw new UsageError(`${name} is started, so that its process is known: leave its pid out`);
  }
  const words = typeof command === "string" ? wordsOf(name, command) : command ?? [];
  if (words.length === 0 || words[0] === "") {
    throw new UsageError(`${name} has neither a URL nor a command: give one of them`);
  }
  for (const word of words) {
    checkLength(`A word of the command of ${name}`, word);
    const [variable] = VARIABLE.exec(word) ?? [];
    if (variable === undefined) continue;
    throw new UsageError(
      `The command of ${name} has ${variable}, which is filled in only in URLs, headers and messages: the server has ` +
        "the variable in its own environment",
    );
  }
  const { path: masked, ...by } = sealedCommand({
    command: words,
    ...(path !== undefined && { path: pathOf(name, path, protocol) }),
  });
  return { launch: { by: "command", ...by }, path: masked };
}

/** Words in quotes, words with a quoted sign, and all other signs but quotes: what a command with closed quotes is made of. */
const QUOTES_CLOSED = /^(?:[^'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")*\\?$/s;
/** What is filled in elsewhere; in a command it would stay as it is. */
const VARIABLE = /\{env\.\w+\}/i;

function wordsOf(name: string, command: string): string[] {
  if (!QUOTES_CLOSED.test(command)) {
    throw new UsageError(
      `The command of ${name} has a quote that is not closed: received ${shown(command, 200)}`,
    );
  }
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

/** The longest path and word of a command, in characters: servers accept no longer line of a request. */
const LONGEST = 4000;

function checkLength(what: string, text: string): void {
  if (text.length <= LONGEST) return;
  throw new UsageError(
    `${what} is longer than ${LONGEST} characters: received ${text.length}, "${text}"`,
  );
}

function pathOf(name: string, path: string, protocol: string): string {
  checkLength(`The path of ${name}`, path);
  checkPlaceholders(`The path of ${name}`, path, masked(path));
  const problem = pathProblem(path, protocol);
  if (problem === undefined) return path;
  throw new UsageError(`The path of ${name} ${problem}: received "${shown(path, 100)}"`);
}
