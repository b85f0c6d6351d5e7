/** The plan that follows from what a run is asked to do. */

import { clients, libraries, speaks } from "../../clients/mod.ts";
import type { ClientEntry } from "../../clients/types.ts";
import {
  type ConformanceSummary,
  type LeftOut,
  MOST_SERVERS,
  type Settings,
  type Study,
} from "../../measure/model/result.ts";
import { cut } from "../../measure/text/shown.ts";
import { servers } from "../../servers/mod.ts";
import { inSetUp } from "../../servers/launch/set_up.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { chooseScenarios } from "./cases.ts";
import { checkAgents, recordedAgents } from "./agents.ts";
import { checkClients } from "./client/limits.ts";
import { chooseEngine } from "./client/engine.ts";
import { foreignServer } from "./own_servers/custom_server.ts";
import { AUTO, generatorsOf } from "./generators.ts";
import { chooseAxes } from "./matrix.ts";
import { casesLeftOut, isSecure } from "./obstacles.ts";
import { choosePinning } from "../process/pinning.ts";
import { ORDERS, planTrials } from "./plan.ts";
import type { ChosenScenario, Contender, PlannedTrial } from "./plan_types.ts";
import type { RunOptions } from "./run_options.ts";
import { DEFAULT_PROFILE, profiles } from "./profiles.ts";
import { chooseReference } from "./reference.ts";
import { hushed } from "./own_servers/secrets.ts";
import { readSetUp } from "./set_up.ts";
import { type PickedServers, pickServers } from "./server_choice.ts";
import { withOwnStreams } from "./streams.ts";
import { checkSources } from "./client/sources.ts";
import { pickOne } from "../choice.ts";
import { UsageError, whole } from "../usage.ts";

/** What a run will do. */
export interface RunPlan {
  /** The settings, as the result records them. */
  readonly settings: Settings;
  /** The servers with their clients. */
  readonly contenders: readonly Contender[];
  /** Servers that were chosen but cannot be started here, and cases that a server cannot run. */
  readonly leftOut: readonly LeftOut[];
  /** The published comparison that the run repeats; undefined if it repeats none. */
  readonly study: Study | undefined;
  /** Shows the ceiling of the generator; undefined if it cannot run, or was not asked for. */
  readonly reference: Contender | undefined;
  /** The scenarios with their cases. */
  readonly scenarios: readonly ChosenScenario[];
  /** The trials in their order. */
  readonly trials: readonly PlannedTrial[];
  /** Set if the number of generators is found when the run begins. */
  readonly findsGenerators?: true;
  /** What the conformance suite found of servers before the run, by their ids; absent if they were not tried. */
  readonly conformance?: ReadonlyMap<string, ConformanceSummary>;
}

/** The shortest window, which is one slice of the timeline, and the longest. */
const SHORTEST_MS = 100;
const LONGEST_MS = 3_600_000;
/** The finest precision that rounds are run for, as a share, and the most of them by default. */
const FINEST = 0.001;
const UNTIL_ROUNDS = 100;
/** Latencies that are kept of each trial by default, and the most. */
const SAMPLES = 100;
const MOST_SAMPLES = 1_000_000;

/**
 * What is missing to use a server or a client of the lists, and the remedy, in one line; undefined if nothing is.
 * It decides only which servers are left out, never whether options are right.
 */
export type FindMissing = (entry: ServerEntry | ClientEntry) => string | undefined;

/** What is missing on this machine. */
function missingHere(entry: ServerEntry | ClientEntry): string | undefined {
  if (!("launch" in entry)) return entry.inBrowser && entry.missing();
  const command = entry.launch.by === "contract" ? entry.launch.command() : [];
  return "missing" in command ? command.missing : undefined;
}

/**
 * Makes the plan of a run.
 *
 * @param options what it is asked to do
 * @param findMissing what is missing to do it; by default it looks at this machine
 * @throws {UsageError} for options that are not possible
 */
