/** How wsmark is let into a NATS server: by the URL, the options or the environment, in one way. */

import { reasonOf } from "../../folder/files.ts";
import { readText } from "../../folder/read_text.ts";
import { withEnvironment } from "../../plan/own_servers/environment.ts";
import { UsageError } from "../../usage.ts";
import { ACCESS_OPTIONS, type AccessOption } from "./options.ts";
import type { BrokerUrl } from "./url.ts";

/** What is shown to the server; none if it is to let in everybody. */
export type Access =
  | { readonly by: "nothing" }
  | { readonly by: "token"; readonly token: string }
  | { readonly by: "password"; readonly user: string; readonly password: string }
  | { readonly by: "credentials"; readonly file: string; readonly text: string }
  | { readonly by: "NKey"; readonly file: string; readonly seed: string };

/** What was given for each option; a text may have `{env.NAME}`. */
export type GivenAccess = { readonly [name in AccessOption]?: string | undefined };

/** The largest file of credentials, in bytes; `nsc` writes some 2,000. */
const MOST_BYTES = 100_000;

/**
 * Finds what is shown to a server. An option goes before the variable of the environment that stands in for it, and
 * variables count only if neither the URL nor an option lets in.
 *
 * @param variable reads the environment
 * @throws {UsageError} for two ways at once, half of one, or a file that cannot be used; no secret is in it
 */
export function accessBy(
  url: BrokerUrl,
  options: GivenAccess,
  variable: (name: string) => string | undefined = Deno.env.get,
): Access {
  const fromUrl = url.token !== undefined
    ? { "nats-token": url.token }
    : url.user !== undefined
    ? { "nats-user": url.user, "nats-password": url.password }
    : {};
  const typed = Object.fromEntries(
    Object.entries(options).map(([name, text]) => [
      name,
      text && withEnvironment(text, `--${name}`),
    ]),
  );
  const inUrl = Object.keys(fromUrl).length > 0;
  const isTyped = Object.values(typed).some((text) => text !== undefined);
  if (inUrl && isTyped) {
    const [name] = Object.entries(typed).find(([, text]) => text !== undefined)!;
    throw new UsageError(`The URL of NATS has a token or a user already: leave out --${name}`);
  }
  if (inUrl) return wayOf(fromUrl, (name) => `--${name}`);
  if (isTyped) return wayOf(typed, (name) => `--${name}`);
  const set = Object.fromEntries(
    ACCESS_OPTIONS.map(({ name, variable: stands }) => [name, variable(stands) || undefined]),
  );
  return wayOf(set, (name) => ACCESS_OPTIONS.find((option) => option.name === name)!.variable);
}

/**
 * The one way in which something lets in.
 *
 * @param nameOf what messages call an option
 */
function wayOf(given: GivenAccess, nameOf: (name: AccessOption) => string): Access {
  const {
    "nats-token": token,
    "nats-user": user,
    "nats-password": password,
    "nats-creds": credentials,
    "nats-nkey": nkey,
  } = given;
  const ways = [
    token !== undefined && "nats-token",
    (user ?? password) !== undefined && "nats-user",
    credentials !== undefined && "nats-creds",
    nkey !== undefined && "nats-nkey",
  ].filter((name) => name !== false) as AccessOption[];
  if (ways.length > 1) {
    throw new UsageError(
      `NATS lets in by one way alone: leave out all but one of ${ways.map(nameOf).join(", ")}`,
    );
  }
  if (token !== undefined) return { by: "token", token };
  if (user !== undefined && password !== undefined) return { by: "password", user, password };
  if (user !== undefined || password !== undefined) {
    throw new UsageError(
      user === undefined
        ? `A password for NATS needs a user, too: add ${nameOf("nats-user")}`
        : `A user of NATS needs a password, too: add ${nameOf("nats-password")}`,
    );
  }
  if (credentials !== undefined) {
    const text = read(credentials, nameOf("nats-creds"));
    if (/BEGIN NATS USER JWT/.test(text) && /BEGIN USER NKEY SEED/.test(text)) {
      return { by: "credentials", file: credentials, text };
    }
    throw new UsageError(
      `The file ${credentials} of ${nameOf("nats-creds")} has no credentials of NATS: ` +
        "make it with nsc generate creds",
    );
  }
  if (nkey === undefined) return { by: "nothing" };
  const seed = seedIn(read(nkey, nameOf("nats-nkey")));
  if (seed !== undefined) return { by: "NKey", file: nkey, seed };
  throw new UsageError(
    `The file ${nkey} of ${nameOf("nats-nkey")} has no seed of an NKey of a user, which begins ` +
      "with SU: make it with nk -gen user",
  );
}

/** The seed of a user's NKey (58 characters of base32) in a file, which may have other lines. */
function seedIn(text: string): string | undefined {
  return /^\s*(SU[A-Z2-7]{56})\s*$/m.exec(text)?.[1];
}

function read(path: string, name: string): string {
  try {
    return readText(path, MOST_BYTES);
  } catch (error) {
    throw new UsageError(`The file ${path} of ${name} cannot be read: ${reasonOf(error)}`);
  }
}
