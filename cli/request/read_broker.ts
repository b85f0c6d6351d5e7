/** Reads where NATS is, and who comes, from the command line. */

import type { BrokerOptions } from "../../bench/agents/broker/connect.ts";
import {
  ACCESS_OPTIONS,
  CA_OPTION,
  NATS_OPTION,
  URL_VARIABLE,
} from "../../bench/agents/broker/options.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";

/**
 * The URL that `--nats` names, else the environment.
 *
 * @throws {UsageError} if neither does
 */
export function readNatsUrl(
  args: Arguments,
  variable: (name: string) => string | undefined = Deno.env.get,
): string {
  const url = args.text(NATS_OPTION.name) ?? (variable(URL_VARIABLE) || undefined);
  if (url !== undefined) return url;
  throw new UsageError(
    `Where is NATS? Add --nats nats://HOST:4222, or set ${URL_VARIABLE}; deno task nats starts one`,
  );
}

/** The other options of a connection to NATS, with its URL. */
export function readBroker(args: Arguments, url: string): BrokerOptions {
  return {
    url,
    access: Object.fromEntries(ACCESS_OPTIONS.map(({ name }) => [name, args.text(name)])),
    ca: args.text(CA_OPTION.name),
    mayBeOpen: args.has("nats-open"),
  };
}
