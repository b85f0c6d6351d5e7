import assert from "node:assert/strict";
import { planRun } from "../../bench/plan/options.ts";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { duration, planText } from "./dry_run.ts";
import { wsmarkIn } from "../testing.ts";

for (
  const [ms, text] of [
    [0, "1 s"],
    [40_400, "40 s"],
    [90_000, "2 min"],
    [300_000, "5 min"],
    [3_590_000, "1 h"],
    [4_800_000, "1 h 20 min"],
  ] as const
) {
  Deno.test(`duration() makes ${text} of ${ms} ms`, () => assert.equal(duration(ms), text));
}

Deno.test("planText() shows servers, cases, rounds and how many trials they make", () => {
  const text = planText(
    planRun({ servers: ["native", "socketio"], scenarios: ["burst", "rate"], rounds: 3, seed: 7 }),
  );
  for (
    const line of [
      /^Servers {7}native, client wire$/m,
      /^ {14}socketio, client wire$/m,
      /^ {14}burst: 10,000 messages$/m,
      /^Scenarios {5}rate: 64 connections, 64 B, 10 % load$/m,
      /^Rounds {8}3, each trial with 0\.25 s of warm-up and a window of 0\.4 s \(profile standard, seed 7\)$/m,
      /^ {14}24 in the rounds: 2 servers × 4 cases × 3 rounds$/m,
      /^ {14}2 before them to find arrival rates$/m,
      /^Time {10}about \d+ s: the trials \d+ s, the rest to begin and for all reports$/m,
    ]
  ) assert.match(text, line);
  assert.doesNotMatch(text, /Left out|a search/);
  assert.ok(text.endsWith("\nNothing was started or written."));
});

Deno.test("planText() has the trials that tell why, which are not scored", () => {
  const options = { servers: ["native", "ws"], rounds: 3, seed: 7, explain: true } as const;
  const text = planText(planRun({ ...options, scenarios: ["burst", "capacity"] }));
  assert.match(
    text,
    /^ {14}2 more after them to tell why, not scored, each with a window of 2 s \(--explain\)$/m,
  );
  assert.match(text, /: the trials [\d a-z]+, those that tell why \d+ s, the rest to begin/);
  const longer = planText(planRun({ ...options, scenarios: ["burst"], durationMs: 3000 }));
  assert.match(longer, /each with a window of 3 s \(--explain\)/);
  const searches = planText(planRun({ ...options, scenarios: ["capacity"] }));
  assert.match(searches, /none more to tell why \(--explain\): searches are not explained/);
  assert.doesNotMatch(searches, /those that tell why/);
});

Deno.test("planText() says how many generators there are, or that they are found", () => {
  const text = (generators: number | "auto", cpus = 1): string => {
    const plan = planRun({ servers: ["native"], scenarios: ["latency"], generators });
    const pinning = { server: [0], generator: new Array(cpus).fill(1) };
    return planText({ ...plan, settings: { ...plan.settings, pinning } });
  };
  assert.doesNotMatch(text(1), /^Generators/m);
  assert.match(text(3), /^Generators {4}3$/m);
  assert.match(text("auto"), /^Generators {4}1, as there is 1 CPU for them$/m);
  assert.match(
    text("auto", 8),
    /^Generators {4}from 1 to 8, found by short windows before the first trial \(--generators auto\)$/m,
  );
});

Deno.test("planText() says that rounds end early where a precision is asked for", () => {
  const text = planText(
    planRun({ servers: ["native"], scenarios: ["burst"], until: 0.05, rounds: 30, seed: 7 }),
  );
  assert.match(text, /^Order {9}the servers of a case back to back, /m);
  assert.match(
    text,
    /^Rounds {8}30 at most, until its rates are known to ±5 %, each trial with /m,
  );
  assert.match(
    text,
    /^Time {10}about \d+ s at most: the trials \d+ s, the rest to begin and for all reports$/m,
  );
});

Deno.test("run --dry-run takes an order and a precision, and refuses what is neither", async () => {
  await inFolder(async (folder) => {
    const run = (...options: readonly string[]) =>
      wsmarkIn(folder, "--dry-run", "--servers", "native", "--scenarios", "latency", ...options);
    const { code, stdout } = await run("--order", "shuffled", "--until", "±7%");
    assert.equal(code, 0);
    assert.match(stdout, /100 at most, until its rates are known to ±7 %/);
    assert.match(stdout, /^ {14}1 before them for the ceiling of the generator$/m);
    assert.match(
      (await run("--no-ceiling")).stdout,
      /^ {14}none for the ceiling of the generator \(--no-ceiling\)$/m,
    );
    assert.equal(
      (await run("--order", "block")).stderr,
      'error: Unknown order "block", did you mean "blocks"? Known: blocks, shuffled\n',
    );
    assert.equal(
      (await run("--until", "0%")).stderr,
      "error: The precision (--until) must be from 0.1 to 100 %: received 0 %\n",
    );
  });
});

