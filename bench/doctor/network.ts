/** What the system lets connections have: files, ports, loopback. */

import { type System, thisSystem } from "../machine/system.ts";
import { parseSoftLimit } from "../machine/machine.ts";
import type { Finding } from "./finding.ts";

/** Connections of the largest case that runs unless others are named, and of the largest of all. */
const USUAL_CONNECTIONS = 1024;
const MOST_CONNECTIONS = 10_000;
/** What a process has open beside its connections. */
const OWN_FILES = 64;

/** Looks at what connections need. */
export function networkFindings(system: System = thisSystem): Finding[] {
  return [files(system), ports(system), queue(system), loopback()];
}

function files(system: System): Finding {
  const name = "Open files";
  const text = system.platform === "linux" ? system.read("/proc/self/limits") : null;
  const limit = parseSoftLimit(text ?? "", "Max open files");
  if (limit === null) return { name, state: "unknown", said: "The system does not say the limit" };
  const most = Number(limit) - OWN_FILES;
  if (!(most < MOST_CONNECTIONS)) {
    return { name, state: "good", said: `${limit} for each process` };
  }
  return {
    name,
    state: most < USUAL_CONNECTIONS ? "not" : "care",
    said: `${limit} for each process: at most ${Math.max(0, most)} connections`,
    remedy: `In this shell, before the run: ulimit -n ${MOST_CONNECTIONS + 2 * OWN_FILES}; ` +
      "for good: LimitNOFILE of the service, or /etc/security/limits.conf",
  };
}

function ports(system: System): Finding {
  const name = "Ports";
  const range = system.platform === "linux"
    ? system.read("/proc/sys/net/ipv4/ip_local_port_range")?.trim().split(/\s+/).map(Number)
    : undefined;
  if (range === undefined) {
    return { name, state: "unknown", said: "The system does not list those for connections" };
  }
  const [first = 0, last = 0] = range;
  const waiting = Number(/^TCP:.* tw (\d+)/m.exec(system.read("/proc/net/sockstat") ?? "")?.[1]);
  const held = Number.isNaN(waiting) ? 0 : waiting;
  const free = Math.max(0, last - first + 1 - held);
  const said = `${first} to ${last} for connections, and ${held} in TIME_WAIT`;
  if (free >= 2 * MOST_CONNECTIONS) return { name, state: "good", said };
  return {
    name,
    state: free < USUAL_CONNECTIONS ? "not" : "care",
    said,
    remedy: 2 * held > last - first
      ? "Wait a minute: those in TIME_WAIT are free then"
      : "As root: sysctl -w net.ipv4.ip_local_port_range='16384 60999'; or give --source " +
        "127.0.0.2,127.0.0.3, whose ports are others",
  };
}

function queue(system: System): Finding {
  const name = "Accept queue";
  const text = system.platform === "linux" ? system.read("/proc/sys/net/core/somaxconn") : null;
  if (text === null) return { name, state: "unknown", said: "The system does not say its length" };
  const length = Number(text);
  const said = `${length} connections may wait to be accepted`;
  return length >= USUAL_CONNECTIONS ? { name, state: "good", said } : {
    name,
    state: "care",
    said: `${said}: when many come at once, some wait for a second`,
    remedy: "As root: sysctl -w net.core.somaxconn=4096",
  };
}

function loopback(): Finding {
  const name = "Loopback";
  try {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return { name, state: listener.addr.port > 0 ? "good" : "not", said: "A server can listen" };
  } catch (error) {
    return {
      name,
      state: "not",
      said: `No server can listen on 127.0.0.1: ${(error as Error).message}`,
      remedy: "As root: ip link set lo up",
    };
  }
}
