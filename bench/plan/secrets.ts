/** Secrets of your own servers: the plan of a run has them masked, and only what connects or starts asks for them. */

import { protocolOf } from "../../protocols/mod.ts";
import { secretOptions } from "../../protocols/options.ts";
import type { OptionValues } from "../../protocols/types.ts";
import { MASK, masked, maskedWords, withoutSecrets } from "../../measure/text/secrets.ts";
import type { AtUrl, ByCommand, Launch, ServerEntry } from "../../servers/types.ts";
import { basicAuthorization, decoded } from "../../clients/wire/handshake/authorization.ts";

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

/** The texts of a server that may have secrets, each as it is used. */
function secretsOf(entry: ServerEntry): string[] {
  const { launch, path = "/" } = entry;
  const options = (entry.wholeProtocolOptions?.() ?? entry.protocolOptions ?? {}) as OptionValues;
  const found = secretOptions(protocolOf(entry.protocol), options);
  const keep = (secret: string): void => void found.push(secret);
  if (launch.by === "url") {
    const whole = launch.whole?.() ?? { url: launch.url, path };
    masked(whole.url, keep);
    masked(whole.path, keep);
  } else if (launch.by === "command") {
    const whole = launch.whole?.() ?? { command: launch.command, path };
    maskedWords(whole.command, keep);
    masked(whole.path ?? "/", keep);
  }
  return found;
}

/** Whether a server has {@linkcode MASK} where a secret belongs: it comes from a plan, or was copied from a report. */
export function lacksSecrets(entry: ServerEntry): boolean {
  return secretsOf(entry).includes(MASK);
}

/** Throws if a secret of a server is masked. */
export function checkSecrets(entry: ServerEntry): void {
  if (!lacksSecrets(entry)) return;
  const option = entry.launch.by === "url" ? "--url" : "--command";
  throw new Error(
    `${entry.id} has ${MASK} in the place of a secret: give it whole, as ${option} ${entry.id}=…`,
  );
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
  const { launch } = entry;
  return hush(text, secretsOf(entry), launch.by === "url" ? launch.whole?.().url : undefined);
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
