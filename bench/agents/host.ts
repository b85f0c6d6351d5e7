/** What an agent says of itself and its machine. */

import { fileLimit } from "../process/file_limit.ts";
import { type System, thisSystem } from "../machine/system.ts";
import { VERSION } from "../version.ts";
import { AGENT_ID, type Description, DIALECT } from "./messages.ts";

/**
 * What tells a machine and its network from others: the same for agents that reach each other's loopback addresses. Of what
 * it is made of nothing can be read from it. It is made anew whenever the machine starts.
 */
export async function hostKey(system: System = thisSystem): Promise<string> {
  const boot = system.read("/proc/sys/kernel/random/boot_id")?.trim();
  const namespace = system.link("/proc/self/ns/net");
  // Without /proc nothing better is known than its name.
  const parts = boot === undefined ? [Deno.hostname()] : [boot, namespace ?? ""];
  const bytes = new TextEncoder().encode(parts.join(" "));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 12);
}

/** What an agent is called unless it is named: as its machine, as far as that makes a name. */
export function usualId(hostname: string = Deno.hostname()): string {
  const [first = ""] = hostname.split(".");
  const id = first.replaceAll(/[^\w-]/g, "-").slice(0, 40);
  return AGENT_ID.test(id) ? id : "agent";
}

/** What is always the same of an agent. */
export interface AgentIdentity {
  readonly id: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly host: string;
  /** What it may drive, in words. */
  readonly allows: readonly string[];
  /** The address of the servers that it starts; absent if it starts none. */
  readonly serves?: string;
}

/** Describes an agent as it is now. */
export function describeAgent(identity: AgentIdentity, session: string | null): Description {
  return {
    ...identity,
    labels: { ...identity.labels },
    allows: [...identity.allows],
    version: VERSION,
    dialect: DIALECT,
    cpus: navigator.hardwareConcurrency,
    platform: `${Deno.build.os}, deno ${Deno.version.deno}`,
    descriptors: fileLimit() ?? null,
    load: Deno.build.os === "windows" ? null : Deno.loadavg()[0]!,
    session,
  };
}
