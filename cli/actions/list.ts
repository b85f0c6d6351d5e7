/** `list`: shows what can be named in the options of `run`. */

import { clients } from "../../clients/mod.ts";
import { profiles } from "../../bench/plan/profiles.ts";
import { unknownWord } from "../../bench/choice.ts";
import { isTagged, pickServers } from "../../bench/plan/server_choice.ts";
import { UsageError } from "../../bench/usage.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { protocols } from "../../protocols/mod.ts";
import type { Protocol } from "../../protocols/types.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { FORMAT_IDS } from "../../report/format.ts";
import { setupLine, taskLine } from "../../servers/launch/program_name.ts";
import { servers } from "../../servers/mod.ts";
import { tagsOf } from "../../servers/tags.ts";
import type { Missing, ServerEntry } from "../../servers/types.ts";
import { studies } from "../../scenarios/studies/mod.ts";
import { type Action, EXIT } from "../command.ts";
import { grid, type HelpRow, paragraph, section, twoColumns } from "../help.ts";
import { anyOf } from "../options/option.ts";
import { print } from "../output/terminal.ts";

export const action: Action = (args) => {
  print(
    args.positional.length > 0 ? detailsOf(args.positional) : overview(args.has("cases")),
  );
  return Promise.resolve(EXIT.done);
};

/** What a run leaves out unless it is named. */
const WHEN_NAMED = "only when it is named";

function overview(withCases: boolean): string {
  const row = (scenario: Scenario): HelpRow[] =>
    withCases ? scenarioRows(scenario) : [[scenario.id, scenario.question]];
  const [usual, others] = [false, true].map((isOptional) =>
    scenarios.filter((one) => Boolean(one.isOptional) === isOptional)
  );
  const compared = servers.filter(({ isOptional }) => !isOptional).map(({ id }) => id);
  return [
    [
      section(
        `Servers (${compared.join(", ")} unless others are named; setup: ${setupLine()})`,
        grid(servers.filter((one) => platformOf(one) === undefined).map(rowOf)),
      ),
      twoColumns(platformRows()),
      ...missingLines(),
    ].join("\n"),
    section("Clients", grid(clients.map(rowOf))),
    section("Protocols", grid(protocols.map(rowOf))),
    section("Scenarios", twoColumns(usual!.flatMap(row))),
    section("Scenarios that run only when they are named", twoColumns(others!.flatMap(row))),
    section("Studies", twoColumns([["", studies.map(({ id }) => id).join(", ")]])),
    section("Reports", twoColumns([["", FORMAT_IDS.join(", ")]])),
    section("Profiles", twoColumns(profiles.map(profileRow))),
    paragraph(
      `${taskLine("list", "NAME")}, or lang:go, shows all of it; --cases lists all cases.`,
    ),
  ].join("\n\n");
}

function rowOf({ id, title }: { readonly id: string; readonly title: string }): HelpRow {
  return [id, title];
}

function platformOf({ launch }: ServerEntry): string | undefined {
  return launch.by === "contract" ? launch.platform : undefined;
}

/** Servers that need more than Deno, a row for each platform. */
function platformRows(): HelpRow[] {
  const others = servers.filter((one) => platformOf(one) !== undefined);
  return [...Map.groupBy(others, platformOf)].map(([platform, those]) => [
    "",
    `${platform}: ${those.map(({ id }) => id).join(" ")} ${wayTo(those[0]!)}`,
  ]);
}

function wayTo({ launch }: ServerEntry): string {
  return launch.by === "contract" && launch.language !== undefined
    ? `(setup ${launch.language})`
    : "(setup)";
}

/** Which servers cannot be started here, in lines. */
function missingLines(): string[] {
  const found = servers.flatMap((server) => {
    const missing = missingOf(server);
    return missing === undefined ? [] : [{ server, state: stateOf(missing) }];
  });
  return [...Map.groupBy(found, ({ state }) => state)].map(([state, those]) => {
    const names = namesOf(those.map(({ server }) => server)).join(", ");
    return twoColumns([["", `${state}: ${names} (list NAME says why)`]]);
  });
}

/** Their ids, or the name of a platform in the place of all servers of it. */
function namesOf(some: readonly ServerEntry[]): string[] {
  return [...Map.groupBy(some, platformOf)].flatMap(([platform, those]) => {
    const all = servers.filter((one) => platformOf(one) === platform);
    const isAll = platform !== undefined && those.length === all.length && all.length > 1;
    return isAll ? [`all ${platform}`] : those.map(({ id }) => id);
  });
}

