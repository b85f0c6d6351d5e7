/** `conformance`: runs the cases on servers or clients, and writes what came. */

import { keepConformance } from "../../bench/conformance/known.ts";
import {
  planClients,
  runClients,
  type TargetFollower,
} from "../../bench/conformance/clients/run.ts";
import { runConformance } from "../../bench/conformance/suite.ts";
import { planConformance } from "../../bench/conformance/plan.ts";
import { loadProtocolsOf } from "../../bench/plan/own_servers/custom_server.ts";
import { pickOne } from "../../bench/choice.ts";
import { checkFolder } from "../../bench/folder/store.ts";
import { reasonOf } from "../../bench/folder/files.ts";
import { UsageError } from "../../bench/usage.ts";
import type { ConformanceResult } from "../../conformance/result.ts";
import type { Verdict } from "../../conformance/types.ts";
import { conformanceFiles } from "../../report/conformance/files.ts";
import { renderConformance } from "../../report/conformance/terminal.ts";
import { listed } from "../../report/summary/text.ts";
import { type Action, EXIT } from "../command.ts";
import { type Arguments, defined } from "../arguments.ts";
import { followConformance } from "../conformance.ts";
import { LEVELS, USUAL_LEVEL } from "../commands/conformance.ts";
import { writeFiles } from "../output/reports.ts";
import { hasColor, print, printError, printOver, terminalWidth } from "../output/terminal.ts";
import { requirePermissions } from "../permissions.ts";
import { readOwnServers } from "../request/own_servers.ts";
import { withHandshakes } from "../request/read_handshakes.ts";

export const action: Action = async (args) => {
  requirePermissions();
  const { id: least } = pickOne(
    "level",
    args.text("at-least") ?? USUAL_LEVEL,
    LEVELS.map((id) => ({ id })),
  );
  const clients = args.list("client");
  const run = clients === undefined ? await planServers(args) : planForClients(args, clients);
  const folder = args.text("out") ?? defaultFolder();
  checkOut(folder);
  const result = await followConformance(args, run);
  if (result.role === undefined) keepConformance(result);
  print(renderConformance(result, { width: terminalWidth(), color: hasColor() }));
  const isWritten = await write(folder, result);
  for (const { title, givenUp } of result.servers) {
    if (givenUp !== undefined) printError(`error: ${title} was not tried to the end: ${givenUp}`);
  }
  if (result.state === "interrupted") return EXIT.interrupted;
  if (!isWritten || result.servers.some(({ givenUp }) => givenUp !== undefined)) return EXIT.failed;
  return result.servers.some(({ results }) =>
      results.some(({ verdict }) => isWorse(verdict, least))
    )
    ? EXIT.exceeded
    : EXIT.done;
};

type Run = (finish: AbortSignal, follower: TargetFollower) => Promise<ConformanceResult>;

async function planServers(args: Arguments): Promise<Run> {
  const own = withHandshakes(readOwnServers(args), args);
  const listed = args.list("servers");
  const servers = listed === undefined && own.length === 0 ? undefined : [...listed ?? [], ...own];
  await loadProtocolsOf(servers);
  const plan = planConformance(defined({
    servers,
    cases: args.list("cases"),
    parallel: args.number("parallel"),
  }));
  noteLeftOut(plan.leftOut);
  return (finish, follower) => runConformance(plan, finish, follower);
}

/** The options that say which servers are tried, and how they are connected to. */
const OF_SERVERS = ["servers", "url", "command"] as const;

function planForClients(args: Arguments, clients: readonly string[]): Run {
  const other = OF_SERVERS.find((name) => args.list(name) !== undefined);
  if (other !== undefined) {
    throw new UsageError(
      `Clients (--client) and servers (--${other}) are not tried in the same run: leave one of the two out`,
    );
  }
  const plan = planClients({
    clients,
    ...defined({ cases: args.list("cases"), parallel: args.number("parallel") }),
  });
  noteLeftOut(plan.leftOut);
  return (finish, follower) =>
    runClients(plan, finish, {
      ...follower,
      awaited: (origin) =>
        printOver(
          `Connect your client to ${origin}/next again and again, or to ${origin}/case/ID, and send back what comes; ` +
            `${origin.replace("ws:", "http:")}/ has the cases. Ctrl-C ends the run.`,
        ),
    });
}

function noteLeftOut(leftOut: ConformanceResult["leftOut"]): void {
  for (const { title, reason } of leftOut) printError(`note: ${title} is left out: ${reason}`);
}

/** Whether a verdict is worse than a level. */
export function isWorse(verdict: Verdict, least: typeof LEVELS[number]): boolean {
  return verdict !== "informational" && LEVELS.indexOf(verdict) < LEVELS.indexOf(least);
}

/** Writes the files, and prints where they are; returns whether they could be. */
async function write(folder: string, result: ConformanceResult): Promise<boolean> {
  const root = folder.replace(/[/\\]+$/, "");
  try {
    Deno.mkdirSync(root, { recursive: true });
    const files = await conformanceFiles(result);
    await writeFiles(root, files);
    print(`Written: ${listed(files.slice(0, -1).map(({ path }) => path))} in ${root}`);
    print(`${root}/${files.at(-1)!.path}`);
    return true;
  } catch (error) {
    printError(`error: Cannot write the results in ${root}: ${reasonOf(error)}`);
    return false;
  }
}

/** @throws {UsageError} when nothing can be written there */
function checkOut(folder: string): void {
  try {
    checkFolder(folder);
  } catch (error) {
    throw new UsageError(
      `Cannot write to the folder "${folder}": ${
        reasonOf(error)
      }. Name a new or empty one with --out`,
    );
  }
}

function defaultFolder(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return `results/${time}-conformance`;
}