export function planRun(options: RunOptions, findMissing: FindMissing = missingHere): RunPlan {
  const profile = pickOne("profile", options.profile ?? DEFAULT_PROFILE, profiles);
  const { until } = options;
  if (until !== undefined && !(until >= FINEST && until <= 1)) {
    throw new UsageError(
      `The precision (--until) must be from ${FINEST * 100} to 100 %: received ${until * 100} %`,
    );
  }
  const byDefault = until === undefined ? profile.rounds : UNTIL_ROUNDS;
  const rounds = whole("number of rounds", options.rounds ?? byDefault, 1, 1000);
  const durationMs = time("duration", options.durationMs ?? profile.durationMs, SHORTEST_MS);
  const warmupMs = time("warm-up", options.warmupMs ?? profile.warmupMs, 0);
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  const { id: order } = pickOne("order", options.order ?? "blocks", ORDERS);
  const seed = whole("seed", options.seed ?? random!, 0, 2 ** 32 - 1);
  const { servers: wanted, leaveOut, overrides = {}, matrix = [] } = options;
  const isElsewhere = options.agents?.server !== undefined;
  const { chosen, leftOut } = chooseServers(wanted, leaveOut, findMissing, isElsewhere);
  const setUp = readSetUp(options);
  const entries = chosen.map((server) => inSetUp(server, setUp));
  const contenders = chooseContenders(entries, options.clients ?? ["auto"]);
  const named = chooseScenarios(options.scenarios, overrides, chooseAxes(matrix, overrides));
  const scenarios = withOwnStreams(named, contenders, overrides);
  const generators = generatorsOf(options);
  checkClients(contenders, scenarios, generators, findMissing);
  checkNumber(contenders.length, scenarios, rounds);
  const { ceiling: hasCeiling = true, sources = [], agents } = options;
  if (agents !== undefined) checkAgents(agents, contenders, options);
  const engine = chooseEngine(
    options.engine ?? "auto",
    scenarios.some(hasTls) || contenders.some(({ server }) => isSecure(server.launch)),
  );
  checkSources(sources, engine, contenders);
  const pinning: Settings["pinning"] = agents === undefined
    ? choosePinning(options)
    : { absent: "the client runs on agents" };
  const ceiling = hasCeiling
    ? chooseReference(contenders, {
      generators,
      pinning,
      ...(agents && { agents: recordedAgents(agents) }),
    })
    : undefined;
  return {
    settings: {
      command: recorded(options.command ?? "", contenders),
      profile: profile.id,
      rounds,
      durationMs,
      warmupMs,
      seed,
      order,
      pinning,
      engine,
      ...(sources.length > 0 && { sources }),
      generators,
      ...(agents !== undefined && { agents: recordedAgents(agents) }),
      samples: whole("number of samples", options.samples ?? SAMPLES, 0, MOST_SAMPLES),
      ...(until !== undefined && { until }),
      ...(!hasCeiling && { ceiling: false as const }),
      ...(options.explain && { explain: true as const }),
      baseline: chooseBaseline(options.baseline, contenders),
      ...(options.class !== undefined && { class: options.class }),
      ...(options.workers !== undefined && { workers: options.workers }),
    },
    contenders,
    leftOut: [...leftOut, ...casesLeftOut(contenders, scenarios)],
    study: options.study,
    reference: ceiling,
    scenarios,
    trials: planTrials({ contenders, reference: ceiling, scenarios, rounds, seed, order }),
    ...(options.generators === AUTO && { findsGenerators: true as const }),
  };
}

/** The most that is recorded of a command line, in characters. */
const MOST_RECORDED = 10_000;

/** A command line, with its secrets masked and those of the servers, which it may have in quotes. */
function recorded(command: string, contenders: readonly Contender[]): string {
  return cut(contenders.reduce((line, { server }) => hushed(server, line), command), MOST_RECORDED);
}

function hasTls({ cases }: ChosenScenario): boolean {
  return cases.some(({ parameters }) => parameters.tls !== undefined);
}

/** The most trials of a run: they take years. */
const MOST_TRIALS = 1_000_000;

