/** Options of a connection as Node's libraries take them. */

import type { ConnectOptions } from "./types.ts";
import type { HeaderField } from "./wire/handshake/request.ts";

/** Fields by their names; the values of one that is there twice are a list. */
export function byName(headers: readonly HeaderField[]): Record<string, string | string[]> {
  const grouped = Map.groupBy(headers, ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, fields]) => {
      const values = fields.map(([, value]) => value);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

/** The options of node:tls. */
export function nodeTls(
  { ca, cert, key, insecure, serverName }: NonNullable<ConnectOptions["tls"]> = {},
): Record<string, unknown> {
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert, key }),
    ...(insecure === true && { rejectUnauthorized: false }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}
