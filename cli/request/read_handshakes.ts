/** Reads the options that say how connections to servers of the user are opened. */

import type { ForeignServer, ForeignTls } from "../../bench/plan/run_options.ts";
import { nearest } from "../../bench/choice.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Arguments, defined, readSeconds } from "../arguments.ts";
import { handshakeOptions } from "../options/own_server_options.ts";

/** What a name of a server looks like: text with other characters before a "=" is no name. */
const NAME = /^[\p{L}\p{N}._-]{1,100}$/u;
const ALL = "all";

/**
 * Adds to each server what the options say of it, or of all servers.
 *
 * @throws {UsageError} for a name that no server has, a value that cannot be read, and one given twice
 */
export function withHandshakes(
  servers: readonly ForeignServer[],
  args: Arguments,
): ForeignServer[] {
  const names = servers.map(({ name }) => name);
  const values = new Map(
    handshakeOptions.map(({ name, value }) => [
      name,
      value!.endsWith(ALL) ? namesIn(args, name, names) : valuesIn(args, name, names),
    ]),
  );
  return servers.map((server) => {
    const { name, url } = server;
    const own = (option: string): readonly string[] => values.get(option)!.get(name) ?? [];
    const general = (option: string): readonly string[] => values.get(option)!.get(ALL) ?? [];
    const one = (option: string): string | undefined => {
      const [first, second] = own(option);
      if (second === undefined) return first ?? general(option).at(-1);
      throw new UsageError(`--${option} is given twice for "${name}"`);
    };
    // What is said of all servers is not for those without TLS.
    const isSecure = url === undefined || /^(?:wss|https):/i.test(url);
    const ofTls = (option: string): string | undefined =>
      isSecure || own(option).length > 0 ? one(option) : undefined;
    const tls: ForeignTls = defined({
      ca: ofTls("ca"),
      cert: ofTls("cert"),
      key: ofTls("key"),
      insecure: ofTls("insecure") === undefined ? undefined : true,
      serverName: ofTls("server-name"),
    });
    const headers = { ...headersIn(general("header")), ...headersIn(own("header")) };
    return {
      ...server,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(Object.keys(tls).length > 0 && { tls }),
      ...defined({
        subprotocols: one("subprotocol")?.split(",").map((word) => word.trim()),
        follow: one("follow") === undefined ? undefined : true,
        startTimeoutMs: milliseconds("start-timeout", one("start-timeout")),
        replyTimeoutMs: milliseconds("reply-timeout", one("reply-timeout")),
      }),
    };
  });
}

type ByServer = Map<string, string[]>;

/** The values of an option by servers; those without a name are for {@linkcode ALL}. */
function valuesIn(args: Arguments, option: string, names: readonly string[]): ByServer {
  const found: ByServer = new Map();
  for (const text of args.all(option)) {
    const at = text.indexOf("=");
    const before = text.slice(0, Math.max(0, at));
    const name = NAME.test(before) ? before : ALL;
    checkName(option, name, names);
    const value = NAME.test(before) ? text.slice(at + 1) : text;
    if (value === "") {
      const { value: usage } = handshakeOptions.find((one) => one.name === option)!;
      throw new UsageError(`--${option} needs ${usage}: received "${text}"`);
    }
    keep(found, name, value);
  }
  return found;
}

/** The servers that an option names without a value of their own. */
function namesIn(args: Arguments, option: string, names: readonly string[]): ByServer {
  const found: ByServer = new Map();
  for (const name of args.all(option).flatMap((text) => text.split(","))) {
    checkName(option, name.trim(), names);
    keep(found, name.trim(), "");
  }
  return found;
}

function keep(found: ByServer, name: string, value: string): void {
  const values = found.get(name);
  if (values === undefined) found.set(name, [value]);
  else values.push(value);
}

/** What follows a name may be a secret, and is not shown. */
function checkName(option: string, name: string, names: readonly string[]): void {
  if (name === ALL && names.length > 0 || names.includes(name)) return;
  const meant = nearest(name, names);
  throw new UsageError(
    `--${option} is for a server of --url or --command, and ${
      name === ALL ? "there is none" : `none is called "${name}"`
    }${meant ? `, did you mean "${meant}"?` : ""}`,
  );
}

/** Headers by their names, from `FIELD: VALUE`; values may be secrets, and are not shown. */
export function headersIn(texts: readonly string[]): NonNullable<ForeignServer["headers"]> {
  const headers = new Map<string, string[]>();
  for (const text of texts) {
    const [, name = "", value = ""] = /^([^:\s]+):\s*(.*?)\s*$/s.exec(text) ?? [];
    if (name === "" || value === "") {
      throw new UsageError(
        "--header needs NAME='FIELD: VALUE', such as mine='Cookie: sid={env.SID}': received " +
          (name === "" ? 'one without a field and ":"' : `${name} without a value`),
      );
    }
    keep(headers, name, value);
  }
  return Object.fromEntries(headers);
}

function milliseconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = readSeconds(text.trim());
  if (Number.isFinite(ms)) return ms;
  throw new UsageError(
    `--${option} needs NAME=TIME, such as mine=10 or mine=10s, mine=500ms: received "${text}"`,
  );
}
