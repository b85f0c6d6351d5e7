/**
 * Runs in which something happens from outside: to the generator, to the machine, or by the user. The server is
 * healthy, and only stays a little longer in the phase.
 */

import type { Cell, Seen } from "./cells.ts";
import { judge } from "./judge.ts";
import { CONNECTIONS, HAPPENED } from "./phases.ts";
import { type Ran, type Running, runProgram, type Start } from "./program.ts";
import { argsOf, commandOf, scenarioOf, timesOf } from "./server_runs.ts";

/** Between two signals, in milliseconds. */
const BETWEEN_MS = 200;
/** Size of the disk for a run, in bytes. */
const ROOM = 512 * 1024;
/** More connections than ports, or files. */
const MANY = 100;
const FILES = 64;
/** Ports for servers and clients: fewer than connections. */
const PORTS = "40000 40039";

interface Provocation {
  /** What happens when the server enters the phase. */
  readonly act?: (running: Running, folder: string) => Promise<void> | void;
  readonly start?: Partial<Pick<Start, "through" | "options">>;
  readonly connections?: number;
  /** Options of the tmpfs that the folder of the run is on. */
  readonly disk?: string;
  readonly hitsAll?: boolean;
}

const limited = (script: string): readonly string[] => ["sh", "-c", `${script} && exec "$@"`, "sh"];

function signal(...names: readonly Deno.Signal[]): Provocation {
  return {
    async act({ pid }) {
      for (const [index, name] of names.entries()) {
        if (index > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        Deno.kill(pid, name);
      }
    },
  };
}

/** How long a generator may take to begin, in milliseconds. */
const APPEARS_MS = 2000;

function toGenerators(name: Deno.Signal): Provocation {
  return {
    async act(running) {
      // A server may be ready before the generator's process has become the generator.
      const endMs = performance.now() + APPEARS_MS;
      while (running.generators().length === 0 && performance.now() < endMs) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      for (const pid of running.generators()) Deno.kill(pid, name);
    },
  };
}

function fill(folder: string): void {
  using file = Deno.openSync(`${folder}/filling`, { write: true, createNew: true });
  const bytes = new Uint8Array(4096);
  try {
    for (;;) file.writeSync(bytes);
  } catch {
    // It is full.
  }
}

const STEP = new URL("./stepping_clock.ts", import.meta.url).pathname;

/** By the ids of the faults. */
const provocations: Readonly<Record<string, Provocation>> = {
  "generator-killed": toGenerators("SIGKILL"),
  "generator-stalled": toGenerators("SIGSTOP"),
  "generator-descriptors": {
    start: { through: limited(`ulimit -n ${FILES}`) },
    connections: MANY,
    hitsAll: true,
  },
  "disk-full": { disk: `size=${ROOM}`, act: (_, folder) => fill(folder) },
  "read-only": { disk: "ro" },
  "clock-steps": {
    start: { options: ["--preload", STEP] },
    act: (_, folder) => Deno.writeTextFile(`${folder}/step`, ""),
  },
  "ports-exhausted": {
    start: {
      through: [
        ...["unshare", "--net"],
        ...limited(
          `ip link set lo up && echo "${PORTS}" > /proc/sys/net/ipv4/ip_local_port_range && ` +
            // A port that a closed connection keeps is missing to the next server.
            "echo 0 > /proc/sys/net/ipv4/tcp_max_tw_buckets",
        ),
      ],
    },
    connections: MANY,
    hitsAll: true,
  },
  "ctrl-c": signal("SIGINT"),
  "ctrl-c-twice": signal("SIGINT", "SIGINT"),
  term: signal("SIGTERM"),
  hangup: signal("SIGHUP"),
  "pipe-closed": { act: (running) => running.closePipes() },
};

/** Waits until a log has a line that begins with a word, or the run has ended. */
export async function noted(log: string, word: string, ended: Promise<void>): Promise<boolean> {
  let isOver = false;
  ended.then(() => isOver = true);
  while (!isOver) {
    if ((await timesOf(log, word)).length > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

async function command(...words: readonly string[]): Promise<string | undefined> {
  const [program, ...args] = words;
  const { success, stderr } = await new Deno.Command(program!, { args, stdout: "null" }).output();
  return success ? undefined : new TextDecoder().decode(stderr).trim();
}

export async function runOutside(cell: Cell): Promise<Seen> {
  const provocation = provocations[cell.fault.id]!;
  const folder = await Deno.makeTempDir({ prefix: "faults-" });
  const disk = `${folder}/disk`;
  await Deno.mkdir(disk);
  try {
    if (provocation.disk !== undefined) {
      const refusal = await command("mount", "-t", "tmpfs", "-o", provocation.disk, "tmpfs", disk);
      if (refusal !== undefined) return skipped(cell, refusal);
    }
    if (provocation.start?.through?.[0] === "unshare") {
      const refusal = await command("unshare", "--net", "true");
      if (refusal !== undefined) return skipped(cell, refusal);
    }
    const { ran, actedMs } = await runHeld(cell, provocation, folder);
    const happenedMs = actedMs === undefined ? await timesIn(`${folder}/log`) : [actedMs];
    return judge(cell, ran, {
      server: "faulty",
      happenedMs,
      ...(provocation.hitsAll && { hitsAll: true }),
    });
  } finally {
    if (provocation.disk !== undefined) await command("umount", disk);
    await Deno.remove(folder, { recursive: true });
  }
}

/** When the fault happened by itself; if the server saw nothing of it, when that was ready. */
async function timesIn(log: string): Promise<number[]> {
  const times = await timesOf(log, HAPPENED);
  return times.length > 0 ? times : await timesOf(log, "ready");
}

async function runHeld(
  cell: Cell,
  { act, start, connections = CONNECTIONS }: Provocation,
  folder: string,
): Promise<{ ran: Ran; actedMs: number | undefined }> {
  const log = `${folder}/log`;
  const hold = commandOf({ id: "hold" }, cell.phase, log, scenarioOf(cell.fault, cell.phase));
  let actedMs: number | undefined;
  const ran = await runProgram({
    ...start,
    args: argsOf(cell, [`faulty=${hold}`], connections),
    folder: `${folder}/disk/run`,
    ...(act && {
      async act(running) {
        if (!await noted(log, HAPPENED, running.ended)) return;
        actedMs = Date.now();
        await act(running, `${folder}/disk`);
      },
    }),
  });
  return { ran, actedMs };
}

/** A cell that cannot be tried on this machine. */
export function skipped(cell: Cell, reason: string): Seen {
  const nothing = { code: 0, ms: undefined, runnerBytes: 0, generatorBytes: 0, wrong: [] };
  return { cell, outcome: "not tried", ...nothing, skipped: reason.split("\n")[0]! };
}
