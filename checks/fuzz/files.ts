/**
 * Fuzzes the files that a run leaves, and what a server says of itself: each input must end in a value or in a one-line
 * error, and every report must be able to show what was read.
 */

import { deepEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { deflateSync, inflateSync } from "node:zlib";
import { decodeHistogram, encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { type Result, SCHEMA_VERSION } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { renderCsvs } from "../../report/csv.ts";
import { renderHtml } from "../../report/html/html.ts";
import { renderJson } from "../../report/json.ts";
import { renderMarkdown } from "../../report/markdown/markdown.ts";
import { ROUNDS } from "../../report/testing/rounds_testdata.ts";
import { STUDIED } from "../../report/testing/study_testdata.ts";
import { RESULT } from "../../report/testing/testdata.ts";
import { renderTerminal } from "../../report/terminal/terminal.ts";
import { renderWorkbook } from "../../report/workbook/workbook.ts";
import { checkHistogram } from "../../bench/folder/check_histograms.ts";
import { loadConfig } from "../../bench/plan/config/config.ts";
import { planRun } from "../../bench/plan/options.ts";
import { parsePlan, recordPlan } from "../../bench/plan/plan_file.ts";
import { parseReadyLine } from "../../bench/process/ready_line.ts";
import { UsageError } from "../../bench/usage.ts";
import { mutateJson, mutateText } from "./mutate.ts";
import { made, type Random, type Target } from "./target.ts";
import { readRun } from "../../cli/read_run.ts";

/** One accepted result in so many is made into a workbook, which takes a second. */
const WORKBOOKS = 200;
/** One in so many is made into the pages. */
const PAGES = 4;

const RESULTS = [RESULT, ROUNDS, STUDIED].map((result) =>
  renderJson({ ...result, schemaVersion: SCHEMA_VERSION })
);
const BEGUN = JSON.stringify({
  ...RESULT,
  ...{ schemaVersion: SCHEMA_VERSION, state: "running", trials: [], planned: 20 },
});
const TRIALS = [...RESULT.trials, ...STUDIED.trials.slice(0, 3)].map((trial) =>
  JSON.stringify(trial)
);

const OPTIONS = {
  servers: ["native", "ws", { name: "own", url: "ws://127.0.0.1:9/x", pid: Deno.pid }, {
    name: "other",
    command: ["true", "{port}"],
    protocol: "websocket",
  }],
  scenarios: ["latency", { id: "rate", cases: [{ connections: 4, size: 64, rate: 100 }] }],
  ...{ rounds: 2, durationMs: 200, warmupMs: 0, seed: 1, generators: 2, samples: 10 },
};
const CONFIG = JSON.stringify({ ...OPTIONS, profile: "quick", assert: ["latency.p99 < 5ms"] });
const PLAN = JSON.stringify(recordPlan(OPTIONS, planRun(OPTIONS), { reports: ["all"] }));

const READY = JSON.stringify({
  ready: true,
  url: "ws://127.0.0.1:8765/",
  pid: 1234,
  server: "native",
  runtime: "deno 2.9.6",
  library: "Deno.serve 2.9.6",
  notes: ["No compression.", "Messages of up to 64 MiB."],
});

const HISTOGRAM = completedTrial({}, [0.001, 0.5, 1, 2, 300]).histograms.serviceTime!;

/** All that is fuzzed of files; each share is of a hundred inputs. */
export const fileTargets: readonly Target[] = [
  {
    name: "results.json",
    share: 35,
    run: made(
      (random) => mutateJson(random, random.pick(RESULTS)),
      (input, folder, random) => readFolder({ "results.json": input }, folder, random),
    ),
  },
  {
    name: "trials.jsonl",
    share: 25,
    run: made(
      mutatedTrials,
      (input, folder, random) =>
        readFolder({ "results.json": BEGUN, "trials.jsonl": input }, folder, random),
    ),
  },
  {
    name: "plan.json",
    share: 10,
    run: made(
      (random) => mutateJson(random, PLAN),
      (input) =>
        orUsage(async () => void planRun((await parsePlan(input, "plan.json")).run, nothing)),
    ),
  },
  {
    name: "wsmark.config.json",
    share: 10,
    run: made((random) => mutateJson(random, CONFIG), (input, folder) =>
      orUsage(async () => {
        const path = `${folder}/wsmark.config.json`;
        Deno.writeTextFileSync(path, input);
        planRun(await loadConfig(path), nothing);
      })),
  },
  {
    name: "ready line",
    share: 10,
    run: made((random) => mutateJson(random, READY), readReadyLine),
  },
  {
    name: "histogram",
    share: 10,
    run: made(
      (random) => random.chance(0.5) ? mutateText(random, HISTOGRAM) : mutateBytes(random),
      readHistogram,
    ),
  },
];

function mutatedTrials(random: Random): string {
  const lines = [...TRIALS];
  for (let faults = 1 + Math.floor(random.number() ** 2 * 3); faults > 0; faults--) {
    const at = random.below(lines.length);
    lines[at] = mutateJson(random, random.pick(TRIALS));
  }
  const text = lines.join("\n") + "\n";
  return random.chance(0.1) ? mutateText(random, text) : text;
}

/** Reads a folder as the commands do. */
async function readFolder(
  files: Readonly<Record<string, string>>,
  folder: string,
  random: Random,
): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    Deno.writeTextFileSync(`${folder}/${name}`, text);
  }
  let result: Result | undefined;
  try {
    const outcome = await orUsage(async () => void (result = await readRun(folder)));
    if (result === undefined) return outcome;
  } finally {
    for (const name of Object.keys(files)) Deno.removeSync(`${folder}/${name}`);
  }
  await render(result, random);
  const isWhole = result.warnings.every(({ kind }) => kind !== "damaged lines");
  return isWhole ? "accepted" : "lines left out";
}

