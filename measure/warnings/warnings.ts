/** Warnings about the measurement itself in words, the same in every report. */

import type { Warning } from "../model/result.ts";
import { decimalsBeside } from "../text/decimals.ts";
import { wrongInWords } from "../record/wrong_replies.ts";
import { largest, smallest } from "../statistics/statistics.ts";

export type { Place, Throttling, Warning } from "../model/result.ts";

/** Above this share of the generator's ceiling a rate may be limited by the generator. */
export const CEILING_SHARE = 0.8;

/** If a smaller share of the offered messages was sent, the arrival rate was not reached. */
export const REACHED_SHARE = 0.995;

/** Above this share of one CPU the generator, rather than the server, may limit a figure. */
export const SATURATED_SHARE = 0.9;

/** The least and the most of some figures as `40 to 100 %`, or as one if they look alike. */
function range(figures: readonly number[], show: (figure: number) => string, unit = ""): string {
  const [least, most] = [smallest(figures), largest(figures)].map(show);
  return (least === most ? most! : `${least} to ${most}`) + unit;
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
/** In whole per cent; a little is not shown as nothing. */
const percent = (shares: readonly number[]): string =>
  range(
    shares,
    (share) =>
      share > 0 && share < 0.005 ? `${Number((share * 100).toPrecision(1))}` : whole(share * 100),
    " %",
  );
const seconds = (ms: readonly number[]): string =>
  range(ms, (one) => (one / 1000).toFixed(2), " s");
const number = (values: readonly number[]): string => range(values, whole);

/** Some figure of each warning. */
type Read<W> = (warning: W) => number;

const LOWER_BOUND =
  "Read the rate as a lower bound for the server, and compare the server's CPU time per message instead.";

/** What is said of the warnings of a kind; they are one finding if {@linkcode sameness} says so. */
const WORDS: {
  readonly [kind in Warning["kind"]]: (
    first: Extract<Warning, { kind: kind }>,
    of: (read: Read<Extract<Warning, { kind: kind }>>) => number[],
    all: readonly Extract<Warning, { kind: kind }>[],
  ) => ReturnType<typeof describe>;
} = {
  "generator saturated": (_, of) => ({
    finding: `The client used ${percent(of((one) => one.cpuShare))} of a CPU, ` +
      "so it may be the bottleneck, not the server.",
    advice: LOWER_BOUND,
  }),
  "near the ceiling": (_, of) => {
    const shares = of((one) => one.share);
    const reached = smallest(shares) < 1
      ? `${percent(shares.map((share) => Math.min(1, share)))} of`
      : "at";
    return {
      finding: `The rate is ${reached} what the load generator reached here ` +
        "against the reference server, so the generator may be the bottleneck.",
      advice: LOWER_BOUND,
    };
  },
  "wrong replies": (_, __, all) => ({
    finding: `Replies were wrong: ${wrongInWords(all)}.`,
    advice:
      "Do not compare this server's speed before the cause is found: work that was not done costs no time.",
  }),
  "window held up": (_, of) => {
    const stood = of((one) => one.standstillMs);
    const [took, asked] = [of((one) => one.tookMs), of((one) => one.askedMs)].map(seconds);
    const still = largest(stood) > 0 ? `client stood still for ${seconds(stood)}` : undefined;
    return {
      finding: took === asked && still !== undefined
        ? `The ${still} of the window of ${asked}.`
        : `The window was open for ${took} instead of ${asked}` +
          (still === undefined ? "." : `, and the ${still} of it.`),
      advice:
        "Its rates are those of the time that passed, standstills and all: see that nothing stops the client or the machine, and run it again.",
    };
  },
  "window empty": (_, of) => {
    const sent = of((one) => one.sent);
    const what = largest(sent) === 0
      ? "Nothing was sent or answered in the window"
      : `No reply came in the window, in which the client sent ${
        range(sent, whole, largest(sent) === 1 ? " message" : " messages")
      }`;
    return {
      finding: `${what}: it has no rate and no latency.`,
      advice:
        "A server that answers slowly needs a longer --duration; if it or the client was stopped, or had no CPU, run it again. Other rounds count without this one.",
    };
  },
  "connections unserved": (_, of) => ({
    finding: `${number(of((one) => one.unserved))} of ${
      number(of((one) => one.connections))
    } connections got no reply in the window.`,
    advice:
      "The mean rate is not what each client gets: see the slowest connection, and the p99 of the case.",
  }),
  "pongs missing": (_, of) => ({
    finding: `${number(of((one) => one.missing))} of ${
      number(of((one) => one.due))
    } pings had no pong when the drain was over.`,
    advice:
      "Clients that ping to find dead connections would have left: see whether the server answers pings at all.",
  }),
  "rate not reached": (_, of) => ({
    finding: `Only ${
      range(of((one) => one.share), (share) => (share * 100).toFixed(1), " %")
    } of the messages that were due could be sent in the window.`,
    advice:
      "The client or the connections were full: share the load with --generators, each on a CPU of its own, or use more --connections or a lower --rate.",
  }),
  "late sends": (_, of, all) => {
    const own = all.map(({ ownShare }) => ownShare).filter((share) => share !== undefined);
    const isFull = all.some((one) => one.isFull);
    const without = own.length === 0
      ? ""
      : ` (${percent(own)} even without the time in which it had no CPU)`;
    return {
      finding:
        `The client sent ${percent(of((one) => one.share))} of the messages more than 1 ms ` +
        `late${without}, the latest by ${
          range(of((one) => one.longestMs), (ms) => ms.toFixed(1), " ms")
        }: ${isFull ? "one generator is full." : "the client was delayed."}`,
      advice: isFull
        ? "Response times hold these delays, which are not the server's: share the load with --generators, each on a CPU of its own, or lower the --rate."
        : "Response times hold these delays, which are not the server's: compare the service times, and make the machine quieter.",
    };
  },
  disturbed: ({ who, quota }, of) => {
    // Several threads may have waited at once.
    const shares = of((one) => Math.min(1, one.share));
    const waited = `The ${who} waited for a CPU in ${percent(shares)} of the window`;
    if (quota === undefined) {
      return {
        finding: `${waited}, because other programs were using it.`,
        advice:
          "Stop other programs, and run it again: these figures look worse than the server is.",
      };
    }
    const which = quota.cpus === null ? "" : ` of ${Number(quota.cpus.toPrecision(3))} CPUs`;
    return {
      finding: `${waited}: the CPU quota${which} of its control group ran out ` +
        `${often(of((one) => one.quota!.times))}, and held it back for ${
          seconds(of((one) => one.quota!.throttledMs))
        } in all` +
        (quota.isLesserPart ? "; other programs took the rest." : "."),
      advice:
        "Lift the quota (docker --cpus, cpu.max, cpu.cfs_quota_us), or read the figures as those of the quota.",
    };
  },
  "stolen time": (_, of) => ({
    finding: `The hypervisor took ${
      percent(of((one) => one.share))
    } of the CPU time in the window.`,
    advice:
      "Use a machine that is not shared, or more rounds: this noise can hide real differences.",
  }),
  "generators apart": (_, of) => ({
    finding: `The windows of the generators began ${
      range(of((one) => one.spreadMs), (ms) => ms.toFixed(1), " ms")
    } apart: all were measured in ${percent(of((one) => one.share))} of the time.`,
    advice:
      "Rates are those of the time that all shared; see which one began late, and why: another program, or a slow network.",
  }),
  "agent near its ceiling": ({ agent }, of) => {
    const shares = of((one) => one.share);
    const reached = smallest(shares) < 1
      ? `${percent(shares.map((share) => Math.min(1, share)))} of`
      : "all of";
    return {
      finding: `The agent ${agent} came to ${reached} what it reached against a reference server ` +
        "on its own machine, so it may be the bottleneck.",
      advice: "Add agents: each then has less to do.",
    };
  },
  "agent at its limit": ({ agent, sentShare, pacingP99Ms, cpuShare }, of) => {
    const found = [
      ...(sentShare === undefined ? [] : [
        `sent ${
          range(of((one) => one.sentShare ?? 1), (share) => (share * 100).toFixed(1), " %")
        } of its share`,
      ]),
      ...(pacingP99Ms === undefined ? [] : [
        `sent 1 % of it more than ${
          range(of((one) => one.pacingP99Ms ?? 0), (ms) => ms.toFixed(1), " ms")
        } late though it had a CPU`,
      ]),
      ...(cpuShare === undefined
        ? []
        : [`used ${percent(of((one) => one.cpuShare ?? 0))} of a CPU`]),
    ];
    return {
      finding: `The agent ${agent} ${
        found.join(", and ")
      }: it may be the bottleneck, not the server.`,
      advice: "Add agents, each on a CPU of its own, or see what else runs on its machine.",
    };
  },
  "clock drifts": ({ agent, drift }, of) => ({
    finding: `The clock of the agent ${agent} goes ${
      range(of((one) => Math.abs(one.drift) * 100), (share) => share.toFixed(2), " %")
    } too ${drift > 0 ? "fast" : "slow"} by the clock here.`,
    advice:
      "Its times and rates are off by as much: a clock that differs by more than 0.02 % is broken, or being set.",
  }),
  "priority differs": ({ serverNice: server, clientNice: client, asked }) => ({
    finding: server === client
      ? `Server and client ran with niceness ${server} instead of ${asked}, which wsmark was given.`
      : `The server ran with niceness ${server} and the client with ${client}; wsmark was given ${asked}.`,
    advice: server === client
      ? "Give wsmark no niceness below 0, or the permission for it (CAP_SYS_NICE)."
      : "Start the server with the niceness that wsmark has: where both compete with others, one has the better of it.",
  }),
  "rounds differ": (_, of) => ({
    finding: `Rounds vary: the middle 50 % spans ${
      percent(of((one) => one.spread))
    } of the median.`,
    advice: "Use more rounds (--rounds) and a quieter machine to tell smaller differences.",
  }),
  "warm-up not over": ({ change }, of) => ({
    finding: `The rate ${change > 0 ? "rose" : "fell"} by ${
      percent(of((one) => Math.abs(one.change)))
    } from the first half of the window to the second: the server was still warming up.`,
    advice: "Use a longer --warmup: the figures are those of a server that is not warm.",
  }),
  "memory growing": (_, of) => ({
    finding: `The server's memory grew by ${percent(of((one) => one.growth))} within the window: ` +
      "the real peak may be higher.",
    advice: "Use a longer --duration before you compare memory.",
  }),
  "one round holds the tail": ({ percentile, round }, of, all) => ({
    finding: `${
      all.every((one) => one.round === round) ? `Round ${round}` : "A single round"
    } has ${
      percent(of((one) => one.share))
    } of the messages beyond the p${percentile} of all rounds: that is the p${percentile} of one round.`,
    advice: "Look at that round; more --rounds show whether such stalls are usual.",
  }),
  "too few samples": ({ percentile, needed }, of) => {
    const samples = of((one) => one.samples);
    return {
      finding: `p${percentile} of a round comes from only ${number(samples)} ${
        largest(samples) === 1 ? "sample" : "samples"
      }: at least ${number([needed])} are needed.`,
      advice: "Use a longer --duration, or read a lower percentile.",
    };
  },
  "timer too coarse": (_, of) => ({
    finding: `The clock goes in steps of ${number(of((one) => one.stepNs))} ns, ` +
      `which is ${percent(of((one) => one.stepNs / one.latencyNs))} of the median latency.`,
    advice: "Compare latencies no finer than that, or use another clock source.",
  }),
  "machine is busy": ({ load, cpus }) => ({
    finding:
      `The load average was ${
        load.toFixed(decimalsBeside(cpus, load, 1))
      } on ${cpus} CPUs when the run began: ` +
      "other programs were running.",
    advice: "Wait until the machine is idle, and run it again.",
  }),
  "cores shared": ({ cores }) => ({
    finding: "Server and client share physical cores: CPUs " +
      `${cores.map((core) => core.join(" and ")).join("; ")} are threads of one core each.`,
    advice: "Expect that one slows the other down; switch simultaneous multithreading off.",
  }),
  "breaks integrity": ({ title, what }) => ({
    finding: `${title} ${what}.`,
    advice:
      "Do not compare its speed with that of servers that pass the conformance suite: work that is not done costs no time.",
  }),
  "not pinned": ({ reason }) => ({
    finding: `Server and client were not pinned to separate CPUs: ${reason}.`,
    advice: "Expect more noise, and time that one takes from the other.",
  }),
  "too few rounds": ({ rounds, needed }) => ({
    finding: rounds === 1
      ? "There was one round, so nothing is known about the spread."
      : `There were ${rounds} rounds: too few to judge any difference.`,
    advice: `Use --rounds ${needed} or more before you call a difference real.`,
  }),
  "trials failed": ({ failed, planned }) => ({
    finding: `${failed} of ${planned} trials failed.`,
    advice: "See the Trials table for the reasons; figures come from the other trials alone.",
  }),
  "run is partial": ({ ended, planned, because }) => ({
    finding: `The run ${
      because === undefined ? "was stopped" : "ended"
    } after ${ended} of ${planned} trials${because === undefined ? "." : `: ${because}.`}`,
    advice:
      "Servers may have unequal numbers of rounds: go on with it (resume) before you compare.",
  }),
  resumed: ({ times, again, differs }) => ({
    finding:
      `The run was stopped and resumed ${often([times])}: its rounds were not run back to back` +
      (differs.length === 0 ? "." : `, and not all is as before: ${differs.join("; ")}.`) +
      (again === undefined ? "" : ` ${againOf(again)}`),
    advice: differs.length === 0
      ? "Expect rounds that differ by more; make it again in one piece before you call a small difference real."
      : "Do not compare its rounds with each other: make it again in one piece.",
  }),
  "torn last line": ({ file }) => ({
    finding:
      `The last line of ${file} was cut off, as happens when the machine stops; it was left out.`,
    advice: "The trials before it are complete.",
  }),
  "damaged lines": ({ file, count, lines, reason }) => {
    const more = count > lines.length ? ` and ${count - lines.length} more` : "";
    return {
      finding: `${count === 1 ? "A line" : `${number([count])} lines`} of ${file} could not be ` +
        `read and ${count === 1 ? "was" : "were"} left out: ${lines.join(", ")}${more} ` +
        `(${reason}).`,
      advice: 'The other trials are complete; "resume" runs those again that are missing.',
    };
  },
};

function often(times: readonly number[]): string {
  return largest(times) === 1 ? "once" : `${number(times)} times`;
}

/** A trial that was given another chance looks better than it is. */
function againOf(trials: number): string {
  return trials === 1
    ? "One trial that had failed ran again: its failure is not counted."
    : `${number([trials])} trials that had failed ran again: their failures are not counted.`;
}

/** Kinds whose warnings are one finding although their figures differ. */
const MERGED: ReadonlySet<Warning["kind"]> = new Set([
  "generator saturated",
  "near the ceiling",
  "wrong replies",
  "window held up",
  "window empty",
  "connections unserved",
  "pongs missing",
  "rate not reached",
  "late sends",
  "stolen time",
  "generators apart",
  "rounds differ",
  "memory growing",
  "one round holds the tail",
  "timer too coarse",
]);

/** The key under which warnings are one finding: those that differ only in their figures. */
export function sameness(warning: Warning): string {
  switch (warning.kind) {
    case "disturbed": {
      const { who, quota } = warning;
      return `${warning.kind} ${who} ${quota && `${quota.cpus} ${quota.isLesserPart}`}`;
    }
    case "warm-up not over":
      return `${warning.kind} ${Math.sign(warning.change)}`;
    case "too few samples":
      return `${warning.kind} ${warning.percentile}`;
    case "agent at its limit": {
      const { agent, sentShare, pacingP99Ms, cpuShare } = warning;
      const found = [sentShare, pacingP99Ms, cpuShare].map((one) => one !== undefined);
      return `${warning.kind} ${agent} ${found}`;
    }
    case "agent near its ceiling":
      return `${warning.kind} ${warning.agent}`;
    case "clock drifts":
      return `${warning.kind} ${warning.agent} ${Math.sign(warning.drift)}`;
    default:
      return MERGED.has(warning.kind) ? warning.kind : describe([warning]).finding;
  }
}

/**
 * Puts warnings that are one finding into words: what was found, then what to do about it.
 *
 * @param warnings at least one, all with the same {@linkcode sameness}: their figures are shown as a range
 * @returns one sentence for each
 */
export function describe(
  warnings: readonly [Warning, ...Warning[]],
): { finding: string; advice: string } {
  const [first] = warnings;
  const of = (read: Read<never>): number[] => warnings.map((one) => read(one as never));
  // A kind and its warning belong together, which the compiler cannot follow over a union.
  return WORDS[first.kind](first as never, of as never, warnings as never);
}
