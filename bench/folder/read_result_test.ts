import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import { type Result, SCHEMA_VERSION } from "../../measure/model/result.ts";
import { completedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import { readResult } from "./read_result.ts";

const BEGUN: Result = {
  schemaVersion: SCHEMA_VERSION,
  wsmark: "0",
  state: "running",
  startedAt: "2026-01-02T03:04:05.678Z",
  planned: 2,
  settings: SETTINGS,
  machine: [],
  servers: [{ id: "native", title: "Deno.serve", protocol: "websocket" }],
  clients: [],
  scenarios: [],
  trials: [],
  warnings: [],
};

async function withFolder(
  files: Readonly<Record<string, string>>,
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Base64 that says that it is a histogram, and inflates to 64 MiB. */
function bomb(): string {
  const body = deflateSync(Buffer.alloc(2 ** 26));
  const head = Buffer.from("1c84931400000000", "hex");
  head.writeInt32BE(body.length, 4);
  return Buffer.concat([head, body]).toString("base64");
}

const BOMB = { ...completedTrial({}, [1]), histograms: { serviceTime: bomb() } };

for (
  const [what, files, message] of [
    ["a histogram that inflates without end", {
      "results.json": JSON.stringify({ ...BEGUN, state: "finished", trials: [BOMB] }),
    }, /^Cannot read a trial of wsmark: trials\.0\.histograms\.serviceTime: it inflates to more/],
    ["a text of a megabyte", {
      "results.json": JSON.stringify({ ...BEGUN, wsmark: "x".repeat(1e6) }),
    }, /^Cannot read a result of wsmark: wsmark: longer than 65,536 characters$/],
    ["a hundred thousand levels", {
      "results.json": `{"trials":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    }, /^Cannot read a result of wsmark: it is nested deeper than 32 levels$/],
    ["a million warnings that are none", {
      "results.json": JSON.stringify({ ...BEGUN, warnings: Array.from({ length: 1e6 }, () => 1) }),
    }, /^Cannot read a result of wsmark: it has more than 500,000 values$/],
    ["a hundred thousand trials that are none", {
      "results.json": JSON.stringify({ ...BEGUN, trials: Array.from({ length: 1e5 }, () => ({})) }),
    }, /^Cannot read a result of wsmark: trials\.0/],
    ["a metric that every object has", {
      "results.json": JSON.stringify({
        ...BEGUN,
        scenarios: [{
          ...{ id: "a", title: "A", question: "?", cases: [] },
          metrics: [{ id: "constructor", title: "", unit: "", better: "none" }],
        }],
      }),
    }, /scenarios\.0\.metrics\.0\.id: a name that means something else/],
  ] as const
) {
  Deno.test(`readResult() refuses ${what}, in one line`, () =>
    withFolder(files, async (folder) => {
      await assert.rejects(readResult(folder), { name: "SyntaxError", message });
    }));
}

Deno.test("readResult() leaves out a line whose histogram inflates without end", () =>
  withFolder({
    "results.json": JSON.stringify(BEGUN),
    "trials.jsonl": JSON.stringify(completedTrial({})) + "\n" + JSON.stringify(BOMB) + "\n",
  }, async (folder) => {
    const { trials, warnings } = await readResult(folder);
    assert.equal(trials.length, 1);
    const [damage] = warnings.filter(({ kind }) => kind === "damaged lines");
    assert.match(
      JSON.stringify(damage),
      /"lines":\[2\],.*line 2\.histograms\.serviceTime: it inflates to more/,
    );
  }));

Deno.test("readResult() refuses files of gigabytes without reading them", () =>
  withFolder({ "results.json": JSON.stringify(BEGUN) }, async (folder) => {
    await Deno.writeTextFile(`${folder}/trials.jsonl`, "");
    await Deno.truncate(`${folder}/trials.jsonl`, 2e9);
    const message = / is too large: it has 2,000 MB, and at most 500 are read$/;
    await assert.rejects(readResult(folder), { name: "SyntaxError", message });
    await Deno.truncate(`${folder}/results.json`, 2e9);
    await assert.rejects(readResult(folder), { name: "SyntaxError", message });
  }));
