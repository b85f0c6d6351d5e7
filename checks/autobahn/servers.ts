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
import { runSuiteBy, startSuite } from "./suite.ts";

const FILE = new URL("../../docs/conformance-autobahn.md", import.meta.url);

const USUAL = "native,ws,faye,hono,bun,tornado,websockets,aiohttp,fastapi,reference".split(",");

const USUAL_CLIENTS = "wire-epoll,ws,websocket,browser".split(",");

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
  const python = Deno.env.get("WSMARK_AUTOBAHN_PYTHON") ?? "python3";
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
      title: entry.title,
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
      if (!await client.start({ url })()) {
        throw new Error(`${target.title} does not notice the end of a case`);
      }
    });
    return agreementOn({
      ...{ title: target.title, version: client.library, ours: ours.results },
      theirs: verdicts.map(({ id, behavior }) => ({
        ...{ id, behavior, close: behavior },
        passed: behavior !== "FAILED",
      })),
    });
  } finally {
    await client.stop();
  }
}

async function main(args: Arguments): Promise<number> {
  const chosen = pick("server", args.list("servers") ?? USUAL, [...servers, reference]);
  const agreements: Agreement[] = [];
  const chosenClients = chooseTargets(args.list("clients") ?? USUAL_CLIENTS);
  for (
    const compared of [
      ...chosen.map((entry) => () => compare(entry)),
      ...chosenClients.map((target) => () => compareClient(target)),
    ]
  ) {
    const agreement = await compared();
    agreements.push(agreement);
    const { title, common, alike, passAlike, disagreements } = agreement;
    const unexplained = disagreements.filter(({ reason }) => reason === undefined);
    print(
      `${title}: ${common} cases in common, ${passAlike} failed or not alike, ${alike} with the same verdict`,
    );
    for (const { theirs, ours, verdicts, came } of unexplained) {
      print(`  ${theirs} is ${verdicts.theirs}, ${ours} is ${verdicts.ours}: came ${came}`);
    }
  }
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
