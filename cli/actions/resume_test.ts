import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { describe } from "../../measure/warnings/warnings.ts";
import { parseResult } from "../../measure/model/schema.ts";
import { readResult } from "../../bench/folder/read_result.ts";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { needing } from "../../checks/testing/needs.ts";
import { wsmark, wsmarkIn } from "../testing.ts";

const SHORT = ["--servers", "native", "--scenarios", "latency", "--rounds", "2", "--duration"]
  .concat("0.1", "--warmup", "0", "--reports", "json", "--no-config", "--seed", "1")
  .concat("--no-ceiling");

Deno.test("resume runs what is missing, as the plan has it, and then finds nothing missing", () =>
  inFolder(async (parent) => {
    const folder = `${parent}/run`;
    await wsmark(...SHORT, "--out", folder);
    const path = `${folder}/trials.jsonl`;
    const lines = Deno.readTextFileSync(path).split("\n");
    const whole = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    // As after a kill -9 in the middle of the second write.
    Deno.writeTextFileSync(path, `${lines[0]}\n${lines[1]!.slice(0, 40)}`);
    const killed = { ...whole, state: "running", trials: [] };
    Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(killed));
    Deno.writeTextFileSync(`${folder}/results.json.1.unfinished`, "{");

    const resumed = await wsmark("resume", folder);
    assert.equal(resumed.code, 0, resumed.stderr);
    const all = whole.planned;
    assert.match(
      resumed.stderr,
      /^note: the last line of trials\.jsonl was cut off: it runs again\n/,
    );
    assert.ok(resumed.stderr.includes(`resuming: 1 of ${all} trials are there\n[2/${all}] `));
    const result = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    assert.equal(result.state, "finished");
    assert.match(
      warningsOf(result),
      /The run was stopped and resumed once: its rounds were not run back to back/,
    );
    const names = (trials: typeof whole.trials): unknown =>
      trials.map(({ trial, round, server, case: id }) => [trial, round, server, id]);
    assert.deepEqual(names(result.trials), names(whole.trials));
    assert.deepEqual(result.trials[0], whole.trials[0]);
    assert.equal(Deno.readTextFileSync(path).trimEnd().split("\n").length, all);
    assert.deepEqual(namesIn(folder), ["plan.json", "results.json", "trials.jsonl"]);

    const again = await wsmark("resume", folder);
    assert.equal(again.code, 0);
    assert.equal(again.stderr, `nothing is missing: all ${all} trials are there\n`);
    const same = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    assert.deepEqual(same.trials, result.trials);

    const plan = Deno.readTextFileSync(`${folder}/plan.json`);
    Deno.writeTextFileSync(`${folder}/plan.json`, plan.replaceAll('"native"', '"ws"'));
    const other = await wsmark("resume", folder);
    assert.equal(other.code, 2);
    assert.match(other.stderr, /^error: Line \d of trials\.jsonl is not of the plan .*\n$/);
    Deno.removeSync(`${folder}/plan.json`);
    const without = await wsmark("resume", folder);
    assert.equal(without.code, 2);
    assert.match(without.stderr, /^error: There is no plan\.json in .*: make the run again\n$/);
  }));

Deno.test("resume goes on with a run of an older version, whose rounds were shuffled and whose ceilings ran once", () =>
  inFolder(async (parent) => {
    const folder = `${parent}/run`;
    const options = ["--servers", "native,ws", "--scenarios", "burst,latency", "--rounds", "1"]
      .concat("--duration", "0.1", "--warmup", "0", "--reports", "json", "--no-config");
    await wsmark(...options, "--seed", "1", "--order", "shuffled", "--out", folder);
    const whole = await readResult(folder);
    // What older versions wrote says nothing of the order.
    for (const file of ["plan.json", "results.json"]) {
      const path = `${folder}/${file}`;
      const text = Deno.readTextFileSync(path);
      assert.match(text, ORDER);
      Deno.writeTextFileSync(path, text.replace(ORDER, ""));
    }
    const path = `${folder}/trials.jsonl`;
    const lines = Deno.readTextFileSync(path).trimEnd().split("\n");
    Deno.writeTextFileSync(path, lines.slice(0, 3).join("\n") + "\n");
    const { code, stderr } = await wsmark("resume", folder);
    assert.equal(code, 0, stderr);
    const resumed = await readResult(folder);
    assert.equal(resumed.settings.order, "shuffled");
    assert.deepEqual(rowsOf(resumed), rowsOf(whole));
    assert.equal(whole.trials.filter(({ round }) => round === 0).length, 2);
  }));

