import { closedLoopOf } from "./traffic/of_case.ts";
import { messageOf } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import {
  cpuPer,
  cpuPerMegabyte,
  dataRate,
  fairness,
  percentiles,
  rate,
  resources,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** 16 B to 1 MiB in powers of four. */
const SIZES = Array.from({ length: 9 }, (_, index) => 16 * 4 ** index);

/** So few messages that those of 1 MiB take at most 16 MiB at a time in the server, each way. */
const OUTSTANDING = { connections: 8, inFlight: 2 } as const;

/** What a message costs as it grows, text and bytes. */
export const sizes: Scenario = {
  id: "sizes",
  title: "Message sizes",
  question: "What do larger messages cost the server, as text and as bytes?",
  behaviour: "/echo",
  cases: (["text", "binary"] as const).flatMap((payload) =>
    SIZES.map((size): CaseParameters => ({ ...OUTSTANDING, size, payload }))
  ),
  isOptional: true,
  timeline: "replies",
  traffic: (load, parameters, seed, share) =>
    closedLoopOf(load, { connections: 8, inFlight: 2, ...parameters }, seed, share),
  payload: ({ size = 64, payload = "text" }) => messageOf(size, payload),
  metrics: [
    rate,
    dataRate,
    cpuPerMegabyte,
    ...percentiles("serviceTime", [50, 99]),
    ...fairness,
    cpuPer("message"),
    ...resources,
  ],
};
