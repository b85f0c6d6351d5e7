/** Secrets of your own servers: the plan of a run has them masked, and only what connects or starts asks for them. */

import { protocolOf } from "../../../protocols/mod.ts";
import { secretOptions } from "../../../protocols/options.ts";
import type { OptionValue, OptionValues } from "../../../protocols/types.ts";
import {
  MASK,
  masked,
  maskedField,
  maskedWords,
  withoutSecrets,
} from "../../../measure/text/secrets.ts";
import type { AtUrl, ByCommand, Launch, ServerEntry } from "../../../servers/types.ts";
import { basicAuthorization, decoded } from "../../../clients/wire/handshake/authorization.ts";
import type { HeaderField } from "../../../clients/wire/handshake/request.ts";
import { UsageError } from "../../usage.ts";
import { variablesIn, withEnvironment } from "./environment.ts";

/** Base URL and path of a server that runs already, with their secrets. */
export type Reached = ReturnType<NonNullable<AtUrl["whole"]>>;
/** Command of a server that is started, and the path of its echo, with their secrets. */
export type Started = ReturnType<NonNullable<ByCommand["whole"]>>;

/** Splits a URL and a path into what may be shown and what is used. */
export function sealedUrl(whole: Reached): Reached & Pick<AtUrl, "whole"> {
  const shown = { url: masked(whole.url), path: masked(whole.path) };
  const isSame = shown.url === whole.url && shown.path === whole.path;
  return isSame ? shown : { ...shown, whole: () => whole };
}

/** The same of a command and the path of what it starts. */
export function sealedCommand(whole: Started): Started & Pick<ByCommand, "whole"> {
  const { command, path } = whole;
  const shown: Started = {
    command: maskedWords(command),
    ...(path !== undefined && { path: masked(path) }),
  };
  const isSame = shown.path === path && shown.command.every((word, at) => word === command[at]);
  return isSame ? shown : { ...shown, whole: () => whole };
}

/** Where a server is reached, and what is said to open a connection. */
export interface Whole {
  /** Base URL; empty for one that is started. */
  readonly url: string;
  readonly path: string;
  readonly headers: readonly HeaderField[];
  readonly protocolOptions: OptionValues;
}

/** All of that with the secrets; placeholders stay. */
function wholeOf(entry: ServerEntry): Whole {
  const { launch, path = "/", handshake } = entry;
  const said = {
    headers: handshake?.whole?.() ?? handshake?.headers ?? [],
    protocolOptions:
      (entry.wholeProtocolOptions?.() ?? entry.protocolOptions ?? {}) as OptionValues,
  };
  if (launch.by === "url") return { ...launch.whole?.() ?? { url: launch.url, path }, ...said };
  const own = launch.by === "command" ? launch.whole?.().path : undefined;
  return { url: "", path: own ?? path, ...said };
}

/**
 * Where a server is reached, and what is said to open a connection: with its secrets and what the environment says.
 *
 * @throws {UsageError} if the environment lacks a variable
 */
export function unsealed(entry: ServerEntry): Whole {
  const { url, path, headers, protocolOptions } = wholeOf(entry);
  const { id } = entry;
  return {
    url: withEnvironment(url, `The URL of ${id}`, encodeURIComponent),
    path: withEnvironment(path, `The path of ${id}`, encodeURIComponent),
    headers: headers.map(([name, value]) => [
      name,
      withEnvironment(value, `The header ${name} of ${id}`, (found) => fieldValue(name, id, found)),
    ]),
    protocolOptions: Object.fromEntries(
      Object.entries(protocolOptions).map(([name, value]) => [
        name,
        withTexts(value, (text) => withEnvironment(text, `The option ${name} of ${id}`)),
      ]),
    ),
  };
}

/** A value of JSON with each text in it changed, but for the names. */
function withTexts(value: OptionValue, change: (text: string) => string): OptionValue {
  if (typeof value === "string") return change(value);
  return typeof value !== "object" || value === null
    ? value
    : Array.isArray(value)
    ? value.map((one) => withTexts(one, change))
    : Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, withTexts(one, change)]),
    );
}

function fieldValue(name: string, id: string, value: string): string {
  if (/^[\t -~]*$/.test(value)) return value;
  throw new UsageError(
    `The header ${name} of ${id} would have what is not visible ASCII, as a variable of the environment has it: ` +
      "take its line ends and the like out",
  );
}

