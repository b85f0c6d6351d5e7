/** Findings about the measurement itself: typed where they arise, put into words here, shown by every report. */

import type { Warning } from "../model/types.generated.ts";

export type { Place, Throttling, Warning } from "../model/types.generated.ts";

/** Share of the generator's ceiling above which it may be what limits a rate. */
export const CEILING_SHARE = 0.8;

/** Share of the offered messages below which an arrival rate was not reached. */
export const REACHED_SHARE = 0.995;

/** Share of one CPU above which the generator, rather than the server, may be what limits a figure. */
export const SATURATED_SHARE = 0.9;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const number = (value: number): string => Math.round(value).toLocaleString("en-US");

/** What was given another chance looks better than it is. */
function againOf(trials: number): string {
  return trials === 1
    ? "One trial that had failed ran again: its failure is not counted."
    : `${number(trials)} trials that had failed ran again: their failures are not counted.`;
}

/**
 * Puts a warning into words: what was found, then what to do about it.
 *
 * @param warning the finding
 * @returns one sentence for each
 */
export function describe(warning: Warning): { finding: string; advice: string } {
  switch (warning.kind) {
    case "generator saturated":
      return {
        finding: `The client used ${
          percent(warning.cpuShare)
        } of a CPU, so it may be the bottleneck, not the server.`,
        advice:
          "Read the rate as a lower bound for the server, and compare the server's CPU time per message instead.",
      };
    case "near the ceiling":
      return {
        finding: `The rate is ${
          warning.share < 1 ? `${percent(warning.share)} of` : "at"
        } the highest that the load generator reached here, so the generator may be the bottleneck.`,
        advice:
          "Read the rate as a lower bound for the server, and compare the server's CPU time per message instead.",
      };
    case "wrong replies": {
      const counts = (["lost", "duplicated", "reordered", "corrupted"] as const)
        .filter((kind) => warning[kind] > 0).map((kind) => `${warning[kind]} ${kind}`);
      return {
        finding: `Replies were wrong: ${counts.join(", ")}.`,
        advice:
          "Do not compare this server's speed before the cause is found: work that was not done costs no time.",
      };
    }
    case "window held up": {
      const { askedMs, tookMs, standstillMs } = warning;
      const length = `The window was open for ${seconds(tookMs)} instead of ${seconds(askedMs)}`;
      return {
        finding: standstillMs > 0
          ? `${length}, and the client stood still for ${seconds(standstillMs)} of it.`
          : `${length}.`,
        advice:
          "Its rates are those of the time that passed, standstills and all: see that nothing stops the client or the machine, and run it again.",
      };
    }
    case "pongs missing":
      return {
        finding: `${number(warning.missing)} of ${
          number(warning.due)
        } pings had no pong when the drain was over.`,
        advice:
          "Clients that ping to find dead connections would have left: see whether the server answers pings at all.",
      };
    case "rate not reached":
      return {
        finding: `Only ${
          (warning.share * 100).toFixed(1)
        } % of the messages that were due could be sent in the window.`,
        advice:
          "The client or the connections were full: use --rate with a lower rate, more --connections, or --generators.",
      };
    case "late sends":
      return {
        finding: `The client sent ${
          percent(warning.share)
        } of the messages more than 1 ms late, the latest by ${
          warning.longestMs.toFixed(1)
        } ms: the client was delayed.`,
        advice:
          "Response times hold these delays, which are not the server's: compare the service times, and make the machine quieter.",
      };
    case "disturbed": {
      const { who, share, quota } = warning;
      const waited = `The ${who} waited for a CPU in ${percent(share)} of the window`;
      if (quota === undefined) {
        return {
          finding: `${waited}, because other programs were using it.`,
          advice:
            "Stop other programs, and run it again: these figures look worse than the server is.",
        };
      }
      const which = quota.cpus === null ? "" : ` of ${Number(quota.cpus.toPrecision(3))} CPUs`;
      return {
        finding: `${waited}: the CPU quota${which} of its control group ran out ${
          quota.times === 1 ? "once" : `${number(quota.times)} times`
        }, and held it back for ${seconds(quota.throttledMs)} in all${
          quota.isLesserPart ? "; other programs took the rest" : ""
        }.`,
        advice:
          "Lift the quota (docker --cpus, cpu.max, cpu.cfs_quota_us), or read the figures as those of the quota.",
      };
    }
    case "stolen time":
      return {
        finding: `The hypervisor took ${percent(warning.share)} of the CPU time in the window.`,
        advice:
          "Use a machine that is not shared, or more rounds: this noise can hide real differences.",
      };
    case "rounds differ":
      return {
        finding: `Rounds vary: the middle 50 % spans ${percent(warning.spread)} of the median.`,
        advice: "Use more rounds (--rounds) and a quieter machine to tell smaller differences.",
      };
    case "warm-up not over":
      return {
        finding: `The rate ${warning.change > 0 ? "rose" : "fell"} by ${
          percent(Math.abs(warning.change))
        } from the first half of the window to the second: the server was still warming up.`,
        advice: "Use a longer --warmup: the figures are those of a server that is not warm.",
      };
    case "memory growing":
      return {
        finding: `The server's memory grew by ${
          percent(warning.growth)
        } within the window: the real peak may be higher.`,
        advice: "Use a longer --duration before you compare memory.",
      };
    case "too few samples":
      return {
        finding: `p${warning.percentile} comes from only ${
          number(warning.samples)
        } samples: at least ${number(warning.needed)} are needed.`,
        advice: "Use more --rounds or a longer --duration, or read a lower percentile.",
      };
    case "timer too coarse":
      return {
        finding: `The clock goes in steps of ${number(warning.stepNs)} ns, which is ${
          percent(warning.stepNs / warning.latencyNs)
        } of the median latency.`,
        advice: "Compare latencies no finer than that, or use another clock source.",
      };
    case "machine is busy":
      return {
        finding: `The load average was ${
          warning.load.toFixed(1)
        } on ${warning.cpus} CPUs when the run began: other programs were running.`,
        advice: "Wait until the machine is idle, and run it again.",
      };
    case "cores shared":
      return {
        finding: `Server and client share physical cores: CPUs ${
          warning.cores.map((core) => core.join(" and ")).join("; ")
        } are threads of one core each.`,
        advice: "Expect that one slows the other down; switch simultaneous multithreading off.",
      };
    case "not pinned":
      return {
        finding: `Server and client were not pinned to separate CPUs: ${warning.reason}.`,
        advice: "Expect more noise, and time that one takes from the other.",
      };
    case "too few rounds":
      return {
        finding: warning.rounds === 1
          ? "There was one round, so nothing is known about the spread."
          : `There were ${warning.rounds} rounds: too few to detect any difference among so many comparisons.`,
        advice: `Use --rounds ${warning.needed} or more before you call a difference real.`,
      };
    case "trials failed":
      return {
        finding: `${warning.failed} of ${warning.planned} trials failed.`,
        advice: "See the Trials table for the reasons; figures come from the other trials alone.",
      };
    case "run is partial":
      return {
        finding: `The run was stopped after ${warning.ended} of ${warning.planned} trials.`,
        advice:
          "Servers may have unequal numbers of rounds: go on with it (resume) before you compare.",
      };
    case "resumed":
      return {
        finding: `The run was stopped and resumed ${
          warning.times === 1 ? "once" : `${warning.times} times`
        }: its rounds were not run back to back${
          warning.differs.length === 0
            ? ""
            : `, and not all is as before: ${warning.differs.join("; ")}`
        }.${warning.again === undefined ? "" : ` ${againOf(warning.again)}`}`,
        advice: warning.differs.length === 0
          ? "Expect rounds that differ by more; make it again in one piece before you call a small difference real."
          : "Do not compare its rounds with each other: make it again in one piece.",
      };
    case "torn last line":
      return {
        finding:
          `The last line of ${warning.file} was cut off, as happens when the machine stops; it was left out.`,
        advice: "The trials before it are complete.",
      };
    case "damaged lines": {
      const { file, count, lines, reason } = warning;
      const more = count > lines.length ? ` and ${count - lines.length} more` : "";
      return {
        finding: `${count === 1 ? "A line" : `${number(count)} lines`} of ${file} could not be ` +
          `read and ${count === 1 ? "was" : "were"} left out: ${lines.join(", ")}${more} ` +
          `(${reason}).`,
        advice: 'The other trials are complete; "resume" runs those again that are missing.',
      };
    }
  }
}
