/**
 * Announces an agent as a service of NATS, and finds those that are announced (ADR-32, "NATS Service API":
 * https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md), so that `nats micro list` shows them,
 * too. The package `@nats-io/services` would do it, but its only release is a pre-release whose types do not fit those of
 * the client.
 */

import { z } from "zod";
import type { Bus } from "./bus.ts";
import { decode, encode, SERVICE } from "./messages.ts";

const TYPES = { PING: "ping_response", INFO: "info_response", STATS: "stats_response" } as const;

/** How long nothing more must come before all are there that there are, in milliseconds. */
const QUIET_MS = 300;

/** What an announcement has. */
export interface Announcement {
  /** Tells the agent from any other. */
  readonly instance: string;
  /** Version of wsmark. */
  readonly version: string;
  /** More, for those who look at services of NATS. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where it takes orders. */
  readonly subject: string;
}

/** Announces an agent until it is disposed of. */
export function announce(
  bus: Bus,
  { instance, version, metadata, subject }: Announcement,
): Disposable {
  const started = new Date().toISOString();
  const all = new DisposableStack();
  const endpoint = { name: "orders", subject, queue_group: "" };
  for (const [verb, type] of Object.entries(TYPES)) {
    const content = encode({
      type: `io.nats.micro.v1.${type}`,
      name: SERVICE,
      id: instance,
      version,
      metadata,
      ...(verb === "INFO" && { description: "Makes load for wsmark", endpoints: [endpoint] }),
      ...(verb === "STATS" && { started, endpoints: [] }),
    });
    for (const end of ["", `.${SERVICE}`, `.${SERVICE}.${instance}`]) {
      all.use(bus.answer(`$SRV.${verb}${end}`, () => content));
    }
  }
  return all;
}

const Found = z.object({ name: z.literal(SERVICE), id: z.string().regex(/^[\w-]{1,64}$/) });

/** Finds the agents that are announced; resolves to what tells them from one another. */
export async function findInstances(bus: Bus): Promise<string[]> {
  const answers = await bus.gather(`$SRV.PING.${SERVICE}`, QUIET_MS);
  const found = answers.flatMap((content) => {
    try {
      return [decode(content, Found).id];
    } catch {
      // Somebody else answers there.
      return [];
    }
  });
  return [...new Set(found)];
}