Deno.test("planText() says what the name of a mix stands for", () => {
  const text = planText(planRun({ servers: ["native"], scenarios: ["mixed"] }));
  assert.match(text, /^Scenarios {5}mixed: chat, 1,000 connections\n {16}chat: 90 % listeners \(/m);
});

Deno.test("planText() says how long a search takes, and what is left out with the reason", () => {
  const plan = planRun({ servers: ["ws"], scenarios: ["capacity"] });
  const leftOut = [{ id: "bun", title: "Bun.serve", reason: "there is no bun" }];
  const text = planText({ ...plan, leftOut });
  assert.match(text, /^ {14}capacity: some 20 windows more/m);
  assert.match(text, /^Left out {6}Bun\.serve: there is no bun$/m);
});

Deno.test("planText() says which scenario has a longer window than was asked for", () => {
  const plan = (durationMs: number): string =>
    planText(planRun({ servers: ["ws"], scenarios: ["slow-reader"], durationMs }));
  assert.match(plan(400), /^ {14}slow-reader: a window of 2 s$/m);
  assert.doesNotMatch(plan(2000), /slow-reader: a window/);
});

Deno.test("run --dry-run refuses what the run would refuse, in the same words", async () => {
  await inFolder(async (folder) => {
    for (
      const [options, message] of [
        [
          ["--command", "mine=wsmark-nothing {port}"],
          /^error: The program "wsmark-nothing" in the command of mine is in /,
        ],
        [
          ["--url", "mine=ws://127.0.0.1:1/{env.WSMARK_NOTHING}"],
          /^error: The path of mine has {env\.WSMARK_NOTHING}, and /,
        ],
        [
          ["--command", "mine=node 'a b {port}"],
          /^error: The command of mine has a quote that is not closed: received /,
        ],
      ] as const
    ) {
      const { code, stderr } = await wsmarkIn(folder, "--dry-run", ...options);
      assert.match(stderr, message);
      assert.equal(code, 2);
      assert.equal((await wsmarkIn(folder, ...options)).stderr, stderr);
    }
  });
});

Deno.test("run --dry-run prints the plan, starts nothing and writes nothing", async () => {
  await inFolder(async (folder) => {
    const gone = "mine=ws://127.0.0.1:1/";
    const { code, stdout, stderr } = await wsmarkIn(
      ...[folder, "--dry-run", "--url", gone, "--servers", "native", "--scenarios", "latency"],
    );
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Servers {7}native, client wire\n {14}mine, client wire$/m);
    assert.match(stdout, /^Trials {8}2\d in all$/m);
    assert.deepEqual(namesIn(folder), []);
  });
});

Deno.test("run --dry-run refuses what a run would refuse", async () => {
  await inFolder(async (folder) => {
    const outcome = await wsmarkIn(folder, "--dry-run", "--assert", "latncy.p50 < 1ms");
    assert.equal(outcome.code, 2);
    assert.match(outcome.stderr, /^error: .*latncy/);
    assert.equal(outcome.stdout, "");
    await Deno.writeTextFile(`${folder}/other`, "");
    const full = await wsmarkIn(folder, "--dry-run", "--out", ".");
    assert.equal(full.code, 2);
    assert.equal(
      full.stderr,
      'error: Cannot write to the folder ".": it holds other files. Name a new or empty one with --out\n',
    );
  });
});

Deno.test("planText() keeps to a width, and indents what follows", () => {
  const plan = planRun({ servers: ["native"], scenarios: ["mixed"], seed: 7 });
  const lines = planText(plan, 60).split("\n");
  for (const line of lines) assert.ok(line.length <= 60, line);
  const words = (text: string): string[] => text.split(/\s+/);
  assert.deepEqual(words(lines.join(" ")), words(planText(plan)));
  assert.match(lines.join("\n"), /^Rounds {8}10, each trial .*\n {16}\S/m);
});

Deno.test("planText() counts the trials that are left out", () => {
  const text = planText(
    planRun({ servers: ["native", "ws"], scenarios: ["latency"], matrix: ["deflate"] }),
  );
  assert.match(text, /40 in the rounds: 2 servers × 3 cases × 10 rounds, without the 20 that are/);
  assert.match(text, /^Left out {6}Deno\.serve in 2 cases: no compression, as /m);
});
