/** What the runtime of a server does beside its work: garbage, allocation, the delay of the event loop. */

import { joined } from "../../../servers/launch/variables.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import { type System, thisSystem } from "../../machine/system.ts";
import { readParents } from "../../machine/usage/proc.ts";
import { treeOf } from "../../machine/usage/process_tree.ts";
import type { Observer } from "../observer.ts";
import { type Answer, type Hub, openHub } from "./hub.ts";
import { runtimes as all, WITHOUT } from "./mod.ts";
import { absentTotals, type RuntimeTotals, totalsOf } from "./report.ts";
import type { Runtime } from "./runtime.ts";

const SILENT = "one of its processes ended in the window, or did not answer after it";

/** Watches from inside of the server. */
export function runtimesObserver(
  system: System = thisSystem,
  runtimes: readonly Runtime[] = all,
): Observer {
  let hub: Hub | undefined;
  return {
    prepare(server, folder) {
      const mine = runtimesOf(server, runtimes);
      if (mine.length === 0) return {};
      hub = openHub();
      const { place } = hub;
      return { variables: joined(mine.map((one) => one.prepare(folder, place))) };
    },
    attach({ server, pid, folder }) {
      hub?.tell("ready");
      let pids: ReadonlySet<number> | undefined;
      let [fromMs, toMs] = [0, 0];
      let answers: readonly Answer[] = [];
      return {
        windowStarts() {
          fromMs = Date.now();
          hub?.tell("start");
        },
        windowEnds() {
          toMs = Date.now();
          hub?.tell("end");
        },
        async detach() {
          // Another process of the same program may have been started by it, too, as a shell or a bundler.
          if (system.platform === "linux") pids = new Set(treeOf(pid, readParents(system)));
          answers = (await hub?.answers() ?? []).filter((one) => pids?.has(one.pid) !== false);
        },
        read() {
          const told = answers.map(({ report }) => report);
          const read = runtimesOf(server, runtimes).flatMap((one) =>
            one.read?.(folder, pids, { fromMs, toMs }) ?? []
          );
          const [first, ...others] = [...told, ...read].filter((one) => one !== undefined);
          if (first === undefined) return { totals: absentFor(server, told) };
          return {
            totals: told.includes(undefined) ? absentTotals(SILENT) : totalsOf([first, ...others]),
          };
        },
      };
    },
    close: () => hub?.close(),
  };
}

/** Those that may run a server. */
function runtimesOf({ launch }: ServerEntry, runtimes: readonly Runtime[]): readonly Runtime[] {
  if (launch.by === "url") return [];
  if (launch.by === "command") return runtimes;
  return runtimes.filter(({ ids }) => ids.includes(launch.runtime ?? ""));
}

/** Why nothing is known of any process of a server. */
function absentFor(server: ServerEntry, told: readonly unknown[]): RuntimeTotals {
  const { launch } = server;
  const name = launch.by === "contract" ? WITHOUT[launch.runtime ?? ""] : undefined;
  if (name === undefined) return absentTotals(told.length > 0 ? SILENT : reasonFor(server));
  return {
    ...absentTotals(`${name} has no garbage collector`),
    "alloc.bytes": { absent: `${name} does not count what it allocates` },
    "loop.delay": { absent: `${name} does not tell of one` },
  };
}

function reasonFor({ launch }: ServerEntry): string {
  if (launch.by === "url") return "it ran already: only what is started here can be made to tell";
  if (launch.by === "contract") return "what runs it cannot be made to tell";
  return launch.command.some((word) => /(?:^|[/\\])deno(?:\.exe)?$/.test(word)) &&
      launch.command.includes("serve")
    ? "Deno loads nothing in front of what deno serve runs; deno run does"
    : "nothing in it told: only Deno, Node, Bun, Python and Java do";
}
