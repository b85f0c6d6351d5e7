import { messageOf } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import { answers, cpuPer, percentiles, resources, time } from "./metrics/metrics.ts";
import { ramp } from "./traffic/ramp.ts";
import type { Scenario } from "./types.ts";
import { readStages, readThink, type Stage } from "./traffic/timing/texts.ts";

const DEFAULT = "3s:200, 4s:200, 3s:0";
/** The most connections of a stage. */
const MOST = 100_000;

/** The stages of a case, of whole connections. */
function stagesOf({ stages = DEFAULT }: CaseParameters): readonly Stage[] {
  const read = readStages(stages);
  const wrong = read.find(({ target }) => !Number.isInteger(target) || target > MOST);
  if (wrong === undefined) return read;
  throw new RangeError(
    `A stage must lead to a whole number of connections, at most ${MOST}: received ${wrong.target}`,
  );
}

/** A number of connections that grows and shrinks, each with a closed loop. */
export const stages: Scenario = {
  id: "stages",
  title: "Connections in stages",
  question:
    "How do the replies and the server's costs follow a number of users that grows and shrinks?",
  behaviour: "/echo",
  cases: [{ stages: DEFAULT, inFlight: 1, size: 64, think: "100ms±50" }],
  isOptional: true,
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    ramp(load, {
      stages: stagesOf(parameters),
      inFlight: parameters.inFlight ?? 1,
      think: parameters.think === undefined ? undefined : readThink(parameters.think),
      seed,
      share,
    }),
  payload(parameters) {
    // Before a run begins.
    stagesOf(parameters);
    return messageOf(parameters.size ?? 64, parameters.payload);
  },
  metrics: [
    time("serviceTime", { percentile: 99 }),
    ...percentiles("serviceTime", [50, 99.9]),
    time("serviceTime", "max"),
    answers,
    ...percentiles("handshakeTime", [50, 99]),
    cpuPer("message"),
    ...resources,
  ],
};
