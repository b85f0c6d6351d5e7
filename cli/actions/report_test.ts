import assert from "node:assert/strict";
import { rounds, runOf } from "../../measure/judge/changes_testdata.ts";
import { parseResult } from "../../measure/model/schema.ts";
import { inFolder } from "../../bench/testing/folder.ts";
import { writeRun, wsmark } from "../testing.ts";

const RUN = runOf([...rounds("native"), ...rounds("ws", { speed: 0.5 })]);

Deno.test("report --assert says how many checks held, and ends with 0", () =>
  inFolder(async (parent) => {
    const folder = writeRun(`${parent}/run`, RUN);
    const { code, stdout, stderr } = await wsmark(
      ...["report", folder, "--reports", "xlsx", "--assert", "throughput.rate > 10"],
      ...["--assert", "ws.throughput.rate<1k"],
    );
    assert.deepEqual([code, stderr], [0, "held: all of 3 checks\n"]);
    assert.ok(stdout.includes(`${folder}/results.xlsx`));
  }));

Deno.test("report --assert prints each check that failed, and ends with 3", () =>
  inFolder(async (parent) => {
    const folder = writeRun(`${parent}/run`, RUN);
    const { code, stdout, stderr } = await wsmark(
      ...["report", folder, "--reports", "md", "--assert", "throughput.rate > 80"],
      ...["--assert", "throughput.cpu.message < 1us"],
    );
    assert.deepEqual(stderr.split("\n"), [
      "FAILED throughput.rate > 80: ws, size 64: 50.0 messages/s",
      "FAILED throughput.cpu.message < 1us: native, size 64: 10.0 µs",
      "FAILED throughput.cpu.message < 1us: ws, size 64: 10.0 µs",
      "held: 1 of 4 checks",
      "",
    ]);
    assert.ok(stdout.includes(`${folder}/report.md`), "the reports are made all the same");
    assert.equal(code, 3);
  }));

const WRONG = {
  ...RUN,
  trials: RUN.trials.map((trial) =>
    trial.server !== "ws" || trial.state !== "completed" ? trial : {
      ...trial,
      integrity: { ...trial.integrity, sent: 12_000, lost: 7 },
      warnings: [
        { kind: "wrong replies", lost: 7, duplicated: 0, reordered: 0, corrupted: 0 } as const,
      ],
    }
  ),
};

Deno.test("report ends with 1 if replies were wrong, and says so first", () =>
  inFolder(async (parent) => {
    const folder = writeRun(`${parent}/run`, WRONG);
    const { code, stdout } = await wsmark("report", folder, "--reports", "md");
    assert.match(stdout, /^✗ ws lost [\d,]+ of [\d,]+ replies/);
    assert.equal(code, 1);
    const asserted = await wsmark(
      "report",
      folder,
      "--reports",
      "md",
      "--assert",
      "throughput.rate > 1M",
    );
    assert.equal(asserted.code, 3);
  }));

Deno.test("report --baseline compares with another server", () =>
  inFolder(async (parent) => {
    const folder = writeRun(`${parent}/run`, RUN);
    const { code, stderr } = await wsmark(
      ...["report", folder, "--reports", "json", "--baseline", "ws"],
    );
    assert.deepEqual([code, stderr], [0, ""]);
    const written = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    assert.equal(written.settings.baseline, "ws");
  }));

for (
  const [options, message] of [
    [
      ["--baseline", "socketio"],
      'The baseline "socketio" is not a server of the run: name one of native, ws',
    ],
    [
      ["--assert", "throughput.rat > 1"],
      'Cannot use the assertion "throughput.rat > 1": unknown metric of throughput "rat", did you mean "rate"? Known: rate, cpu.message',
    ],
    [["--assert="], "--assert needs a value: --assert TEXT"],
  ] as const
) {
  Deno.test(`report ${options.join(" ")} is one clear line, exit code 2 and no report`, () =>
    inFolder(async (parent) => {
      const folder = writeRun(`${parent}/run`, RUN);
      assert.deepEqual(await wsmark("report", folder, ...options), {
        code: 2,
        stdout: "",
        stderr: `error: ${message}\n`,
      });
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["results.json"]);
    }));
}
