/** What a reader of 30 seconds must know: the first thing in every report. */

import { isMeasured, type Result } from "../../../measure/model/result.ts";
import type { Finding } from "../findings.ts";
import { type Light, lightOf } from "./light.ts";
import {
  type Recommendation,
  recommendations,
  type ServerFigure,
  type Sure,
  vetoSentence,
} from "./recommendations.ts";
import { capitalized, counted, listed, oneLine, uncapitalized } from "../text.ts";

export type { Light } from "./light.ts";

/** The server for a use. */
export interface AnswerRow {
  /** Name in links. */
  readonly id: string;
  /** What the user wants: `Least latency under load`. */
  readonly use: string;
  /** What to take: `ws`, `ws or Deno.serve`, or a dash. */
  readonly server: string;
  readonly sure: Sure;
  readonly extent: Recommendation["extent"];
  /** The figures of some servers, those to take first: `ws 1.41 ms, Deno.serve 1.52 ms`. */
  readonly figure: string;
  /** The same figures one by one. */
  readonly figures: readonly ServerFigure[];
  /** What the figures are: `response time p99, 64 connections, 64 B`. */
  readonly metric: string;
  /** What speaks against servers that would lead otherwise, as sentences; undefined if nothing does. */
  readonly warning: string | undefined;
  /** Id of the scenario that the figures are from. */
  readonly scenario: string;
}

/** The answer of a run. All texts are plain and on one line. */
export interface Answer {
  /** One to three sentences. */
  readonly sentences: readonly string[];
  /** A row for each use that the run has cases for; none if it has one server, which is no choice. */
  readonly rows: readonly AnswerRow[];
  readonly light: Light;
}

/** How sure a row is, with its extent: `sure in 2 of 3 cases`. */
export function surely({ sure, extent }: Pick<AnswerRow, "sure" | "extent">): string {
  return extent === undefined ? sure : `${sure} ${extentInWords(extent)}`;
}

/** The same in less space: `sure, 2 of 3`. */
export function surelyInShort({ sure, extent }: Pick<AnswerRow, "sure" | "extent">): string {
  return extent === undefined ? sure : `${sure}, ${extent.won} of ${extent.of}`;
}

function extentInWords({ won, of }: NonNullable<Recommendation["extent"]>): string {
  return `in ${won} of ${counted(of, "case")}`;
}

/** More servers are counted instead of named. */
const MOST_NAMES = 3;

/**
 * Composes the answer.
 *
 * @param wrong a sentence for each server that replied wrongly
 * @param warnings the warnings of the run
 */
export function answerOf(
  result: Result,
  wrong: readonly string[],
  warnings: readonly Finding[],
  found: readonly Recommendation[] = recommendations(result),
): Answer {
  const known = found.filter(({ figures }) => figures.length > 0);
  const choices = result.servers.length < 2 ? [] : known;
  return {
    sentences: sentencesOf(result, known),
    rows: choices.map(({ id, title, sure, extent, figures, metric, scenario, vetoes, ...one }) => ({
      id,
      use: title,
      server: namesOf(one) || "–",
      sure,
      extent,
      figure: figures.map(({ server, text }) => `${server} ${text}`).join(", "),
      figures,
      metric,
      scenario: scenario!,
      warning: vetoes.length === 0 ? undefined : warningOf(vetoes),
    })),
    light: lightOf(result, wrong, warnings),
  };
}

/** What speaks against servers, the first of them in words. */
function warningOf(vetoes: Recommendation["vetoes"]): string {
  const rest = vetoes.length - MOST_NAMES;
  return [
    ...vetoes.slice(0, rest > 1 ? MOST_NAMES : undefined).map(vetoSentence),
    ...rest > 1 ? [`Nor ${rest} more.`] : [],
  ].join(" ");
}

