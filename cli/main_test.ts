/** The program as its users meet it: as a process. */

import assert from "node:assert/strict";
import { descendantsOf } from "../bench/process/descendants.ts";
import { inFolder, namesIn } from "../bench/testing/folder.ts";
import { VERSION } from "../bench/version.ts";
import { needing } from "../checks/testing/needs.ts";
import { freePort } from "../checks/testing/port.ts";
import { until } from "../checks/testing/until.ts";

const program = [
  Deno.execPath(),
  "run",
  "--allow-all",
  new URL("./wsmark.ts", import.meta.url).href,
];

/** One trial, and one of the reference server; so long that a busy machine gets an answer in it. */
const WHOLE = ["--servers", "native", "--scenarios", "latency", "--rounds", "1"]
  .concat("--duration", "0.5", "--warmup", "0");
/** One trial, whatever comes of it. */
const SHORT = [...WHOLE, "--duration", "0.1", "--no-ceiling"];

function start(args: readonly string[]): Deno.ChildProcess {
  const [command, ...rest] = [...program, ...args];
  return new Deno.Command(command!, {
    args: rest,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", INIT_CWD: ".", npm_command: "" },
  }).spawn();
}

async function wsmark(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await start(args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const WORKBOOK = ["plan.json", "results.json", "results.xlsx", "trials.jsonl"];
/** A report that is made in no time; that the workbook is made, too, is shown by the first Ctrl-C. */
const TEXT = ["plan.json", "report.md", "results.json", "summary.md", "trials.jsonl"];
const ALL_FILES = [
  "csv",
  "plan.json",
  "plots",
  "proof.json",
  "report.html",
  "report.md",
  "results.json",
  "results.xlsx",
  "summary.md",
  "trials.jsonl",
];

Deno.test("--help shows the options in groups, and the other commands", async () => {
  const { code, stdout } = await wsmark("--help");
  assert.equal(code, 0);
  for (const word of ["--servers A,B|all", "--profile NAME", "report DIR", "list", "serve"]) {
    assert.ok(stdout.includes(word), word);
  }
  const headings = [...stdout.matchAll(/^[A-Z].*:$/gm)].map(([line]) => line);
  for (const one of ["What to compare:", "How long:", "Results:", "Comparing:", "Advanced:"]) {
    assert.ok(headings.includes(one), one);
  }
});

Deno.test("--help of no command has a line of more than 80 characters", async () => {
  const commands = [
    "run",
    "resume",
    "report",
    "compare",
    "list",
    "plot",
    "verify",
    "serve",
    "nats",
  ];
  const all = await Promise.all([["--help"], ...commands.map((name) => [name, "--help"])].map(
    async (args) => (await wsmark(...args)).stdout,
  ));
  for (const line of all.join("\n").split("\n")) assert.ok([...line].length <= 80, line);
});

Deno.test("COMMAND --help shows the options of that command", async () => {
  const { code, stdout } = await wsmark("serve", "--help");
  assert.equal(code, 0);
  assert.ok(stdout.includes("--port N") && !stdout.includes("--rounds"));
});

Deno.test("--version shows the version", async () => {
  assert.deepEqual(await wsmark("--version"), {
    code: 0,
    stdout: `wsmark ${VERSION}\n`,
    stderr: "",
  });
});

Deno.test("mod.ts is the program, too", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", new URL("../mod.ts", import.meta.url).href, "--version"],
  }).output();
  assert.equal(new TextDecoder().decode(stdout), `wsmark ${VERSION}\n`);
});

