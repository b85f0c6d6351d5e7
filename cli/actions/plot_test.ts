import assert from "node:assert/strict";
import exceljs from "exceljs";
import { rounds, runOf } from "../../measure/judge/changes_testdata.ts";
import { inFolder } from "../../bench/testing/folder.ts";
import { writeRun, wsmark } from "../testing.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47];
const samples = { every: 1, atMs: [1, 2, 3, 4], latencyMs: [0.1, 0.2, 0.1, 5] };

Deno.test("plot draws the latencies that a run kept", () =>
  inFolder(async (parent) => {
    const trials = rounds("native").map((trial) => ({ ...trial, samples }));
    const folder = writeRun(`${parent}/run`, runOf(trials));
    const out = `${parent}/a picture.png`;
    const { code, stdout, stderr } = await wsmark("plot", folder, "--out", out, "--window", "2");
    assert.deepEqual([code, stdout, stderr], [0, `${out}\n`, ""]);
    assert.deepEqual([...Deno.readFileSync(out).subarray(0, 4)], PNG);
  }));

Deno.test("plot draws the column of a workbook that somebody else made", () =>
  inFolder(async (parent) => {
    const workbook = new exceljs.Workbook();
    workbook.addWorksheet("Mine").addRows([["No", "RTT ms"], [1, 3], [2, 4], [3, 5]]);
    const file = `${parent}/mine.xlsx`;
    await workbook.xlsx.writeFile(file);
    const out = `${parent}/rtt.svg`;
    const { code } = await wsmark("plot", file, "--column", "rtt", "--out", out);
    assert.equal(code, 0);
    assert.ok(Deno.readTextFileSync(out).includes("mine.xlsx, sheet Mine"));
    const missing = await wsmark("plot", file, "--out", out);
    assert.equal(missing.code, 2);
    assert.match(
      missing.stderr,
      /it has no column "latency" of numbers\. Headings: "No", "RTT ms"/,
    );
  }));

Deno.test("plot says in one line what it cannot draw", () =>
  inFolder(async (parent) => {
    const folder = writeRun(`${parent}/run`, runOf(rounds("native")));
    for (
      const [args, message] of [
        [[folder, "--scenario", "lag"], /^error: Cannot find the scenario, the run has /],
        [
          [folder, "--out", "x.pdf"],
          /^error: --out must end in \.png or \.svg: received "x\.pdf"$/,
        ],
        [[folder, "--window", "0"], /^error: The window must be a whole number from 1 /],
        [[`${parent}/none.xlsx`], /^error: Cannot read ".*none\.xlsx": No such file/],
        [[`${parent}/none`], /^error: There is no results\.json in /],
      ] as const
    ) {
      const { code, stderr } = await wsmark("plot", ...args);
      assert.equal(code, 2);
      assert.match(stderr.trimEnd(), message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    }
  }));