const ORDER = /"order": ?"shuffled",?\s*/;

/** The cells of a table that say what was run, not how fast. */
function rowsOf({ trials }: Result): unknown {
  return trials.map((
    { trial, round, server, scenario, case: id, state },
  ) => [trial, round, server, scenario, id, state]);
}

Deno.test("resume runs the trial of a damaged line again, and no other", () =>
  inFolder(async (parent) => {
    const folder = `${parent}/run`;
    // Closed loops before the rounds find the rates: while these are kept, they are not found again.
    const paced = SHORT.map((word) => word === "latency" ? "rate" : word);
    await wsmark(...paced, "--rounds", "1", "--connections", "2", "--out", folder);
    const path = `${folder}/trials.jsonl`;
    const whole = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    const lines = Deno.readTextFileSync(path).split("\n");
    const closedLoop = whole.trials.findIndex(({ round, server }) =>
      round === 0 && server === "native"
    );
    assert.ok(closedLoop >= 0);
    for (const damaged of [closedLoop, whole.trials.length - 2]) {
      lines[damaged] = lines[damaged]!.replace('"state"', '"st\x1bate"');
    }
    Deno.writeTextFileSync(path, lines.join("\n"));
    Deno.writeTextFileSync(
      `${folder}/results.json`,
      JSON.stringify({ ...whole, state: "running", trials: [] }),
    );
    const numbers = [closedLoop + 1, whole.trials.length - 1];

    const report = await wsmark("report", folder, "--reports", "json");
    assert.equal(report.code, 0, report.stderr);
    assert.match(
      warningsOf(parseResult(Deno.readTextFileSync(`${folder}/results.json`))),
      /2 lines of trials\.jsonl could not be read and were left out/,
    );

    const resumed = await wsmark("resume", folder);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.match(
      resumed.stderr,
      /^note: 2 lines of trials\.jsonl could not be read and were left out: \d+, \d+ \(.*\)\.\n/,
    );
    const ran = resumed.stderr.match(/^\[ *\d+/gm)!.map((place) => Number(place.slice(1)));
    assert.deepEqual(ran, numbers);
    const result = parseResult(Deno.readTextFileSync(`${folder}/results.json`));
    assert.deepEqual(rowsOf(result), rowsOf(whole));
    assert.deepEqual(result.scenarios, whole.scenarios);
    const others = ({ trials }: Result): unknown =>
      trials.filter(({ trial }) => !numbers.includes(trial));
    assert.deepEqual(others(result), others(whole));
    const again = await wsmark("resume", folder);
    assert.match(again.stderr, /^nothing is missing: all \d+ trials are there\n$/);
  }));

/** The warnings about the run, in words. */
function warningsOf({ warnings }: Result): string {
  return warnings.map((warning) => describe([warning]).finding).join("\n");
}

const ECHO = new URL("../../bench/testing/plain_echo.ts", import.meta.url).pathname;

Deno.test(needing("Unix", {
  name: "resume --retry-failed runs failed trials again, and their last outcome counts",
  fn: () =>
    inFolder(async (parent) => {
      const folder = `${parent}/run`;
      // It is started for the first contact and to introduce itself, and fails in its first trial.
      const script = `echo >> ${parent}/starts; [ $(wc -l < ${parent}/starts) = 3 ] && exit 7; ` +
        `exec ${Deno.execPath()} run --allow-all ${ECHO} $0`;
      const first = await wsmark(
        ...SHORT.slice(2),
        ...["--command", `own=sh -c '${script}' {port}`, "--start-timeout", "own=120"],
        ...["--out", folder],
      );
      assert.equal(first.code, 1, first.stderr);
      const path = `${folder}/results.json`;
      const before = parseResult(Deno.readTextFileSync(path));
      const failed = before.trials.filter(({ state }) => state === "failed");
      assert.equal(failed.length, 1);

      const without = await wsmark("resume", folder);
      assert.equal(without.code, 1);
      assert.match(
        without.stderr,
        /all \d+ trials are there; 1 of them failed, --retry-failed runs/,
      );
      const retried = await wsmark("resume", folder, "--retry-failed");
      assert.equal(retried.code, 0, retried.stderr);
      const all = before.planned;
      assert.ok(
        retried.stderr.includes(
          `resuming: ${all} of ${all} trials are there, 1 of them failed and runs again\n`,
        ),
        retried.stderr,
      );
      const result = parseResult(Deno.readTextFileSync(path));
      assert.deepEqual([result.state, result.trials.length], ["finished", all]);
      const number = failed[0]!.trial;
      assert.deepEqual(
        result.trials.map(({ trial, state }) => [trial, state]),
        before.trials.map(({ trial }) => [trial, "completed"]),
      );
      const others = ({ trials }: Result): unknown =>
        trials.filter(({ trial }) => trial !== number);
      assert.deepEqual(others(result), others(before));
      assert.deepEqual(result.resumed?.map(({ after, again }) => [after, again]), [[all - 1, 1]]);
      assert.match(warningsOf(result), /One trial that had failed ran again/);
      const lines = Deno.readTextFileSync(`${folder}/trials.jsonl`).trimEnd().split("\n");
      assert.equal(lines.length, all + 1);
      // As after a kill: the trials come from trials.jsonl alone.
      Deno.writeTextFileSync(path, JSON.stringify({ ...result, state: "running", trials: [] }));
      assert.deepEqual((await readResult(folder)).trials, result.trials);
    }),
}));

Deno.test("resume says that a folder has no run", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await wsmarkIn(folder, "resume", folder), {
      code: 2,
      stdout: "",
      stderr:
        `error: There is no trials.jsonl in ${folder}. Name the folder of a run: there is none in results/ yet\n`,
    });
  }));