/** `ws`, `ws or Deno.serve`, `ws, hono, faye or 4 more`. */
function namesOf({ servers }: Pick<Recommendation, "servers">): string {
  const names = servers.map(({ title }) => oneLine(title));
  const [shown, rest] = names.length > MOST_NAMES + 1
    ? [names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`]
    : [names.slice(0, -1), names.at(-1) ?? ""];
  return shown.length === 0 ? rest : `${shown.join(", ")} or ${rest}`;
}

function sentencesOf(result: Result, found: readonly Recommendation[]): string[] {
  const silent = silentServers(result);
  if (found.length === 0) {
    if (silent.length > 0) return silent;
    return ["The run has no figure for a common use: see what each case shows."];
  }
  if (result.servers.length < 2) {
    return [
      `There is one server, ${oneLine(result.servers[0]?.title ?? "")}: nothing is compared.`,
    ];
  }
  if (found.every(({ sure }) => sure === "not compared")) {
    if (silent.length > 0) return silent;
    const [why = "No two servers have figures that can be compared."] = found.flatMap((
      { reasons },
    ) => reasons);
    return [why];
  }
  const said = (["sure", "probably", "not told apart"] as const).flatMap((sure) => {
    const byServers = Map.groupBy(found.filter((one) => one.sure === sure), namesOf);
    const parts = [...byServers].map(([names, own]) => {
      const uses = listed(own.map(inSentence));
      return `for ${uses} ${sure === "not told apart" ? "" : "take "}${names}`;
    });
    return parts.length === 0 ? [] : [`${capitalized(parts.join("; "))}: ${sure}.`];
  });
  const open = found.filter(({ sure }) => sure === "depends on the case").map(({ title }) =>
    uncapitalized(title)
  );
  return [
    ...said,
    ...(open.length === 0 ? [] : [`For ${listed(open)} it depends on the case.`]),
    ...againstOf(found),
    ...limitedOf(found),
  ];
}

/** `The client was the limit for Bun.serve and axum: their CPU time per message decides.` */
function limitedOf(found: readonly Recommendation[]): string[] {
  const servers = new Set(found.flatMap(({ limits }) => limits.flatMap(({ servers }) => servers)));
  if (servers.size === 0) return [];
  const titles = [...servers].map(({ title }) => oneLine(title));
  const named = titles.length > MOST_NAMES + 1
    ? [...titles.slice(0, MOST_NAMES), `${titles.length - MOST_NAMES} more`]
    : titles;
  return [
    `The client was the limit for ${
      listed(named)
    }: of these, CPU time per message decides who gets most messages through.`,
  ];
}

/** A sentence for each server whose trials ended without any figure that servers are compared by, with the reason. */
function silentServers({ servers, scenarios, trials }: Result): string[] {
  return servers.flatMap(({ id, title }) => {
    const figures = trials.flatMap((trial) => {
      const primary = scenarios.find((scenario) => scenario.id === trial.scenario)?.metrics[0];
      return trial.server !== id || trial.state === "failed" || primary === undefined
        ? []
        : trial.metrics[primary.id] ?? [];
    });
    const [first] = figures;
    return first === undefined || isMeasured(first) || figures.some(isMeasured)
      ? []
      : [`${oneLine(title)} has no figure in any case: ${first.absent}.`];
  });
}

/** `least latency under load`, with the extent if that is not all cases: `… (in 1 of 3 cases)`. */
function inSentence({ title, extent }: Recommendation): string {
  const use = uncapitalized(title);
  return extent === undefined || extent.won === extent.of
    ? use
    : `${use} (${extentInWords(extent)})`;
}

/** `Not Deno.serve for 1,024 busy connections: its p99 is 205 ms, that of ws 55.1 ms.` */
function againstOf(found: readonly Recommendation[]): string[] {
  const all = found.flatMap(({ title, vetoes }) =>
    vetoes.map(({ server, reason }) =>
      `Not ${oneLine(server.title)} for ${uncapitalized(title)}: ${reason}.`
    )
  );
  // Of two more the second would take as much room as their number.
  if (all.length <= MOST_NAMES + 1) return all;
  return [
    ...all.slice(0, MOST_NAMES),
    `${all.length - MOST_NAMES} more are not taken for such a reason: see each use.`,
  ];
}
