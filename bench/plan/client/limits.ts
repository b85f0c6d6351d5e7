/** What a client can drive at all, checked before a run begins. */

import { clients, speaks } from "../../../clients/mod.ts";
import type { BrowserEntry, ClientEntry, HandshakeFeature } from "../../../clients/types.ts";
import type { HandshakeOptions, ServerEntry } from "../../../servers/types.ts";
import type { CaseParameters } from "../../../scenarios/parameters.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import { scenarios } from "../../../scenarios/mod.ts";
import type { Scenario } from "../../../scenarios/types.ts";
import type { ChosenScenario, Contender } from "../plan_types.ts";
import { shares } from "../../generator/share.ts";
import { has } from "../own_servers/handshake.ts";
import { hasUser } from "../own_servers/secrets.ts";
import { UsageError } from "../../usage.ts";

/**
 * Refuses what a chosen client cannot do.
 *
 * @param generators how many share the connections of a trial
 * @throws {UsageError} if a client's program is missing, and for a scenario or a case that it cannot drive
 */
export function checkClients(
  contenders: readonly Contender[],
  chosen: readonly ChosenScenario[],
  generators: number,
  findMissing: (client: ClientEntry) => string | undefined,
): void {
  for (const { server, client } of contenders) checkHandshake(server, client);
  for (const entry of clients) {
    if (!entry.inBrowser || contenders.every(({ client }) => client !== entry.id)) continue;
    for (const { scenario, cases } of chosen) {
      // Its cases are left out, with the reason.
      if (scenario.onlyWire) continue;
      checkScenario(entry, scenario);
      for (const { parameters } of cases) checkCase(entry, scenario, parameters, generators);
    }
    checkUsers(entry, contenders);
    const missing = findMissing(entry);
    if (missing !== undefined) throw new UsageError(missing);
  }
}

/** What a server's handshake asks of a client, each with the words for it. */
const FEATURES: readonly (readonly [
  feature: HandshakeFeature,
  words: string,
  isAsked: (handshake: HandshakeOptions) => boolean,
])[] = [
  ["host", "the header Host", ({ headers = [] }) => has(headers, "host")],
  ["headers", "headers", ({ headers = [] }) => headers.length > 0],
  ["subprotocols", "subprotocols", ({ subprotocols = [] }) => subprotocols.length > 0],
  ["ca", "certificates to trust (--ca)", ({ tls }) => tls?.ca !== undefined],
  ["client certificate", "a client certificate", ({ tls }) => tls?.cert !== undefined],
  ["insecure", "--insecure", ({ tls }) => tls?.insecure === true],
  ["server name", "a server name", ({ tls }) => tls?.serverName !== undefined],
];

function checkHandshake({ id, protocol, handshake = {} }: ServerEntry, client: string): void {
  const { cannot = {} } = clients.find((entry) => entry.id === client)!;
  for (const [feature, words, isAsked] of FEATURES) {
    const reason = cannot[feature];
    if (reason === undefined || !isAsked(handshake)) continue;
    const able = clients.filter((entry) =>
      speaks(entry, protocol) &&
      FEATURES.every(([one, , asks]) => entry.cannot?.[one] === undefined || !asks(handshake))
    );
    throw new UsageError(
      `The client "${client}" cannot give ${id} ${words}, as ${reason}: name the client ${
        able.map((entry) => entry.id).join(" or ")
      }`,
    );
  }
}

/** A page cannot set a header of its requests, which Socket.IO's client would need for a user. */
function checkUsers({ id }: BrowserEntry, contenders: readonly Contender[]): void {
  const found = contenders.find(({ server, client }) =>
    client === id && server.protocol === "socket.io" && hasUser(server.launch)
  );
  if (found === undefined) return;
  throw new UsageError(
    `The client "${id}" cannot send the user and password of ${found.server.id}, as Socket.IO leaves them out in a ` +
      "page: name the client wire or socketio",
  );
}

function checkScenario({ id, refuses }: BrowserEntry, scenario: Scenario): void {
  const reason = refuses[scenario.id];
  if (reason === undefined) return;
  const driven = scenarios.filter(({ id, onlyWire }) => !onlyWire && refuses[id] === undefined)
    .map(({ id }) => id);
  throw new UsageError(
    `The client "${id}" does not drive the scenario "${scenario.id}", as ${reason}; ` +
      `name others with --scenarios: ${driven.join(", ")}`,
  );
}

function checkCase(
  { id, mostConnections }: BrowserEntry,
  scenario: Scenario,
  parameters: CaseParameters,
  generators: number,
): void {
  const needed = largest(
    shares(parameters, generators).map((share) => connectionsOf(scenario, share)),
  );
  if (needed <= mostConnections) return;
  throw new UsageError(
    `The client "${id}" opens at most ${mostConnections} connections to a server, and the scenario ` +
      `"${scenario.id}" has a case that needs ${needed}: use fewer --connections, or more --generators`,
  );
}

function connectionsOf(scenario: Scenario, parameters: CaseParameters): number {
  const nothing = () => {};
  const load = {
    now: () => 0,
    open: nothing,
    send: nothing,
    withdraw: nothing,
    ping: nothing,
    drop: nothing,
    close: nothing,
    cut: nothing,
    restart: nothing,
    pause: nothing,
    resume: nothing,
    batchDone: nothing,
  };
  return scenario.traffic(load, parameters, 0).slots;
}