Deno.test("report says of a run that was killed at once that there is nothing to report", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/trials.jsonl`, "");
    const { code, stderr } = await wsmark("report", folder);
    assert.equal(code, 1);
    assert.match(stderr, /^error: The run in .* was killed before its first trial: .*\n$/);
  }));

Deno.test("resume explains what was not explained yet, and again what failed if it is asked to", () =>
  inFolder(async (parent) => {
    const folder = `${parent}/run`;
    const path = `${folder}/results.json`;
    const read = (): Result => parseResult(Deno.readTextFileSync(path));
    await wsmark(...SHORT, "--explain", "--out", folder);
    const whole = read();
    assert.equal(whole.state, "finished");
    assert.equal(whole.explanations?.length, 1);
    const nothing = await wsmark("resume", folder);
    assert.match(nothing.stderr, /^nothing is missing: /);
    // As after a kill -9 when all rounds were over.
    const { explanations: [explanation] = [], ...killed } = whole;
    Deno.writeTextFileSync(path, JSON.stringify({ ...killed, state: "running", trials: [] }));
    const resumed = await wsmark("resume", folder);
    const { length } = whole.trials;
    assert.ok(
      resumed.stderr.startsWith(
        `resuming: ${length} of ${length} trials are there; of those that tell why 1 is missing\n` +
          "[explaining 1 of 1] native · latency, ",
      ),
      resumed.stderr,
    );
    const result = read();
    assert.equal(result.state, "finished");
    assert.equal(result.explanations?.length, 1);
    assert.deepEqual(result.trials, whole.trials, "the rounds are as they were");

    const broken = { ...explanation!, failed: "it broke", counters: {} };
    Deno.writeTextFileSync(path, JSON.stringify({ ...whole, explanations: [broken] }));
    assert.match((await wsmark("resume", folder)).stderr, /^nothing is missing: /);
    assert.match((await wsmark("resume", folder, "--retry-failed")).stderr, /explaining 1 of 1/);
    assert.equal(read().explanations?.[0]?.failed, undefined);
  }));
