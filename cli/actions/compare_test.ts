import assert from "node:assert/strict";
import {
  laterRunOf,
  rounds,
  runOf,
  scenario,
  serversOf,
} from "../../measure/judge/changes_testdata.ts";
import { failedTrial } from "../../measure/model/testdata.ts";
import type { Result } from "../../measure/model/result.ts";
import { inFolder } from "../../bench/testing/folder.ts";
import { type CommandEnd, writeRun, wsmark, wsmarkIn } from "../testing.ts";

const OLD = runOf([...rounds("native"), ...rounds("ws")]);
const SAME = laterRunOf([...rounds("native"), ...rounds("ws")]);
/** The server ws is 10 % slower and takes 50 % more CPU time. */
const WORSE = laterRunOf([...rounds("native"), ...rounds("ws", { speed: 0.9, effort: 1.5 })]);

/** The same, with another version of both servers. */
const WITHOUT_COMMON = {
  ...WORSE,
  servers: serversOf("native", "ws").map((server) => ({ ...server, library: "other 2.0.0" })),
};

/** Compares two runs, with options after the folders. */
async function compare(
  before: Result,
  after: Result | Record<string, unknown>,
  ...options: readonly string[]
): Promise<CommandEnd> {
  let outcome: CommandEnd | undefined;
  await inFolder(async (parent) => {
    const folders = [writeRun(`${parent}/old`, before), writeRun(`${parent}/new`, after)];
    const { code, stdout, stderr } = await wsmark("compare", ...folders, ...options);
    const short = (text: string): string => text.replaceAll(parent, "");
    outcome = { code, stdout: short(stdout), stderr: short(stderr) };
  });
  return outcome!;
}

Deno.test("compare shows what has changed, a summary last, and ends with 0", async () => {
  const { code, stdout, stderr } = await compare(OLD, WORSE);
  assert.match(
    stdout,
    /Rate in messages\/s, higher is better\n.*native .* 0 % .* not told apart\n/,
  );
  assert.match(stdout, /ws +100 +90\.0 +−10 % +−10 % .* worse\n/);
  assert.match(stdout, /divided by that of native, which is the same\s+in both runs/);
  assert.match(stdout, /\n2 of 4 figures are worse, 2 not told apart\.\n$/);
  assert.deepEqual([code, stderr], [0, ""]);
});

Deno.test("compare says that no change is more than probable without a server that is the same", async () => {
  const { code, stdout } = await compare(OLD, WITHOUT_COMMON);
  assert.match(stdout, /ws +100 +90\.0 +−10 % .* probably worse\n/);
  assert.match(stdout, /A whole run may be off, .* no change is more than\s+probable/);
  assert.match(stdout, /\n0 of 4 figures are worse, 2 probably worse, 2 not told apart\.\n$/);
  assert.equal(code, 0);
});

Deno.test("compare warns of another machine before the summary", async () => {
  const machine = [{ group: "Processor", name: "Model", value: "Other CPU" }];
  const { stdout } = await compare(OLD, { ...SAME, machine });
  assert.match(stdout, /\n! Processor: Example CPU in OLD, Other CPU in NEW\n[^]*\n0 of 4 figures/);
});

Deno.test("compare --fail-on-regression ends with 3 and names each figure that is too much worse", async () => {
  const { code, stdout, stderr } = await compare(OLD, WORSE, "--fail-on-regression", "5%");
  assert.match(
    stderr,
    /^FAILED ws, Throughput, size 64: Rate 100 → 90\.0 messages\/s, −10 % .*\nFAILED ws, .* CPU .*\n$/,
  );
  assert.match(stdout, /2 of 4 figures are worse/);
  assert.equal(code, 3);
});

Deno.test("compare --fail-on-regression ignores what is worse by less", async () => {
  const { code, stderr } = await compare(OLD, WORSE, "--fail-on-regression=20");
  assert.match(stderr, /^FAILED ws, Throughput, size 64: Server CPU time per message .*\n$/);
  assert.equal(code, 3);
  assert.equal((await compare(OLD, WORSE, "--fail-on-regression", "60%")).code, 0);
});

Deno.test("compare --fail-on-regression 0 ends with 0 if nothing is clearly worse", async () => {
  const { code, stderr } = await compare(OLD, SAME, "--fail-on-regression", "0");
  assert.deepEqual([code, stderr], [0, ""]);
});