function checkNumber(servers: number, chosen: readonly ChosenScenario[], rounds: number): void {
  const cases = chosen.reduce((sum, { cases }) => sum + cases.length, 0);
  const trials = servers * cases * rounds;
  if (servers > MOST_SERVERS) {
    throw new UsageError(`A run has at most ${MOST_SERVERS} servers: received ${servers}`);
  }
  if (trials <= MOST_TRIALS) return;
  throw new UsageError(
    `A run has at most ${MOST_TRIALS} trials: received ${servers} servers × ${cases} cases × ` +
      `${rounds} rounds = ${trials}`,
  );
}

function time(name: string, ms: number, leastMs: number): number {
  if (ms >= leastMs && ms <= LONGEST_MS) return ms;
  throw new UsageError(
    `The ${name} must be from ${leastMs / 1000} to ${LONGEST_MS / 1000} s: received ${ms / 1000} s`,
  );
}

const NONE_PICKED: PickedServers = { picked: [], byName: new Set() };

/** The servers that run when none is named. */
const USUAL = servers.filter(({ isOptional }) => !isOptional).map(({ id }) => id);

/**
 * The servers that were named and can be started here, those of the list first, and those that cannot.
 *
 * @param named ids, `all` and tags, and your own servers; the usual ones by default
 * @param leaveOut whether one that was named by its id may also be left out
 * @param findMissing what is missing to start one; by default it looks at this machine
 * @param isElsewhere whether they are on another machine, and so are the processes of those that run already
 * @throws {UsageError} for what does not exist, or cannot be started and may not be left out
 */
export function chooseServers(
  named: NonNullable<RunOptions["servers"]> = USUAL,
  leaveOut: boolean = false,
  findMissing: FindMissing = missingHere,
  isElsewhere: boolean = false,
): { chosen: ServerEntry[]; leftOut: LeftOut[] } {
  const own = named.filter((one) => typeof one !== "string").map((one) =>
    foreignServer(one, isElsewhere)
  );
  const twice = own.find(({ id }, index) => own.findIndex((one) => one.id === id) < index);
  if (twice !== undefined) throw new UsageError(`Two servers are called "${twice.id}": rename one`);
  const ids = named.filter((one) => typeof one === "string");
  const { picked: listed, byName } = ids.length === 0 && own.length > 0
    ? NONE_PICKED
    : pickServers(ids, servers);
  const leftOut = listed.flatMap((server): LeftOut[] => {
    const reason = findMissing(server);
    return reason === undefined ? [] : [{ id: server.id, title: server.title, reason }];
  });
  const first = leftOut.find(({ id }) => byName.has(id)) ?? leftOut[0];
  const chosen = [...listed.filter(({ id }) => leftOut.every((one) => one.id !== id)), ...own];
  if (first !== undefined && (chosen.length === 0 || !leaveOut && byName.has(first.id))) {
    throw new UsageError(`${first.title} cannot be started here: ${first.reason}`);
  }
  return { chosen, leftOut };
}

function chooseContenders(
  entries: readonly ServerEntry[],
  clientIds: readonly string[],
): Contender[] {
  const wanted = clientIds.includes("auto")
    ? libraries
    : clientIds.map((id) => pickOne("client", id, clients));
  return entries.map((server) => ({ server, client: clientFor(server, wanted) }));
}

function chooseBaseline(id: string | undefined, contenders: readonly Contender[]): string {
  const servers = contenders.map(({ server }) => server.id);
  if (id === undefined || servers.includes(id)) return id ?? servers[0]!;
  throw new UsageError(
    `The baseline "${id}" is not one of the chosen servers: name one of ${servers.join(", ")}`,
  );
}

function clientFor(server: ServerEntry, wanted: readonly ClientEntry[]): string {
  const can = (client: ClientEntry): boolean => speaks(client, server.protocol);
  const client = wanted.find(can);
  if (client !== undefined) return client.id;
  const able = libraries.filter(can).map(({ id }) => id);
  throw new UsageError(
    `The client "${wanted.map(({ id }) => id).join(",")}" does not speak ${server.protocol}, as ` +
      `the server "${server.id}" does: add ${
        able.join(" or ")
      } to --client, or leave the server out`,
  );
}
