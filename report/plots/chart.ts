/**
 * What all plots have in common: which servers are drawn, which are left out and why, and the words around the data.
 *
 * @module
 */

import type { CaseDescription, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { listed, oneLine, wrap } from "../summary/text.ts";
import type { Plot } from "./types.ts";
import { captionOf, cut } from "./words.ts";

/** Width of the area of data, in pixels. */
export const WIDTH = 520;
/** Its height, where no rows decide on it. */
export const HEIGHT = 260;
/** Format of the numbers of an axis: with separators of thousands, without zeros at the end. */
export const NUMBERS = ",.6~f";
/** Characters of a line of the note above the data. */
const NOTE_WIDTH = 92;

/** A longer reason is cut off: the tables have it whole. */
const REASON_LENGTH = 90;

/** What is on a picture but its data. */
export interface Words {
  /** Id of the section. */
  readonly section: string;
  /** Kind of the plot, as its id says after the section. */
  readonly kind: string;
  /** The question. */
  readonly title: string;
  /** How to read the picture, sentences that stand above the data. */
  readonly note: readonly string[];
  /** What is to be seen, in sentences with figures. */
  readonly alt: readonly string[];
}

/** Puts a plot together: the specification gets the note as its title. */
export function plotOf(
  result: Result,
  { section, kind, title, note, alt }: Words,
  spec: Readonly<Record<string, unknown>>,
): Plot {
  return {
    id: fileName(`${section}-${kind}`),
    section,
    title: oneLine(title),
    alt: oneLine(alt.join(" ")),
    caption: captionOf(result),
    spec: withNote(spec, note),
  };
}

/** A specification with sentences above its data. */
export function withNote(
  spec: Readonly<Record<string, unknown>>,
  note: readonly string[],
): Record<string, unknown> {
  const text = wrap(oneLine(note.join(" ")), NOTE_WIDTH);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text },
    ...spec,
  };
}

/** An id that may be the name of a file on any system. */
function fileName(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** A server that is not drawn, with the reason as a phrase. */
export interface LeftOut {
  /** Its title. */
  readonly server: string;
  /** Why. */
  readonly reason: string;
}

/** Who is drawn in a case. */
export interface Field {
  /** The servers whose replies were all right, in the order of the result. */
  readonly sound: readonly Standing[];
  /** The others. */
  readonly leftOut: readonly LeftOut[];
}

/** The servers of a case: those that failed, replied wrongly or did not run are left out. */
export function fieldOf(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
): Field {
  const all = standings(result, scenario.id, one.id);
  return {
    sound: all.filter(({ reason }) => reason === undefined),
    leftOut: all.flatMap(({ server, reason }) =>
      reason === undefined ? [] : [leaveOut(server.title, reason)]
    ),
  };
}

/** A server that is left out. */
export function leaveOut(server: string, reason: string): LeftOut {
  return { server: oneLine(server), reason: cut(reason, REASON_LENGTH) };
}

/** Who is left out as a sentence; nothing where nobody is. */
export function omissions(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.map(({ server, reason }) => `${server} (${reason})`);
  return [`Not drawn: ${listed([...new Set(named)])}.`];
}

/** How many rounds stand behind the figures, as a phrase. */
export function roundsOf({ trials }: Result, { id }: ScenarioDescription): string {
  const rounds = new Set(
    trials.filter(({ scenario, round }) => scenario === id && round > 0).map(({ round }) => round),
  );
  return rounds.size === 1 ? "1 round" : `${rounds.size} rounds`;
}
