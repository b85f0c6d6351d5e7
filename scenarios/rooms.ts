import { messageOf } from "./payload/payload.ts";
import { rooms as speaking } from "./traffic/rooms.ts";
import { type CaseParameters, connectionsOf } from "./parameters.ts";
import {
  cpuPer,
  deliveries,
  percentiles,
  perSecond,
  resources,
  unscheduled,
  wholeness,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Few small rooms, many of them, and few large ones. */
const SIZES = [
  { rooms: 10, members: 10 },
  { rooms: 100, members: 10 },
  { rooms: 10, members: 100 },
] as const;

/** Deliveries per second of a schedule: the same for any size. */
const SCHEDULED = 10_000;

/** The most connections of all rooms: as many as there are numbers of ports. */
const MOST = 65_536;

/** Messages that members of rooms send one another. */
export const rooms: Scenario = {
  id: "rooms",
  title: "Rooms",
  question: "When members of many rooms speak, how long until all of their room have a message?",
  behaviour: "/room/{group}",
  cases: [
    ...SIZES.map((size): CaseParameters => ({ ...size, speakers: 2, size: 64 })),
    ...SIZES.map((size): CaseParameters => ({
      ...size,
      speakers: 2,
      size: 64,
      arrivals: "constant",
      rate: SCHEDULED / size.members,
    })),
  ],
  isOptional: true,
  refuses: { think: "a speaker goes on as soon as all of its room have its message" },
  timeline: "replies",
  problem(parameters) {
    const { members = 10, speakers = 2 } = parameters;
    if (speakers > members) {
      return `Of ${members} members at most ${members} can speak: received ${speakers} speakers`;
    }
    const all = connectionsOf(parameters);
    return all > MOST
      ? `All rooms together have at most ${MOST} members, which are connections: received ${all}`
      : undefined;
  },
  traffic: (
    load,
    { rooms = 10, members = 10, speakers = 2, rate, arrivals = "constant" },
    seed,
    share,
  ) =>
    speaking(load, {
      rooms,
      members,
      speakers,
      inFlight: 1,
      schedule: rate === undefined ? undefined : { rate, arrivals, seed, share },
    }),
  payload: ({ size = 64, payload }) => messageOf(size, payload),
  metrics: [
    ...percentiles("lastReceiver", [50, 99], { prefix: "last.", title: "Last member" }),
    ...percentiles("skew", [50, 99]),
    ...percentiles("responseTime", [50, 99]),
    ...wholeness,
    unscheduled(
      perSecond(
        "in",
        "Messages in",
        "1/s",
        ({ counts }) => counts.sent,
        "no message was sent in the window",
      ),
    ),
    unscheduled({ ...deliveries, title: "Messages out" }),
    { ...cpuPer("message"), title: "Server CPU time per delivery" },
    ...resources,
  ],
};