Deno.test("compare --fail-on-regression ends with 3 if a server has become broken", async () => {
  const place = { server: "ws", scenario: "throughput", case: "size=64" };
  const broken = laterRunOf([...rounds("native"), { ...failedTrial("it ended"), ...place }]);
  const { code, stderr } = await compare(OLD, broken, "--fail-on-regression", "50%");
  assert.equal(stderr, "FAILED ws, Throughput, size 64: 1 of 1 trial failed in NEW\n");
  assert.equal(code, 3);
});

Deno.test("compare --fail-on-regression ends with 3 if nothing could be compared", async () => {
  const short = laterRunOf(rounds("native").slice(0, 2));
  const { code, stderr } = await compare(OLD, short, "--fail-on-regression", "5%");
  assert.equal(
    stderr,
    "FAILED nothing could be compared: it takes 5 rounds or more in both runs\n",
  );
  assert.equal(code, 3);
  assert.equal((await compare(OLD, short)).code, 0);
});

Deno.test("compare --fail-on-regression ends with 3 if no server is the same in both runs", async () => {
  const { code, stderr } = await compare(OLD, WITHOUT_COMMON, "--fail-on-regression", "5%");
  assert.equal(
    stderr,
    "FAILED no change can be clear without a server that is the same in both runs: add one, as --servers native does\n",
  );
  assert.equal(code, 3);
  const alone = runOf(rounds("ws"), { servers: serversOf("ws") });
  const later = laterRunOf(rounds("ws"), { servers: serversOf("ws") });
  assert.equal((await compare(alone, later, "--fail-on-regression", "5%")).code, 3);
  const short = laterRunOf([...rounds("native"), ...rounds("ws").slice(0, 2)]);
  assert.deepEqual(
    (({ code, stderr }) => [code, stderr])(
      await compare(OLD, short, "--fail-on-regression", "5%"),
    ),
    [3, "FAILED nothing could be compared: it takes 5 rounds or more in both runs\n"],
    "there is such a server, but nothing to judge by it",
  );
});

const OTHER_CASE = { ...SAME, scenarios: [scenario("throughput", [{ size: 128 }])] };

for (
  const [what, after, options, message] of [
    [
      "other cases",
      OTHER_CASE,
      [],
      /^error: Cannot compare \/old with \/new: they have no case in common: throughput has size=64 in OLD, size=128 in NEW\. Give both the same --size\n$/,
    ],
    [
      "another version of the layout",
      { ...SAME, schemaVersion: 0 },
      [],
      /^error: Cannot read a result of wsmark: schemaVersion: .*\. The run in \/new is .* of another version of wsmark: make it again\n$/,
    ],
    [
      "what is not a result",
      {},
      [],
      /^error: Cannot read a result of wsmark: .*\. The run in \/new is damaged, .*\n$/,
    ],
    [
      "a limit below 0",
      SAME,
      ["--fail-on-regression", "-1"],
      /^error: --fail-on-regression needs a percentage, such as 5%: received "-1"\n$/,
    ],
    [
      "a third folder",
      SAME,
      ["third"],
      /^error: Unexpected argument "third": compare takes no more, see --help\n$/,
    ],
  ] as const
) {
  Deno.test(`compare refuses ${what} in one line with exit code 2`, async () => {
    const { code, stdout, stderr } = await compare(OLD, after, ...options);
    assert.match(stderr, message);
    assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    assert.deepEqual([code, stdout], [2, ""]);
  });
}

Deno.test("compare says in one line that a folder is missing", async () => {
  const folder = await Deno.makeTempDir();
  const { code, stderr } = await wsmarkIn(folder, "compare", "/nowhere", "/nowhere");
  assert.equal(
    stderr,
    "error: There is no results.json in /nowhere. Name the folder of a run: there is none in results/ yet\n",
  );
  assert.equal(code, 2);
  for (const name of ["a", "b"]) {
    Deno.mkdirSync(`${folder}/results/${name}`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/results/${name}/plan.json`, "{}");
    Deno.utimeSync(`${folder}/results/${name}/plan.json`, 1, name === "a" ? 1 : 2);
  }
  assert.equal(
    (await wsmarkIn(folder, "compare", "/nowhere")).stderr,
    "error: Missing: NEW, the folder of a run: the newest is results/b\n",
  );
  assert.equal(
    (await wsmarkIn(folder, "compare")).stderr,
    "error: Missing: OLD NEW, the folders of two runs: the newest are results/a and results/b\n",
  );
  await Deno.remove(folder, { recursive: true });
});