/** The texts of a server that may have secrets, each as it is used. */
function secretsOf(entry: ServerEntry): string[] {
  const { protocolOptions: chosen } = wholeOf(entry);
  const found = secretOptions(protocolOf(entry.protocol), chosen);
  const keep = (secret: string): void => void found.push(secret);
  const { launch } = entry;
  if (launch.by === "command") maskedWords(launch.whole?.().command ?? launch.command, keep);
  const whole = wholeOf(entry);
  for (const { url, path, headers } of [whole, filledOf(entry) ?? whole]) {
    masked(url, keep);
    masked(path, keep);
    for (const [name, value] of headers) {
      if (maskedField(name, value) === MASK) partsOfField(value).forEach(keep);
      else masked(value, keep);
    }
  }
  const texts = [
    ...[whole.url, whole.path, ...whole.headers.map(([, value]) => value)],
    JSON.stringify(whole.protocolOptions),
  ];
  for (const name of texts.flatMap(variablesIn)) found.push(Deno.env.get(name) ?? "");
  return found;
}

/** The same as {@linkcode unsealed}; undefined as long as the environment lacks a variable. */
function filledOf(entry: ServerEntry): Whole | undefined {
  try {
    return unsealed(entry);
  } catch {
    return undefined;
  }
}

/** A field's value, and what a server may repeat of it: its words, the values of cookies, a password in base64. */
function partsOfField(value: string): string[] {
  const words = value.split(/[\s,;]+/).flatMap((word) => [word, word.replace(/^[^=]+=/, "")]);
  const [, base64] = /^basic\s+(\S+)$/i.exec(value) ?? [];
  const scheme = /^[a-z]+(?=\s)/i.exec(value)?.[0];
  return [value, ...words.filter((word) => word !== scheme), ...passwordIn(base64)];
}

function passwordIn(base64: string = ""): string[] {
  try {
    const user = new TextDecoder().decode(Uint8Array.fromBase64(base64));
    return [user.slice(user.indexOf(":") + 1)];
  } catch {
    // It is not what it says.
    return [];
  }
}

/** Whether a server has {@linkcode MASK} where a secret belongs: it comes from a plan, or was copied from a report. */
export function lacksSecrets(entry: ServerEntry): boolean {
  return secretsOf(entry).includes(MASK);
}

/** Whether one of them is in the URL, the path or the command of a server. */
export function lacksSecretsOfLaunch({ handshake: _, ...entry }: ServerEntry): boolean {
  return lacksSecrets(entry);
}

/** The names of the headers of a server whose values are masked. */
export function headersLacking({ handshake }: ServerEntry): string[] {
  const headers = handshake?.whole?.() ?? handshake?.headers ?? [];
  return headers.filter(([, value]) => value.includes(MASK)).map(([name]) => name);
}

/** Throws if a secret of a server is masked. */
export function checkSecrets(entry: ServerEntry): void {
  if (!lacksSecrets(entry)) return;
  const { id } = entry;
  const [header] = headersLacking(entry);
  const option = header !== undefined
    ? `--header '${id}=${header}: …'`
    : entry.launch.by === "url"
    ? `--url ${id}=…`
    : `--command ${id}=…`;
  throw new UsageError(`${id} has ${MASK} in the place of a secret: give it whole, as ${option}`);
}

/** Whether a server runs at a URL with a user, masked or not. */
export function hasUser(launch: Launch): boolean {
  return launch.by === "url" && new URL(launch.url).username !== "";
}

/** A text that is not a URL (a slash in a password is enough), without what may be meant as its user and password. */
export function withoutUser(text: string): string {
  return text.replace(/(\/\/).*@/s, `$1${MASK}@`);
}

/** Takes the secrets of a server out of what it, a client or a library said: any of them may repeat them. */
export function hushed(entry: ServerEntry, text: string): string {
  const url = entry.launch.by === "url" ? filledOf(entry)?.url : undefined;
  return hush(text, secretsOf(entry), url);
}

/** Takes the secrets of a URL out of a text about it. */
export function hushedUrl(url: string, text: string): string {
  const secrets: string[] = [];
  masked(url, (secret) => secrets.push(secret));
  return hush(text, secrets, url);
}

/** Takes secrets out of a text, percent-encoded or not, and as they are in the header Authorization. */
function hush(text: string, secrets: readonly string[], url: string | undefined): string {
  const header = url === undefined ? undefined : basicAuthorization(new URL(url));
  const forms = secrets.filter((secret) => secret !== MASK)
    .flatMap((secret) => [secret, decoded(secret), encodeURIComponent(decoded(secret))]);
  if (header !== undefined) forms.push(header.replace("Basic ", ""));
  return withoutSecrets(masked(text), forms);
}
