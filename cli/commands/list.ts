/** `list`: shows what can be named in the options of `run`. */

import { clients } from "../../clients/mod.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { profiles } from "../../bench/plan/profiles.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { studies } from "../../scenarios/studies/mod.ts";
import { type Command, EXIT } from "../command.ts";
import { print } from "../terminal.ts";

export const listCommand: Command = {
  name: "list",
  title: "Lists the servers, clients, scenarios, studies and profiles.",
  options: [],
  exits: { done: "done", usage: "wrong usage" },
  run() {
    print([
      section(
        "Servers",
        servers.map((server) => [server.id, describeServer(server)]),
      ),
      section(
        "Clients",
        clients.map(({ id, title, protocols }) => [id, `${title}, speaks ${protocols.join(", ")}`]),
      ),
      section(
        "Scenarios",
        scenarios.flatMap(({ id, question, cases, isOptional }) => [
          [id, isOptional ? `${question} (${WHEN_NAMED})` : question],
          ...cases.map(describeCase).flatMap(({ title, about }): [string, string][] => [
            ["", `· ${title}`],
            ...about === undefined ? [] : [["", `  ${about}`] as [string, string]],
          ]),
        ]),
      ),
      section("Studies", studies.map(({ id, title }) => [id, title])),
      section(
        "Profiles",
        profiles.map(({ id, title, rounds, durationMs, warmupMs }) => [
          id,
          `${title}: ${rounds} round${rounds === 1 ? "" : "s"}, ${
            durationMs / 1000
          } s measured after ` +
          `${warmupMs / 1000} s of warm-up`,
        ]),
      ),
    ].join("\n\n"));
    return Promise.resolve(EXIT.done);
  },
};

/** What a run leaves out unless it is named. */
const WHEN_NAMED = "only when it is named";

function describeServer({ title, protocol, launch, isOptional }: ServerEntry): string {
  const found = launch.by === "contract" ? launch.missing?.() : undefined;
  return [
    `${title}, speaks ${protocol}`,
    ...(isOptional ? [WHEN_NAMED] : []),
    ...(found ? [`${found.isUnchecked ? "not checked" : "not here"}: ${found.missing}`] : []),
  ].join("; ");
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  const width = largest(rows.map(([id = ""]) => id.length)) + 2;
  return [`${title}:`, ...rows.map(([id = "", text]) => `  ${id.padEnd(width)}${text}`)].join("\n");
}
