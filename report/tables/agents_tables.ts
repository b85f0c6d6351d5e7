/** The agents of a run: who they are, their machines, and what each did in each trial. */

import type { Agent, GeneratorShare, Result } from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { hardwareTable } from "./run_tables.ts";
import {
  countFields,
  figureFields,
  type Section,
  type Table,
  tableOf,
  textFields,
} from "./table.ts";

const PERCENT = 100;
const PPM = 1e6;

/** Everything about several generators and their machines; none if one generator of this machine made the load. */
export function agentsSection(result: Result): Section[] {
  const { agents = [], serverAgent } = result;
  const tables = [
    ...(agents.length === 0 ? [] : [agentsTable(agents)]),
    ...sharesTables(result),
    ...machinesOf(agents),
    ...(serverAgent === undefined
      ? []
      : [hardwareOf(serverAgent, `${serverAgent.id}, with the servers`)]),
  ];
  if (tables.length === 0) return [];
  return [{
    id: "agents",
    title: agents.length === 0 ? "Generators" : "Agents",
    about: agents.length === 0
      ? "How the generators shared the trials."
      : "The machines that made the load, and how they shared the trials.",
    tables,
  }];
}

function agentsTable(agents: readonly Agent[]): Table {
  return tableOf(
    {
      id: "agents",
      title: "Agents",
      note:
        "What the clock of each showed more than that of the machine that the run was started on, " +
        "when it began; agents with the same machine share it.",
      keyColumns: 1,
      empty: "",
    },
    agents,
    [
      ...textFields<Agent>({
        Agent: ({ id }) => id,
        Machine: ({ host, isHere }) => isHere ? "the one that the run was started on" : host,
        Labels: ({ labels = {} }) =>
          Object.entries(labels).map(([name, value]) => `${name}=${value}`).join(", "),
      }),
      ...figureFields<Agent>({ unit: "ms", kind: "number", decimals: 3 }, {
        "Round trip": ({ roundTripMs }) => roundTripMs,
        "Clock offset": ({ clockOffsetMs }) => clockOffsetMs,
        "Clock error ±": ({ clockErrorMs }) => clockErrorMs,
      }),
    ],
  );
}

/** What each generator did in each trial. */
function sharesTables(result: Result): Table[] {
  const name = namer(result);
  const shares = result.trials.flatMap((trial) => {
    if (trial.state === "failed" || trial.sharing === undefined) return [];
    const { sharing } = trial;
    const names = name(trial);
    return sharing.generators.map((share, index) => ({ trial, sharing, share, index, names }));
  });
  if (shares.length === 0) return [];
  type Shared = typeof shares[0];
  const of = (read: (share: GeneratorShare) => number | undefined) => ({ share }: Shared) =>
    read(share);
  const hasAgents = shares.some(({ share }) => share.agent !== undefined);
  return [tableOf(
    {
      id: "shares",
      title: "Shares",
      note:
        "Counts are those of each generator's own window. Rates of a trial are those of the time that all windows " +
        "had in common, histograms are added bucket by bucket. In a fan-out the first generator speaks: its times are " +
        "those of its own connections, its counts are of all.",
      keyColumns: 2,
      empty: "",
    },
    shares,
    [
      ...countFields<Shared>({ Trial: ({ trial }) => trial.trial }),
      ...textFields<Shared>({
        Generator: ({ share, index }) => share.agent ?? String(index + 1),
        Server: ({ names }) => names.server,
        Case: ({ names }) => names.case,
      }),
      ...countFields<Shared>({
        Connections: ({ share }) => share.connections,
        Sent: ({ share }) => share.sent,
        Replies: ({ share }) => share.replies,
      }),
      ...figureFields<Shared>({ kind: "integer" }, { Offered: of(({ offered }) => offered) }),
      ...figureFields<Shared>({ unit: "ms", kind: "number" }, {
        "Pacing error p99": of(({ pacingP99Ms }) => pacingP99Ms),
        "Own pacing error p99": of(({ ownPacingP99Ms }) => ownPacingP99Ms),
      }),
      ...(shares.some(({ share }) => share.ceilingShare !== undefined)
        ? figureFields<Shared>({ unit: "%", kind: "number", decimals: 0 }, {
          "Of its ceiling": of(({ ceilingShare }) => ceilingShare),
        }, PERCENT)
        : []),
      ...figureFields<Shared>({ unit: "% of a CPU", kind: "number", decimals: 0 }, {
        "CPU": ({ share }) => share.cpu,
        "Waited for a CPU": ({ share }) => share.wait,
      }, PERCENT),
      ...figureFields<Shared>({ unit: "ms", kind: "number", decimals: 3 }, {
        "Began after the first": of(({ beganMs }) => beganMs),
        "Begin known to ±": of(({ clockErrorMs }) => clockErrorMs),
        "Start spread of all": ({ sharing }) => sharing.startSpreadMs,
        "Overlap of all": ({ sharing }) => sharing.overlapMs,
      }),
      ...(hasAgents
        ? [
          ...figureFields<Shared>({ unit: "ms", kind: "number", decimals: 3 }, {
            "Clock offset": of(({ clockOffsetMs }) => clockOffsetMs),
          }),
          ...figureFields<Shared>({ unit: "ppm", kind: "number", decimals: 0 }, {
            "Clock drift": of(({ clockDrift }) => clockDrift),
          }, PPM),
        ]
        : []),
    ],
  )];
}

/** The hardware of each machine but that of the run itself, which has a table already. */
function machinesOf(agents: readonly Agent[]): Table[] {
  const machines = Map.groupBy(agents.filter(({ isHere }) => !isHere), ({ host }) => host);
  return [...machines.values()].map((on) => hardwareOf(on[0]!, on.map(({ id }) => id).join(", ")));
}

function hardwareOf({ id, machine }: Agent, whose: string): Table {
  return {
    ...hardwareTable({ machine }),
    id: `hardware-${id}`,
    title: `Hardware of ${whose}`,
  };
}
