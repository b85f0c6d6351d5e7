/** Which programs are there: what runs the servers, Chromium, perf. */

import { clients } from "../../clients/mod.ts";
import { setupLine } from "../../servers/launch/program_name.ts";
import { servers } from "../../servers/mod.ts";
import { perfWay } from "../explain/profile/perf.ts";
import type { Finding } from "./finding.ts";

/** Looks for them; each that is missing has a line with all that cannot be run without it. */
export function programFindings(): Finding[] {
  return [...serverFindings(), ...clientFindings(), profiling()];
}

function serverFindings(): Finding[] {
  const reasons = servers.map(({ id, launch }) => ({
    id,
    reason: launch.by === "contract" ? launch.missing?.()?.missing : undefined,
  }));
  const there = reasons.filter(({ reason }) => reason === undefined).length;
  const missing = reasons.filter(({ reason }) => reason !== undefined);
  const groups = [...Map.groupBy(missing, ({ reason }) => reason!)];
  return [
    { name: "Servers", state: "good", said: `${there} of ${servers.length} can be started` },
    ...groups.map(([reason, those]): Finding => ({
      name: "Servers",
      state: "not",
      said: `${those.map(({ id }) => id).join(", ")}: ${reason}`,
      ...(!reason.includes("setup") && !reason.includes("install") && {
        remedy: `${setupLine()} says what is needed`,
      }),
      isOptional: true,
    })),
  ];
}

function clientFindings(): Finding[] {
  return clients.flatMap((client): Finding[] => {
    if (!client.inBrowser) return [];
    const reason = client.missing();
    return reason === undefined
      ? [{ name: "Chromium", state: "good", said: `The client "${client.id}" can be used` }]
      : [{ name: "Chromium", state: "not", said: reason, isOptional: true }];
  });
}

/** perf needs no server to be looked for. */
function profiling(): Finding {
  const name = "perf";
  const reason = perfWay().missing(servers[0]!);
  if (reason === undefined) {
    return { name, state: "good", said: "It may sample: --explain says which functions take time" };
  }
  return {
    name,
    state: "not",
    said: reason,
    ...(reason.includes("permitted") && {
      remedy: "As root: sysctl -w kernel.perf_event_paranoid=1",
    }),
    isOptional: true,
  };
}
