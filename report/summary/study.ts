/** The study of a run: published and measured figures side by side, as a table and as sentences. */

import { type ClaimedServer, type ClaimOutcome, claimsOf } from "../../measure/claims/claims.ts";
import { claimInWords } from "../../measure/claims/words.ts";
import { NOISE, SAME, SIGNIFICANCE } from "../../measure/judge/judge.ts";
import type { Result } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import {
  type Cell,
  type Column,
  EMPTY,
  figureText,
  measured,
  type Row,
  type Section,
  type Table,
  textColumns,
  words,
} from "../tables/table.ts";
import { decimalsOf, oneLine } from "./text.ts";

const HERE = "A verdict is about this run on this machine.";
const METHOD =
  "Ratios are those of the geometric means of the rounds, with their 95 % interval; a claim of a difference holds " +
  "where that difference is clear: p of a moderated paired t test, adjusted by Benjamini and Hochberg for the claims of " +
  `the study, is at most ${SIGNIFICANCE}, the interval excludes 1 and the difference is above ${
    NOISE * 100
  } %. ` +
  `A claim of no difference holds where the two are the same within ${SAME * 100} %.`;
const NO_CLAIMS = "The study has no claims to hold against the run.";

/** How to read the verdicts on claims, or that there are none. */
function noteOn(claims: readonly { readonly kind: string }[]): string {
  if (claims.length === 0) return NO_CLAIMS;
  return claims.some(({ kind }) => kind === "relation") ? `${HERE} ${METHOD}` : HERE;
}

/** A claim in the words of a report. */
export interface SaidClaim {
  readonly verdict: ClaimOutcome["verdict"];
  readonly text: string;
  readonly found: string;
  /** The published and the measured figures, as a sentence; undefined if there are none. */
  readonly figures: string | undefined;
  readonly remark: string | undefined;
}

/** A study in the words of a report. */
export interface SaidStudy {
  readonly title: string;
  /** What was compared, a sentence each. */
  readonly about: readonly string[];
  readonly claims: readonly SaidClaim[];
  /** How to read the verdicts, or that there are none. */
  readonly note: string;
}

/** The run's study; undefined if it repeats none. */
export function studyOf(result: Result): SaidStudy | undefined {
  const { study } = result;
  if (study === undefined) return undefined;
  const claims = claimsOf(result).map((outcome): SaidClaim => ({
    verdict: outcome.verdict,
    text: oneLine(outcome.claim.text),
    found: oneLine(claimInWords(outcome)),
    figures: figuresInWords(outcome),
    remark: outcome.claim.remark === undefined ? undefined : oneLine(outcome.claim.remark),
  }));
  return {
    title: oneLine(study.title),
    about: study.about.map(oneLine),
    claims,
    note: noteOn(study.claims),
  };
}

/** `ws and Deno.serve: published 80,000 and 100,000, measured 122,000 and 152,000 messages/s.` */
function figuresInWords(outcome: ClaimOutcome): string | undefined {
  if (outcome.kind === "intact" || outcome.verdict === "not measured") return undefined;
  const { server, than, metric } = outcome;
  const decimals = publishedDecimals(server, than);
  const [a, b] = [server, than].map((one) => sideCells(one, decimals).slice(1).map(figureText));
  const published = server.published === undefined ? [] : [`published ${a![0]} and ${b![0]}`];
  const unit = unitInWords(metric?.unit ?? "");
  return `${oneLine(server.title)} and ${oneLine(than.title)}: ${
    [...published, `measured ${a![1]} and ${b![1]}`].join(", ")
  }${unit}.`;
}

function unitInWords(unit: string): string {
  if (unit === "") return "";
  return unit === "1/s" ? " per second" : ` ${oneLine(unit)}`;
}

/** The section of the study; empty if the run repeats no study. */
export function studySections(result: Result): Section[] {
  const study = studyOf(result);
  if (study === undefined) return [];
  const about = [`${study.title}.`, ...study.about].join(" ");
  return [{ id: "study", title: "Study", about, tables: [studyTable(result)] }];
}

/** Every claim of the run's study, with the published and the measured figures. */
export function studyTable(result: Result): Table {
  const outcomes = claimsOf(result);
  return {
    id: "study",
    title: "Study",
    ...(outcomes.length > 0 && { note: noteOn(outcomes) }),
    columns: [
      ...textColumns("Claim", "Scenario", "Case", "Metric", "Server"),
      ...figureColumns("Published", "Measured"),
      ...textColumns("Compared with"),
      ...figureColumns("Other published", "Other measured"),
      ...figureColumns("Published ratio", "Ratio", "Low", "High")
        .map((column) => ({ ...column, decimals: 3 })),
      ...textColumns("Verdict", "In words", "Remark"),
    ],
    keyColumns: 1,
    rows: outcomes.map((outcome) => [
      words(outcome.claim.text),
      words(outcome.scenario?.title ?? outcome.claim.scenario),
      ...figureCells(outcome),
      words(outcome.verdict),
      words(claimInWords(outcome)),
      words(outcome.claim.remark),
    ]),
    empty: NO_CLAIMS,
  };
}

/** Columns that a report puts into sentences. */
const SAID = ["Claim", "In words", "Remark"];

/** The table with the number of each claim, from 1, instead of sentences: for reports that have these above it. */
export function studyFigures(result: Result): Table {
  const { columns, rows, ...rest } = studyTable(result);
  const isKept = columns.map(({ title }) => !SAID.includes(title));
  return {
    ...rest,
    columns: [{ title: "Claim", kind: "identifier" }, ...columns.filter((_, at) => isKept[at])],
    rows: rows.map((row, index) => [{ value: index + 1 }, ...row.filter((_, at) => isKept[at])]),
  };
}

function figureColumns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, kind: "number" }));
}

/** The cells from the case to the end of the interval. */
function figureCells(outcome: ClaimOutcome): Row {
  if (outcome.kind === "intact") {
    const servers = outcome.servers.map(({ title }) => title).join(", ");
    return [words("every case"), words("Replies"), words(servers), ...Array<Cell>(9).fill(EMPTY)];
  }
  const { claim, metric, server, than, publishedRatio, judgement } = outcome;
  const ratio = "absent" in judgement
    ? [null, null, null]
    : [judgement.ratio, judgement.interval.low, judgement.interval.high];
  const unit = metric?.unit ? `, ${metric.unit}` : "";
  const decimals = publishedDecimals(server, than);
  return [
    words(outcome.case?.title ?? claim.case),
    words(`${metric?.title ?? claim.metric}${unit}`),
    ...sideCells(server, decimals),
    ...sideCells(than, decimals),
    { value: publishedRatio ?? null },
    ...ratio.map((value) => ({ value })),
  ];
}

/** The most digits that a measured figure shows to match a published one. */
const DIGITS = 4;

/** The measured figure is shown with as many decimals as the published one, as far as they mean something. */
function sideCells({ title, published, measured: figure }: ClaimedServer, decimals: number): Row {
  const cell = measured(figure);
  return [
    words(title),
    published === undefined ? EMPTY : { value: published, decimals },
    typeof cell.value === "number"
      ? { ...cell, decimals: decimalsBeside(cell.value, decimals) }
      : cell,
  ];
}

function decimalsBeside(value: number, decimals: number): number {
  const room = DIGITS - 1 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-6)));
  return Math.max(decimalsOf(value), Math.min(decimals, room));
}

function publishedDecimals(...servers: readonly ClaimedServer[]): number {
  return largest(servers.map(({ published = 0 }) => String(published).split(".")[1]?.length ?? 0));
}
