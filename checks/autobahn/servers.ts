/**
 * Runs the cases of the Autobahn suite and wsmark's own on the same servers and clients, and writes how both judge into
 * `docs/conformance-autobahn.md`: `deno task autobahn:servers`.
 */

import { chooseTargets, type ClientTarget } from "../../bench/conformance/clients/list.ts";
import { planClients } from "../../bench/conformance/clients/run.ts";
import { startClient, tryClient } from "../../bench/conformance/clients/suite.ts";
import { planConformance } from "../../bench/conformance/plan.ts";
import { runConformance } from "../../bench/conformance/suite.ts";
import { targetUrl } from "../../bench/process/reachability.ts";
import { startServer } from "../../bench/process/server_process.ts";
import { pick } from "../../bench/choice.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { print } from "../../cli/output/terminal.ts";
import { reference, servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { runAsProgram } from "../command.ts";
import { type Agreement, agreementOn, renderAgreement, type TheirVerdict } from "./agreement.ts";
import { PAIRS } from "./mapping.ts";
import { pythonOfSuite, runSuiteBy, startSuite } from "./suite.ts";

const FILE = new URL("../../docs/conformance-autobahn.md", import.meta.url);

const USUAL = "native,ws,faye,hono,bun,tornado,websockets,aiohttp,fastapi,reference".split(",");

const USUAL_CLIENTS = "wire-epoll,ws,websocket,browser".split(",");

/** How long a client may take to find that a case of theirs has ended, in milliseconds: some have megabytes. */
const MOST_MS = 120_000;

/** How many servers and clients are tried at the same time: mostly they wait. */
const PARALLEL = 3;

const OPTIONS: readonly Option[] = [
  { name: "servers", value: "A,B", help: `Servers to try (${USUAL.join(",")})` },
  { name: "clients", value: "A,B", help: `Clients to try (${USUAL_CLIENTS.join(",")})` },
];

/**
 * What the Autobahn suite says of a server.
 *
 * @throws {UsageError} if there is no such package
 */
async function theirVerdicts(url: string): Promise<readonly TheirVerdict[]> {
  const python = pythonOfSuite();
  const script = new URL("fuzzing_client.py", import.meta.url).pathname;
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: [script, url, ...new Set(PAIRS.map(({ theirs }) => theirs))],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (success) return JSON.parse(decoder.decode(stdout));
  throw new UsageError(
    `The suite cannot be run by ${python} (${
      decoder.decode(stderr).trimEnd().split("\n").at(-1)
    }): run 'python3 -m pip install kosoku', or name the Python that has it in WSMARK_AUTOBAHN_PYTHON`,
  );
}

async function compare(entry: ServerEntry): Promise<Agreement> {
  const plan = planConformance({ cases: [...new Set(PAIRS.map(({ ours }) => ours))] });
  const { servers: [own] } = await runConformance(
    { ...plan, servers: [entry] },
    new AbortController().signal,
  );
  const server = await startServer(entry);
  try {
    const { url, library, runtime } = server.ready;
    return agreementOn({
      ...{ role: "server", title: entry.title },
      version: [library, runtime].filter((part) => part !== undefined).join(", "),
      ours: own!.results,
      theirs: await theirVerdicts(targetUrl(url, "/echo")),
    });
  } finally {
    await server.stop();
  }
}

/** What both suites say of a client. */
async function compareClient(target: ClientTarget): Promise<Agreement> {
  const { cases } = planClients({ clients: [target.id] });
  const paired = new Set(PAIRS.map(({ ours }) => ours));
  const ours = await tryClient(
    target,
    cases.filter(({ id }) => paired.has(id)),
    new AbortController().signal,
  );
  await using suite = await startSuite(PAIRS.map(({ theirs }) => theirs));
  const client = await startClient(target.id);
  try {
    const verdicts = await runSuiteBy(suite, target.id, async (url) => {
      if (!await client.start({ url })(MOST_MS)) {
        throw new Error(`${target.title} does not notice the end of a case`);
      }
    });
    return agreementOn({
      ...{ role: "client", title: target.title, version: client.library, ours: ours.results },
      theirs: verdicts.map(({ id, behavior, passed = behavior !== "FAILED" }) => ({
        ...{ id, behavior, passed },
      })),
    });
  } finally {
    await client.stop();
  }
}

/** What came of one, and what nobody has explained yet. */
function agreementLines(
  { title, common, alike, passAlike, disagreements }: Agreement,
): readonly string[] {
  const unexplained = disagreements.filter(({ reason }) => reason === undefined);
  return [
    `${title}: ${common} cases in common, ${passAlike} failed or not alike, ${alike} with the same verdict`,
    ...unexplained.map(({ theirs, ours, verdicts, came }) =>
      `  ${theirs} is ${verdicts.theirs}, ${ours} is ${verdicts.ours}: came ${came}`
    ),
  ];
}

async function main(args: Arguments): Promise<number> {
  const chosen = pick("server", args.list("servers") ?? USUAL, [...servers, reference]);
  const chosenClients = chooseTargets(args.list("clients") ?? USUAL_CLIENTS);
  const agreements: Agreement[] = [];
  const waiting = [
    ...chosen.map((entry) => () => compare(entry)),
    ...chosenClients.map((target) => () => compareClient(target)),
  ].entries();
  const work = async (): Promise<void> => {
    for (const [place, compared] of waiting) {
      const agreement = await compared();
      agreements[place] = agreement;
      for (const line of agreementLines(agreement)) print(line);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  await Deno.writeTextFile(
    FILE,
    renderAgreement(agreements, new Date().toISOString().slice(0, 10)),
  );
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", FILE.pathname] }).output();
  const isExplained = agreements.every(({ disagreements }) =>
    disagreements.every(({ reason }) => reason !== undefined)
  );
  return isExplained ? EXIT.done : EXIT.failed;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