function missingOf({ launch }: ServerEntry): Missing | undefined {
  return launch.by === "contract" ? launch.missing?.() : undefined;
}

function stateOf({ isUnchecked }: Missing): string {
  return isUnchecked ? "not checked" : "not here";
}

/** All that is known of the named servers, clients, scenarios, studies and profiles; a tag names its servers. */
function detailsOf(words: readonly string[]): string {
  const names = words.flatMap((word) =>
    isTagged(word) ? pickServers(word.split(","), servers).picked.map(({ id }) => id) : [word]
  );
  const kinds: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
    ["Servers", servers.map((one) => ({ id: one.id, rows: () => serverRows(one) }))],
    [
      "Clients",
      clients.map(({ id, title, protocols }) => ({
        id,
        rows: () => [[id, `${title}, speaks ${protocols.join(", ")}`]],
      })),
    ],
    [
      "Scenarios",
      scenarios.map((one) => ({
        id: one.id,
        rows: () => [
          ...scenarioRows(one),
          ...(one.isOptional ? [["", `It runs ${WHEN_NAMED}.`] as const] : []),
        ],
      })),
    ],
    [
      "Studies",
      studies.map(({ id, title, about }) => ({
        id,
        rows: () => [[id, title], ...about.map((text): HelpRow => ["", text])],
      })),
    ],
    ["Protocols", protocols.map((one) => ({ id: one.id, rows: () => protocolRows(one) }))],
    ["Profiles", profiles.map((one) => ({ id: one.id, rows: () => [profileRow(one)] }))],
  ];
  const known = new Set(kinds.flatMap(([, entries]) => entries.map(({ id }) => id)));
  for (const name of names) {
    if (known.has(name)) continue;
    throw new UsageError(
      `Unknown ${unknownWord("name", name, [...known])}: see deno task list`,
    );
  }
  return kinds.flatMap(([title, entries]) => {
    const rows = entries.filter(({ id }) => names.includes(id)).flatMap(({ rows }) => rows());
    return rows.length === 0 ? [] : [section(title, twoColumns(rows))];
  }).join("\n\n");
}

/** Something that can be named. */
interface Entry {
  readonly id: string;
  rows(): readonly HelpRow[];
}

function protocolRows({ id, title, options = {} }: Protocol): HelpRow[] {
  return [
    [id, title],
    ...Object.entries(options).map(([name, { about, oneOf, default: value }]): HelpRow => [
      `  ${name}`,
      [
        about,
        oneOf && `: ${anyOf(oneOf.map((one) => JSON.stringify(one)))}`,
        value !== undefined && ` (${typeof value === "string" ? value : JSON.stringify(value)})`,
      ].filter(Boolean).join(""),
    ]),
  ];
}

function serverRows(server: ServerEntry): HelpRow[] {
  const { id, title, protocol, isOptional, lacks = {} } = server;
  const missing = missingOf(server);
  return [
    [id, `${title}, speaks ${protocol}${isOptional ? `; ${WHEN_NAMED}` : ""}`],
    ["", Object.entries(tagsOf(server)).map(([tag, value]) => `${tag}:${value}`).join(", ")],
    ...(missing ? [["", `${stateOf(missing)}: ${missing.missing}`] as const] : []),
    ...setUpRows(server),
    ...Object.entries(lacks).map(([feature, why]): HelpRow => ["", `lacks ${feature}: ${why}`]),
  ];
}

/** The set-ups that a server has beside the usual one. */
function setUpRows({ launch }: ServerEntry): HelpRow[] {
  if (launch.by !== "contract") return [];
  const { classes = {}, workers } = launch;
  return [
    ...Object.entries(classes).map(([id, { about }]): HelpRow => ["", `--class ${id}: ${about}`]),
    ...workers === undefined ? [] : [["", `--workers N: ${workers.about}`] as const],
  ];
}

function scenarioRows({ id, question, cases }: Scenario): HelpRow[] {
  return [
    [id, question],
    ...cases.map(describeCase).flatMap(({ title, about }): HelpRow[] => [
      ["", `· ${title}`],
      ...about === undefined ? [] : [["", `  ${about}`] as const],
    ]),
  ];
}

function profileRow({ id, title, rounds, durationMs, warmupMs }: typeof profiles[number]): HelpRow {
  return [
    id,
    `${title}: ${rounds} round${rounds === 1 ? "" : "s"}, ${durationMs / 1000} s measured after ` +
    `${warmupMs / 1000} s of warm-up`,
  ];
}
