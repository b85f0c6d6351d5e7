/** The secrets of a resumed run: they are masked in its plan, so they are given or asked for again. */

import { createInterface } from "node:readline";
import process from "node:process";
import { Writable } from "node:stream";
import type { Config, ForeignServer } from "../bench/plan/run_options.ts";
import { MASK } from "../measure/text/secrets.ts";
import { foreignServer, nameOf } from "../bench/plan/own_servers/custom_server.ts";
import {
  headersLacking,
  lacksSecrets,
  lacksSecretsOfLaunch,
} from "../bench/plan/own_servers/secrets.ts";
import { UsageError } from "../bench/usage.ts";
import type { ServerEntry } from "../servers/types.ts";
import type { Arguments } from "./arguments.ts";
import { secretOptions } from "./options/own_server_options.ts";
import { namedValues } from "./request/own_servers.ts";
import { headersIn } from "./request/read_handshakes.ts";
import { printPrompt } from "./output/terminal.ts";

/** Asks for a secret; the answer is undefined if none is typed. Undefined if nobody can be asked. */
export type Ask = ((question: string) => Promise<string | undefined>) | undefined;

/**
 * Puts the secrets into what a run was asked to do: from the options, else by asking for each.
 *
 * @param entries the servers as the plan has them
 * @throws {UsageError} if one is missing, or an option differs from the plan in more than its secrets
 */
export async function withSecrets(
  config: Config,
  entries: readonly ServerEntry[],
  args: Arguments,
  ask: Ask,
): Promise<Config> {
  const given = {
    url: namedValues(args, secretOptions, "url"),
    command: namedValues(args, secretOptions, "command"),
  };
  const headers = givenHeaders(args);
  const lacking = entries.filter(lacksSecrets);
  const named = {
    url: namesOf(lacking, ({ launch }) => launch.by === "url"),
    command: namesOf(lacking, ({ launch }) => launch.by === "command"),
    header: namesOf(lacking, (entry) => headersLacking(entry).length > 0),
  };
  for (const [option, values] of Object.entries({ ...given, header: headers })) {
    const names = named[option as keyof typeof named];
    const other = [...values.keys()].find((name) => !names.includes(name));
    if (other === undefined) continue;
    throw new UsageError(
      `--${option} is for a server whose secrets the plan has masked, and "${other}" is not one; ` +
        `there are ${names.length === 0 ? "none" : names.join(", ")}`,
    );
  }
  const whole = new Map<string, ForeignServer>();
  for (const entry of lacking) {
    const { by } = entry.launch;
    const text = by === "contract" ? undefined : given[by].get(entry.id);
    const server = text !== undefined
      ? again(entry, text)
      : lacksSecretsOfLaunch(entry)
      ? await asked(entry, ask)
      : nameOf(entry) as ForeignServer;
    const filled = await filledHeaders(entry, headers.get(entry.id) ?? {}, ask);
    whole.set(entry.id, { ...server, ...(filled && { headers: filled }) });
  }
  const servers = (config.servers ?? []).map((server) =>
    typeof server === "string" ? server : whole.get(server.name) ?? server
  );
  return { ...config, servers };
}

function namesOf(
  entries: readonly ServerEntry[],
  isNamed: (entry: ServerEntry) => boolean,
): string[] {
  return entries.filter(isNamed).map(({ id }) => id);
}

type Headers = NonNullable<ForeignServer["headers"]>;

/** The headers that are given again, by servers. */
function givenHeaders(args: Arguments): Map<string, Headers> {
  const texts = Map.groupBy(args.all("header"), (text) => /^([^=:]+)=/.exec(text)?.[1] ?? "");
  if (texts.has("")) {
    throw new UsageError(
      "--header needs NAME='FIELD: VALUE', with the name of a server: received one without it",
    );
  }
  return new Map(
    [...texts].map((
      [name, all],
    ) => [name, headersIn(all.map((text) => text.slice(name.length + 1)))]),
  );
}

