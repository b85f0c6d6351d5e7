/** Which local addresses connections come from. */

import type { Settings } from "../../../measure/model/result.ts";
import type { Contender } from "../plan_types.ts";
import { UsageError } from "../../usage.ts";

/** The most addresses. */
const MOST = 256;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]*)$/i;

/** The client that makes its own frames. */
const WIRE = "wire";

/**
 * Checks the local addresses that connections are to come from.
 *
 * @throws {UsageError} for what is no address of this machine, and for what cannot choose one
 */
export function checkSources(
  sources: readonly string[],
  engine: Settings["engine"],
  contenders: readonly Contender[],
): void {
  if (sources.length === 0) return;
  if (sources.length > MOST) {
    throw new UsageError(`--source takes at most ${MOST} addresses: received ${sources.length}`);
  }
  const unable = contenders.find(({ client }) => client !== WIRE);
  if (unable !== undefined) {
    throw new UsageError(
      `The client "${unable.client}" cannot choose the addresses that it connects from (--source): name the client ` +
        `${WIRE}, or leave out ${unable.server.id}`,
    );
  }
  if (engine.id === "tcp") {
    const { reason } = engine;
    throw new UsageError(
      `The engine tcp cannot choose the addresses that it connects from (--source)${
        reason === undefined ? ": name epoll or uring" : `, and ${reason}`
      }`,
    );
  }
  for (const source of sources) checkSource(source);
}

function checkSource(source: string): void {
  if (!ADDRESS.test(source)) {
    throw new UsageError(
      `--source needs addresses, such as 127.0.0.2,127.0.0.3: received "${source}"`,
    );
  }
  try {
    using _ = Deno.listen({ hostname: source, port: 0 });
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return;
    throw new UsageError(
      `The address ${source} (--source) is none of this machine: name some that are, such as 127.0.0.2`,
    );
  }
}