/** What no line on a terminal may have, apart from its styles. */
const OBEYED = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** Makes the reports, and looks for what may never be in them; their tests check the rest. */
async function render(result: Result, random: Random): Promise<void> {
  for (const color of [false, true]) {
    const text = renderTerminal(result, { width: random.pick([20, 80, 200]), color });
    // deno-lint-ignore no-control-regex -- the styles that wsmark itself writes
    const found = OBEYED.exec(text.replaceAll(/\x1b\[[\d;]*m/g, ""));
    if (found !== null) throw new Error(`The terminal is sent ${JSON.stringify(found[0])}`);
  }
  for (const { path, content } of renderCsvs(result)) {
    for (const [, field = ""] of content.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g)) {
      const text = field.replace(/^"/, "");
      if (!/^[=+\-@\t\r]/.test(text) || /^-?\d/.test(text)) continue;
      throw new Error(`${path} has a formula: ${JSON.stringify(text)}`);
    }
  }
  deepEqual(JSON.parse(renderJson(result)), JSON.parse(JSON.stringify(result)));
  if (random.chance(1 / PAGES)) {
    renderMarkdown(result);
    const found = /<img|<svg onload|<script>alert/.exec(await renderHtml(result, []));
    if (found !== null) throw new Error(`The page has ${found[0]}`);
  }
  if (random.chance(1 / WORKBOOKS)) await renderWorkbook(result, []);
}

/** Says that no program is missing: looking for them is slow, and tests nothing of the plan. */
const nothing = (): undefined => undefined;

async function orUsage(read: () => Promise<void>): Promise<string> {
  try {
    await read();
    return "accepted";
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.message.includes("\n")) throw new Error(`More than one line: ${error.message}`);
    if (error.message.length > 5000) throw new Error(`A long line: ${error.message.length}`);
    return "refused in one line";
  }
}

function readReadyLine(line: string): string {
  const ready = parseReadyLine(line);
  if (ready === undefined) return "no ready line";
  const texts = [ready.url, ready.server, ready.runtime, ready.library, ...ready.notes ?? []];
  if (texts.some((text) => typeof text !== "string" || text.length > 500)) {
    throw new Error(`A text is too long: ${JSON.stringify(ready).slice(0, 300)}`);
  }
  new URL(ready.url);
  return "accepted";
}

/** Damages the deflated content, so that more than the checksum is tested, or the whole. */
function mutateBytes(random: Random): string {
  const bytes = Buffer.from(HISTOGRAM, "base64");
  const isInside = random.chance(0.8);
  const inside = isInside ? inflateSync(bytes.subarray(8)) : bytes;
  for (let faults = 1 + random.below(3); faults > 0; faults--) {
    const at = random.below(inside.length);
    inside[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  if (!isInside) return inside.toString("base64");
  const body = deflateSync(inside);
  const head = Buffer.from(bytes.subarray(0, 8));
  head.writeInt32BE(body.length, 4);
  return Buffer.concat([head, body]).toString("base64");
}

function readHistogram(base64: string): string {
  try {
    checkHistogram(base64);
  } catch (error) {
    if (error instanceof SyntaxError) return "refused in one line";
    throw error;
  }
  const histogram = decodeHistogram(base64);
  const again = Histogram.from(decodeHistogram(encodeHistogram(histogram)).entries());
  deepEqual([...again.entries()], [...histogram.entries()]);
  return "accepted";
}
