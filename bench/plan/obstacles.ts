/** Which cases a server with its client cannot run, known before a run begins: they are left out, with the reason. */

import type { LeftOut } from "../../measure/model/result.ts";
import { namesGroup } from "../../clients/wire/handshake/placeholders.ts";
import { protocolOf } from "../../protocols/mod.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { reachesGroups } from "../../protocols/options.ts";
import type { OptionValues } from "../../protocols/types.ts";
import { isToMany } from "../../scenarios/types.ts";
import type { Deflate, Launch, ServerEntry } from "../../servers/types.ts";
import type { ChosenScenario, Contender } from "./plan_types.ts";
import { UsageError } from "../usage.ts";

/** The client that makes its own frames. */
const WIRE = "wire";

/** The modes of compression, as a phrase. */
const MODES: Readonly<Record<Deflate, string>> = {
  "takeover": "with takeover",
  "no-takeover": "without takeover",
};

/** Why a server with its client cannot run a case, as a phrase; undefined if it can. */
export function obstacleTo(
  { server, client }: Contender,
  { scenario, cases }: ChosenScenario,
  { tls, deflate, cut, payload }: CaseParameters,
): string | undefined {
  const { isTextOnly, title } = protocolOf(server.protocol);
  if (isTextOnly && (payload === "binary" || payload === "random")) {
    return `${title} carries texts only, and the payload is ${payload}`;
  }
  if (isToMany(scenario) && isSplit(server)) {
    return `its ${
      server.setUp!.workers
    } processes share nothing: a message would reach only the connections of its own`;
  }
  if (isToMany(scenario) && !sendsToMany(server)) {
    return `${scenario.id} needs a path that sends to others, as ${scenario.behaviour} does, or a protocol with topics, ` +
      `and it has one path, ${server.path}, which answers the sender`;
  }
  if (scenario.onlyWire && client !== WIRE) {
    return `${scenario.id} needs the client ${WIRE}, and it is driven by ${client}`;
  }
  if (cut !== undefined && cut !== "client" && server.launch.by === "url") {
    return "no restart, as it runs already: only the clients can break off (--cut client)";
  }
  if (tls !== undefined) {
    const reason = server.lacks?.tls ?? withoutTls(server.launch);
    if (reason !== undefined) return `no TLS, as ${reason}`;
  } else if (isSecure(server.launch) && cases.some(({ parameters }) => parameters.tls)) {
    // Next to cases over TLS it would look like one without.
    return "no connection without TLS, as its URL begins with wss:";
  }
  if (deflate !== undefined) {
    const reason = server.lacks?.deflate ?? (client === WIRE ? undefined : uncompressed(client));
    if (reason !== undefined) return `no compression, as ${reason}`;
    const mode = server.lacks?.[deflate];
    if (mode !== undefined) return `no compression ${MODES[deflate]}, as ${mode}`;
  }
  return undefined;
}

/** Whether the connections to a server are split among processes that know nothing of each other. */
function isSplit({ launch, setUp }: ServerEntry): boolean {
  return launch.by === "contract" && launch.workers?.areThreads === false &&
    (setUp?.workers ?? 1) > 1;
}

/**
 * Whether a message can reach others than its sender: by a path for it, by one that names the group of a connection, or by
 * the groups of the server's protocol.
 */
export function sendsToMany(
  { path, protocol, protocolOptions }: Pick<ServerEntry, "protocol" | "protocolOptions"> & {
    readonly path?: string | undefined;
  },
): boolean {
  const options = protocolOptions as OptionValues | undefined;
  return path === undefined || namesGroup(path) || reachesGroups(protocolOf(protocol), options);
}

function withoutTls(launch: Launch): string | undefined {
  switch (launch.by) {
    case "contract":
      return undefined;
    case "command":
      return "a command knows nothing of the certificate: start it yourself, and give its wss: URL";
    case "url":
      return isSecure(launch) ? undefined : "its URL begins with ws:";
  }
}

/** Whether a server runs already, and speaks TLS. */
export function isSecure(launch: Launch): boolean {
  return launch.by === "url" && launch.url.startsWith("wss:");
}

function uncompressed(client: string): string {
  return `the client ${client} would compress while it is measured: ${WIRE} does so in advance`;
}

/**
 * The cases that contenders cannot run, a line for each server and reason.
 *
 * @throws {UsageError} if no contender can run any case
 */
export function casesLeftOut(
  contenders: readonly Contender[],
  chosen: readonly ChosenScenario[],
): LeftOut[] {
  const all = contenders.flatMap((contender) =>
    chosen.flatMap((chosenOne) =>
      chosenOne.cases.map((one) => ({
        server: contender.server,
        place: { scenario: chosenOne.scenario.id, case: one.id },
        reason: obstacleTo(contender, chosenOne, one.parameters),
      }))
    )
  );
  const [first] = all;
  if (first?.reason !== undefined && all.every(({ reason }) => reason !== undefined)) {
    throw new UsageError(`No case can run. ${first.server.title}: ${first.reason}`);
  }
  return contenders.flatMap(({ server: { id, title } }) => {
    const own = all.filter(({ server, reason }) => server.id === id && reason !== undefined);
    const byReason = Map.groupBy(own, ({ reason }) => reason!);
    return [...byReason].map(([reason, places]) => ({
      id,
      title: `${title} in ${places.length} case${places.length === 1 ? "" : "s"}`,
      reason,
      cases: places.map(({ place }) => place),
    }));
  });
}