Deno.test("mod.ts, started as a program, gives a configuration its functions", async () => {
  const library = new URL("../mod.ts", import.meta.url).href;
  await inFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/wsmark.config.ts`,
      `import { defineConfig, planRun, servers, UsageError } from ${JSON.stringify(library)};
      const { id } = servers.find(({ id }) => id === "native")!;
      const plan = planRun({ servers: [id], scenarios: ["latency"] });
      if (plan.contenders.length !== 1 || new UsageError("a").message !== "a") throw new Error("wrong");
      export default defineConfig({ servers: [id], scenarios: ["latency"] });`,
    );
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", library, "--dry-run"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.match(new TextDecoder().decode(stdout), /native/);
  });
});

Deno.test("list shows servers, clients, scenarios and profiles", async () => {
  const { code, stdout } = await wsmark("list");
  assert.equal(code, 0);
  for (
    const word of [
      "native",
      "socketio",
      "websocket",
      "scalability",
      "deno-field",
      "thorough",
    ]
  ) {
    assert.ok(stdout.includes(word), word);
  }
});

for (
  const [args, message] of [
    [["--servers", "natve"], /^error: Unknown server "natve", did you mean "native"\?/],
    [["--duration", "-1"], /^error: The duration must be .* received -1 s\n$/],
    [
      ["--duraton", "1"],
      /^error: Unknown option --duraton, did you mean --duration\? See --help\n$/,
    ],
    [
      ["--out", "/proc/no/such/folder"],
      /^error: Cannot write to the folder "\/proc\/no\/such\/folder": /,
    ],
    [
      ["--out", import.meta.dirname!],
      /it holds other files\. Name a new or empty one with --out\n$/,
    ],
    [["rn"], /^error: Unknown command "rn", did you mean "run"\?/],
    [
      ["report"],
      /^error: Missing: DIR, the folder of a run: (?:the newest is|there is none in) results\/.*\n$/,
    ],
    [
      ["--dry-run", "run", "foo"],
      /^error: Unexpected argument "run": a command goes first, as in /,
    ],
    [
      ["run", "ws"],
      /^error: Unexpected argument "ws": servers are named by --servers ws, scenarios by --scenarios ws\n$/,
    ],
    [["plot"], /^error: Missing: FILE, the folder of a run, or a workbook: /],
    [
      ["--size", "64k"],
      /^error: --size needs a number of bytes, such as 64, 16KiB or 1MB: received "64k"\n$/,
    ],
    [["--size", "1GiB"], /^error: The payload size .*: received 1073741824\n$/],
    [
      ["--warmup", "soon"],
      /^error: --warmup needs a time, such as 10 or 10s, 500ms, 2min: received "soon"\n$/,
    ],
    [
      ["report", "/nowhere"],
      /^error: There is no results\.json in \/nowhere\. Name the folder of a run: .* results\/.*\n$/,
    ],
    [
      ["serve", "--port", "99999"],
      /^error: --port must be an integer from 1 to \d+: received 99999\n$/,
    ],
  ] as const
) {
  Deno.test(`${args.join(" ").replace(import.meta.dirname!, "FULL")} is one clear line and exit code 2`, async () => {
    const { code, stdout, stderr } = await wsmark(...args);
    assert.match(stderr, message);
    assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    assert.equal(stdout, "");
    assert.equal(code, 2);
  });
}

Deno.test("run says in one line that there is no browser", async () => {
  const { code, stdout, stderr } = await new Deno.Command(program[0]!, {
    args: [...program.slice(1), ...SHORT, "--client", "browser"],
    stdin: "null",
    env: { NO_COLOR: "1", WSMARK_BROWSER: "/nonexistent" },
  }).output();
  assert.equal(code, 2);
  assert.equal(stdout.length, 0);
  assert.match(
    new TextDecoder().decode(stderr),
    /^error: The client "browser" needs Chromium, .*received "\/nonexistent".*\n$/,
  );
});

Deno.test("run measures, shows the summary, and writes the workbook, which report makes again", () =>
  inFolder(async (parent) => {
    const folder = `${parent}/run`;
    const { code, stdout, stderr } = await wsmark(...WHOLE, "--out", folder);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /\] round 1 · native · latency, .* ms\n$/);
    assert.ok(stdout.includes("Latency p50 in ms"));
    assert.equal(stdout.trimEnd().split("\n").at(-1), `${folder}/report.html`);
    assert.deepEqual(namesIn(folder), ALL_FILES);
    const workbook = await Deno.readFile(`${folder}/results.xlsx`);
    await Deno.remove(`${folder}/results.xlsx`);
    assert.equal((await wsmark("report", folder, "--reports", "xlsx")).code, 0);
    assert.deepEqual(await Deno.readFile(`${folder}/results.xlsx`), workbook);
  }));

/** What a process writes. */
interface Collected {
  /** Waits for a word in it. */
  includes(word: string): Promise<void>;
  readonly all: Promise<string>;
}

function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Collected {
  let text = "";
  const waiting: { word: string; found: () => void }[] = [];
  const all = (async () => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (const { word, found } of waiting) if (text.includes(word)) found();
    }
    return text;
  })();
  return {
    all,
    async includes(word) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ word, found: resolve });
      if (text.includes(word)) resolve();
      await Promise.race([promise, all]);
      assert.ok(text.includes(word), `"${word}" is missing in: ${text}`);
    },
  };
}

/** Starts a run and waits until its first trial has ended. */
async function startRun(...args: string[]): Promise<{
  process: Deno.ChildProcess;
  stdout: Promise<string>;
  stderr: Promise<string>;
  errors: Collected;
}> {
  const process = start(args);
  const [stdout, errors] = [collect(process.stdout), collect(process.stderr)];
  await errors.includes("1/");
  return { process, stdout: stdout.all, stderr: errors.all, errors };
}

const LONG = ["--servers", "native", "--scenarios", "latency", "--rounds", "100"]
  .concat("--duration", "0.2", "--warmup", "0", "--no-ceiling", "--reports", "xlsx");

Deno.test(needing("Unix", {
  name: "Ctrl-C keeps what had finished, writes the workbook, and ends with 130",
  fn: () =>
    inFolder(async (parent) => {
      const folder = `${parent}/run`;
      const { process, stdout } = await startRun(...LONG, "--out", folder);
      process.kill("SIGINT");
      const { code } = await process.status;
      assert.equal(code, 130);
      assert.match(await stdout, /The run was stopped after \d+ of 100 trials\./);
      assert.deepEqual(namesIn(folder), WORKBOOK);
    }),
}));

const ECHO = new URL("../bench/testing/plain_echo.ts", import.meta.url).pathname;

/**
 * Runs of a user's server, and what its shell does first when it is started for the fourth time: for its second trial,
 * as it was started for the contact and its introduction, too. A busy machine may take its time to start it.
 */
function ownServer(folder: string, atSecondTrial: string): string[] {
  const starts = `${folder}/starts`;
  const script = `echo >> ${starts}; [ $(wc -l < ${starts}) = 4 ] && ${atSecondTrial}; ` +
    `exec ${Deno.execPath()} run --allow-all ${ECHO} $0`;
  return ["--command", `own=sh -c '${script}' {port}`, "--start-timeout", "own=120"]
    .concat("--scenarios", "latency", "--duration", "0.2", "--warmup", "0", "--no-ceiling");
}

/** The last line of a run that was stopped. */
function goOn(folder: string): string {
  return `\ngo on with: deno task bench resume ${folder}\n`;
}

const STOPPING = "stopping after this trial; Ctrl-C again stops now\n";

for (
  const [name, signals, ended] of [
    ["Ctrl-C once finishes the trial that runs", ["SIGINT"], 2],
    ["Ctrl-C twice gives it up", ["SIGINT", "SIGINT"], 1],
    ["a terminal that is closed gives it up", ["SIGHUP"], 1],
  ] as const
) {
  Deno.test(needing("Unix", {
    name: `${name}, and the reports are written`,
    fn: () =>
      inFolder(async (parent) => {
        const folder = `${parent}/run`;
        // The second trial waits in its server until it may continue, so it is running when the signals come.
        const [trial, go] = [`${parent}/trial`, `${parent}/go`];
        const hold = `{ echo > ${trial}; while [ ! -e ${go} ]; do sleep 0.05; done; }`;
        const { process, ...output } = await startRun(
          ...[...ownServer(parent, hold), "--rounds", "50", "--reports", "md", "--out", folder],
        );
        await until("the second trial", () => namesIn(parent).includes("trial"));
        const [first, ...others] = signals;
        process.kill(first);
        // Two at almost the same time count as one.
        if (first === "SIGINT") await output.errors.includes(STOPPING);
        for (const signal of others) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          process.kill(signal);
        }
        if (ended === 2) await Deno.writeTextFile(go, "");
        assert.equal((await process.status).code, 130);
        const [stdout, stderr] = [await output.stdout, await output.stderr];
        assert.equal(stderr.includes(STOPPING), first === "SIGINT", stderr);
        assert.ok(stdout.includes(`The run was stopped after ${ended} of 50 trials`), stdout);
        assert.ok(stderr.endsWith(goOn(folder)), stderr);
        assert.deepEqual(namesIn(folder), TEXT);
      }),
  }));
}

Deno.test(needing("Unix", {
  name: "an output that is no longer read does not end the run",
  fn: () =>
    inFolder(async (parent) => {
      const folder = `${parent}/run`;
      const process = start([...SHORT, "--reports", "md", "--out", folder]);
      await Promise.all([process.stdout.cancel(), process.stderr.cancel()]);
      assert.equal((await process.status).code, 0);
      assert.deepEqual(namesIn(folder), TEXT);
    }),
}));

/** Writes to it fail like those to a full disk. */
const FULL = "/dev/full";

Deno.test({
  name: "a full disk behind both outputs ends neither a run nor another command",
  ignore: !isThere(FULL),
  fn: () =>
    inFolder(async (parent) => {
      const folder = `${parent}/run`;
      for (
        const [args, expected] of [
          [[...SHORT, "--reports", "md", "--out", folder], 0],
          [["report", folder, "--reports", "md"], 0],
          [["compare", folder, folder], 0],
          [["list"], 0],
          [["--help"], 0],
          [["nonsense"], 2],
        ] as const
      ) {
        const { code } = await new Deno.Command("sh", {
          args: ["-c", `exec "$@" >${FULL} 2>${FULL}`, "sh", ...program, ...args],
          stdin: "null",
        }).output();
        assert.equal(code, expected, args.join(" "));
      }
      assert.deepEqual(namesIn(folder), TEXT);
    }),
});

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

Deno.test(needing("Unix", {
  name: "kill -9 loses no finished trial, and report makes the workbook of what had finished",
  fn: () =>
    inFolder(async (parent) => {
      const folder = `${parent}/run`;
      const { process, ...output } = await startRun(...LONG, "--out", folder);
      let pids: number[] = [];
      await until("a trial's processes", () => {
        pids = descendantsOf(process.pid).map(({ pid }) => pid);
        return pids.length > 0 || Deno.build.os !== "linux";
      });
      process.kill("SIGKILL");
      await Promise.all([process.status, output.stdout, output.stderr]);
      const { code, stdout, stderr } = await wsmark("report", folder, "--reports", "xlsx");
      assert.equal(code, 0);
      assert.equal(`\n${stderr}`, goOn(folder));
      assert.match(stdout, /The run was stopped after \d+ of 100 trials\./);
      assert.deepEqual(namesIn(folder), WORKBOOK);
      await until("the end of the trial's processes", () => !pids.some(isAlive));
    }),
}));

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

Deno.test(needing("Linux", {
  name: "a server that is killed makes a failed trial; the others complete; the exit code is 1",
  fn: () =>
    inFolder(async (parent) => {
      const { code, stdout, stderr } = await wsmark(
        ...[...ownServer(parent, "kill -9 $$"), "--rounds", "3", "--reports", "json"],
        ...["--out", `${parent}/run`],
      );
      assert.equal(code, 1, stdout);
      assert.equal(stderr.match(/FAILED/g)?.length, 1, stderr);
      assert.match(stderr, /FAILED: .*signal SIGKILL/);
      assert.match(stdout, /1 of 3 trials failed/);
    }),
}));

Deno.test(needing("Unix", {
  name: "serve starts servers on known ports and stops them on SIGTERM",
  fn: async () => {
    const port = freePort();
    const process = start(["serve", "--servers", "native", "--port", String(port)]);
    const [stdout, stderr] = [collect(process.stdout), collect(process.stderr)];
    await stdout.includes("Ctrl-C");
    await stdout.includes(`ws://127.0.0.1:${port}/`);
    await stdout.includes(`Page: http://127.0.0.1:${port}/ `);
    assert.match(await (await fetch(`http://127.0.0.1:${port}/`)).text(), /native/);
    process.kill("SIGTERM");
    assert.equal((await process.status).code, 0);
    await stdout.all;
    assert.equal(await stderr.all, "");
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  },
}));

Deno.test("serve says in one line that a port is taken", async () => {
  const { code, stderr } = await withTakenPort((port) =>
    wsmark("serve", "--servers", "ws", "--port", String(port))
  );
  assert.equal(code, 2);
  assert.match(stderr, /^error: .*taken.*\n$/);
});

async function withTakenPort<T>(use: (port: number) => Promise<T>): Promise<T> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return await use(listener.addr.port);
}
