/** Takes a CPU profile of the window, in the first way that works for a server on this machine. */

import { sharesOf, total } from "../../../measure/explain/profile/profile.ts";
import { toSpeedscope } from "../../../measure/explain/profile/speedscope.ts";
import type { Absent, Figure } from "../../../measure/model/result.ts";
import { reasonOf } from "../../machine/system.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import type { Observation, Observer } from "../observer.ts";
import { inspectorWay } from "./inspector.ts";
import { perfWay } from "./perf.ts";
import { pySpyWay } from "./py_spy.ts";
import type { Sampling, Way } from "./way.ts";

/** All ways, the one that sees most first: a new one is its file and a line here. */
export const ways: readonly Way[] = [
  pySpyWay(),
  perfWay(),
  inspectorWay(),
];

/** The variable that names the only way that is tried. */
const ONLY = "WSMARK_PROFILER";

/** Takes the profile; what cannot be had is absent, with the reasons of the ways that there would be. */
export function profileObserver(
  all: readonly Way[] = ways,
  only: string | undefined = Deno.env.get(ONLY),
): Observer {
  let chosen: Way | undefined;
  let reasons: string[] = [];
  const choose = (server: ServerEntry): void => {
    reasons = [];
    const tried = all.filter(({ id }) => only === undefined || only === "" || id === only);
    if (tried.length === 0) {
      const ids = all.map(({ id }) => id).join(", ");
      reasons = [`${ONLY} names no profiler: one of ${ids}, received "${only}"`];
    }
    chosen = tried.find((way) => {
      const missing = way.missing(server);
      if (missing !== undefined) reasons.push(missing);
      return missing === undefined;
    });
  };
  return {
    prepare(server, folder) {
      choose(server);
      return chosen?.prepare?.(server, folder) ?? {};
    },
    async attach(target) {
      if (chosen === undefined) choose(target.server);
      const sampling: Sampling | Absent = await chosen?.attach(target)
        .catch((error): Absent => ({ absent: reasonOf(error) })) ?? { absent: reasons.join("; ") };
      if ("absent" in sampling) return { read: () => nothing(sampling.absent) };
      const { start, end, detach } = sampling;
      return {
        ...(start && { windowStarts: start }),
        ...(end && { windowEnds: end }),
        ...(detach && { detach }),
        async read() {
          try {
            const profile = await sampling.read();
            if ("absent" in profile) return nothing(profile.absent);
            if (total(profile.stacks) === 0) {
              return nothing("no CPU time was sampled in the window: try a longer --duration");
            }
            return found(profile, target.server.id);
          } catch (error) {
            return nothing(reasonOf(error));
          }
        },
      };
    },
  };
}

function found(profile: Parameters<typeof sharesOf>[0], server: string): Observation {
  const { kernel, runtime, library, user } = sharesOf(profile);
  const seen: Figure = profile.noKernel === undefined ? 100 * kernel : { absent: profile.noKernel };
  return {
    totals: {
      "cpu.kernel": seen,
      "cpu.runtime": 100 * runtime,
      "cpu.library": 100 * library,
      "cpu.user": 100 * user,
    },
    profile: toSpeedscope(profile, server),
  };
}

function nothing(absent: string): Observation {
  const none = { absent };
  return {
    totals: { "cpu.kernel": none, "cpu.runtime": none, "cpu.library": none, "cpu.user": none },
    profile: none,
  };
}