/** The headers of a server with those that are given again, or asked for; undefined if it has none. */
async function filledHeaders(
  entry: ServerEntry,
  given: Headers,
  ask: Ask,
): Promise<Headers | undefined> {
  const { headers } = nameOf(entry) as ForeignServer;
  const lacking = new Set(headersLacking(entry));
  const other = Object.keys(given).find((name) => !lacking.has(name));
  if (other !== undefined) {
    throw new UsageError(
      `The plan has not masked the header ${other} of ${entry.id}: leave it out; masked are ${
        [...lacking].join(", ")
      }`,
    );
  }
  if (headers === undefined) return undefined;
  const filled: Record<string, string | readonly string[]> = { ...headers, ...given };
  for (const name of lacking) {
    if (name in given) continue;
    const typed = await ask?.(`${entry.id}: ${name} (it is not shown): `);
    if (!typed) {
      throw new UsageError(
        `The plan has no secrets, and ${entry.id} needs them: add --header '${entry.id}=${name}: …'`,
      );
    }
    filled[name] = typed;
  }
  return filled;
}

/** A server with the URL or command that was given again. */
function again(entry: ServerEntry, text: string): ForeignServer {
  const { url: _, command: __, headers: ___, path, ...rest } = nameOf(entry) as ForeignServer;
  const isUrl = entry.launch.by === "url";
  const alone: ForeignServer = { ...rest, ...(isUrl ? { url: text } : { command: text }) };
  const withPath = path === undefined ? alone : { ...alone, path };
  // A URL may contain the path, as it did the first time.
  const server = isUrl && foreignServer(alone).path !== "/" ? alone : withPath;
  const made = foreignServer(server);
  const [now, before] = [made, entry].map((one) => textOf(one));
  const option = isUrl ? "--url" : "--command";
  if (now !== before) {
    throw new UsageError(
      `${option} of ${entry.id} must be as before but for its secrets: received "${now}" instead of "${before}"`,
    );
  }
  if (!lacksSecrets(made)) return server;
  throw new UsageError(
    `${option} of ${entry.id} must have the secrets in the place of ${MASK}: received "${now}"`,
  );
}

/** The URL or the command of a server, as the plan has it. */
function textOf({ launch, path = "" }: ServerEntry): string {
  if (launch.by === "url") return launch.url.replace(/\/$/, "") + path;
  return launch.by === "command" ? launch.command.join(" ") : "";
}

/** A server with its secrets, each of which is asked for. */
async function asked(entry: ServerEntry, ask: Ask): Promise<ForeignServer> {
  const server = nameOf(entry) as ForeignServer;
  const fill = async (text: string, what: string, encode = (typed: string) => typed) => {
    const [first = "", ...others] = text.split(MASK);
    let filled = first;
    for (const part of others) {
      const typed = await ask?.(`${entry.id}: ${nameAt(filled, what)} (it is not shown): `);
      if (!typed) throw missing(entry);
      filled += encode(typed) + part;
    }
    return filled;
  };
  const { url, path } = server;
  const command: string[] = [];
  for (const word of [server.command ?? []].flat()) {
    command.push(await fill(word, command.at(-1) ?? "secret"));
  }
  return {
    ...server,
    ...(url === undefined ? { command } : { url: await fill(url, "user", encodeURIComponent) }),
    ...(path !== undefined && { path: await fill(path, "secret", inQuery) }),
  };
}

/** What a secret is called, by the text before it. */
function nameAt(before: string, otherwise: string): string {
  if (/\/\/[^/]+:$/.test(before)) return "password";
  return /([\w.-]+)=$/.exec(before)?.[1] ?? otherwise;
}

/** A token is copied from a URL as it is: only what would end it is encoded. */
function inQuery(typed: string): string {
  return typed.replaceAll(/[\s&#"]/g, encodeURIComponent);
}

function missing(entry: ServerEntry): UsageError {
  const option = entry.launch.by === "url" ? "--url" : "--command";
  return new UsageError(
    `The plan has no secrets, and ${entry.id} needs them: add ${option} ` +
      `'${entry.id}=${textOf(entry)}' with each in the place of ${MASK}`,
  );
}

/** Whether there is a terminal both to show a question and to type the answer. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/**
 * Asks for a line, which is not shown as it is typed.
 *
 * @returns undefined if the user ends the input, or presses Ctrl-C
 */
export async function askSecret(question: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  // readline would echo what is typed. With `terminal: true` it has the system stop its echo, too.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  printPrompt(question);
  lines.once("line", resolve);
  lines.once("SIGINT", () => lines.close());
  lines.once("close", () => resolve(undefined));
  try {
    return await promise;
  } finally {
    lines.close();
    printPrompt("\n");
  }
}
