/** What the servers and clients of a run say about themselves, before its first trial. */

import { clients } from "../../clients/mod.ts";
import type { Result, ServerDescription } from "../../measure/model/result.ts";
import { changesOf } from "../../servers/launch/set_up.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { knownConformance } from "../conformance/known.ts";
import { noteOfTls } from "../process/tls/agreement.ts";
import type { RunPlan } from "../plan/options.ts";
import { startServer } from "../process/server_process.ts";

/**
 * Starts every server once, all at the same time, and asks every client that is used.
 *
 * @param certificate PEM file of the servers' certificate, for those that have trials over TLS
 * @param start starts one; on this machine when left out
 */
export async function describeAll(
  { contenders, reference, trials, conformance }: RunPlan,
  certificate: string | undefined,
  signal: AbortSignal,
  start: typeof startServer = startServer,
): Promise<Pick<Result, "servers" | "reference" | "clients">> {
  const used = clients.filter(({ id }) => contenders.some(({ client }) => client === id));
  const encrypted = new Set(
    trials.filter((trial) => trial.case.parameters.tls).map(({ server }) => server.id),
  );
  const tlsOf = ({ id }: ServerEntry): string | undefined =>
    encrypted.has(id) ? certificate : undefined;
  const [servers, described] = await Promise.all([
    Promise.all(
      contenders.map(({ server }) => describeServer(server, tlsOf(server), signal, start)),
    ),
    reference && describeServer(reference.server, undefined, signal, start),
  ]);
  return {
    servers: await Promise.all(servers.map((server) => withConformance(server, conformance))),
    ...(described && { reference: described }),
    clients: await Promise.all(used.map(async ({ id, title, load }) => {
      const { library, notes } = await load();
      return { id, title, library, ...(notes && { notes }) };
    })),
  };
}

/** Adds what the conformance suite has found of this version of a server, before this run or earlier. */
async function withConformance(
  server: ServerDescription,
  found: RunPlan["conformance"],
): Promise<ServerDescription> {
  const conformance = found?.get(server.id) ?? await knownConformance(server);
  return conformance === undefined ? server : { ...server, conformance };
}

/** What is known of a server before it is started. */
export function describeUnstarted({ id, title, protocol, setUp }: ServerEntry): ServerDescription {
  return { id, title, protocol, ...setUp };
}

/** How long the first start of a server may take, in milliseconds: its packages may have to be fetched. */
const FIRST_START_MS = 120_000;

/** Starts a server once to learn what it says about itself; whatever it has to fetch is then there for the trials. */
async function describeServer(
  server: ServerEntry,
  tls: string | undefined,
  signal: AbortSignal,
  start: typeof startServer,
): Promise<ServerDescription> {
  try {
    const options = { patienceMs: FIRST_START_MS, signal, transport: { tls } };
    const running = await start(server, options);
    const { url, runtime, library, notes = [] } = running.ready;
    const agreed = await noteOfTls(url, tls, signal);
    await running.stop();
    const changes = changesOf(server).map(({ about }) => `Set up: ${about}.`);
    const all = [...notes, ...changes, ...agreed === undefined ? [] : [agreed]];
    return {
      ...describeUnstarted(server),
      ...(runtime !== undefined && { runtime }),
      ...(library !== undefined && { library }),
      ...(all.length > 0 && { notes: all }),
    };
  } catch {
    // Its trials will fail, each with the reason.
    return describeUnstarted(server);
  }
}
