/** Runs in which servers do something wrong: several of them in one run, next to a healthy one. */

import type { Cell, Seen } from "./cells.ts";
import { HEALTHY, judge } from "./judge.ts";
import {
  CONNECTIONS,
  HAPPENED,
  type Phase,
  STARTS_BEFORE,
  WARMUP_MS,
  WINDOW_MS,
} from "./phases.ts";
import { runProgram } from "./program.ts";
import type { Fault } from "./types.ts";

const SERVER = new URL("./server.ts", import.meta.url).pathname;
/** The scenario `connect` with one case. */
const CONNECT = new URL("./connect.json", import.meta.url).pathname;
/** Messages of all connections in a second. */
const RATE = 400;
/** Most cells in one run, and most of those that wait for a deadline. */
const MOST = 6;
const MOST_WAITING = 3;
/** With this seed the healthy server runs before the one called `faulty`. */
const SEED = 1;

/** What a cell's run has in common with the runs of others. */
function kindOf(cell: Cell): string {
  const { fault, phase, carrier, expected } = cell;
  const { connections = CONNECTIONS } = fault;
  return [carrier, scenarioOf(fault, phase), expected.code, connections, waits(cell)].join(" ");
}

/** A trial that may take longer than this waits for a deadline, and uses no CPU meanwhile. */
const LONG_MS = 8_000;

export function waits({ expected }: Cell): boolean {
  return expected.withinMs > LONG_MS;
}

export function scenarioOf({ scenario }: Fault, phase: Phase): "rate" | "connect" {
  return scenario?.(phase) ?? "rate";
}

/** Groups cells that one run can try: those that wait long first. */
export function groupsOf(cells: readonly Cell[]): Cell[][] {
  const kinds = Map.groupBy(cells, kindOf);
  const groups = [...kinds.values()].flatMap((same) => {
    const most = waits(same[0]!) ? MOST_WAITING : MOST;
    return Array.from(
      { length: Math.ceil(same.length / most) },
      (_, index) => same.slice(index * most, (index + 1) * most),
    );
  });
  return groups.sort((a, b) => b[0]!.expected.withinMs - a[0]!.expected.withinMs);
}

export function commandOf(
  fault: Pick<Fault, "id" | "files">,
  phase: Phase,
  log: string,
  scenario: string,
): string {
  const command = [
    ...[Deno.execPath(), "run", "--allow-all", "--quiet", SERVER],
    ...[fault.id, phase, log, String(STARTS_BEFORE), scenario, "--port", "{port}"],
  ].join(" ");
  return fault.files === undefined ? command : `sh -c 'ulimit -n ${fault.files}; exec ${command}'`;
}

export function argsOf(
  { carrier, fault, phase }: Cell,
  commands: readonly string[],
  connections: number = fault.connections ?? CONNECTIONS,
): string[] {
  const scenario = scenarioOf(fault, phase);
  return [
    ...["--servers", HEALTHY, ...commands.flatMap((command) => ["--command", command])],
    ...(scenario === "connect" ? ["--config", CONNECT] : [
      ...["--no-config", "--scenarios", "rate", "--rate", String(RATE)],
      ...["--connections", String(connections)],
    ]),
    ...["--rounds", "1", "--seed", String(SEED)],
    ...["--warmup", String(WARMUP_MS / 1000), "--duration", String(WINDOW_MS / 1000)],
    ...["--client", carrier === "websocket" ? "websocket" : "wire"],
    ...["--engine", carrier === "websocket" ? "auto" : carrier, "--reports", "json"],
  ];
}

/** When the fault happened, in milliseconds since 1970; once for each trial. */
export async function timesOf(log: string, word: string): Promise<number[]> {
  const text = await Deno.readTextFile(log).catch(() => "");
  return text.split("\n").filter((line) => line.startsWith(`${word} `)).map((line) =>
    Number(line.slice(word.length + 1))
  );
}

export async function runServers(cells: readonly Cell[]): Promise<Seen[]> {
  const folder = await Deno.makeTempDir({ prefix: "faults-" });
  try {
    const servers = cells.map((cell) => ({
      cell,
      server: `${cell.fault.id}.${cell.phase}`,
      log: `${folder}/${cell.name}.log`,
    }));
    const commands = servers.map(({ cell: { fault, phase }, server, log }) =>
      `${server}=${commandOf(fault, phase, log, scenarioOf(fault, phase))}`
    );
    const ran = await runProgram({ args: argsOf(cells[0]!, commands), folder: `${folder}/run` });
    return await Promise.all(
      servers.map(async ({ cell, server, log }) =>
        judge(cell, ran, { server, happenedMs: await timesOf(log, HAPPENED) })
      ),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
