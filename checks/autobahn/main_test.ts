import assert from "node:assert/strict";
import { engines } from "../../bench/testing/engines.ts";
import { needing } from "../testing/needs.ts";
import { formatVerdicts } from "./main.ts";

const script = (name: string): string => new URL(name, import.meta.url).pathname;

/** Runs the program; `args` come after its name. */
async function autobahn(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", script("main.ts"), ...args],
    env,
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** The small suite of this folder, in a process of its own: the loop of an engine lets nothing else run. */
async function withSuite(run: (url: string) => Promise<void>): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-net", script("testing/server.ts")],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const { value } = await reader.read();
    await run(JSON.parse(value!).url);
  } finally {
    child.kill();
    await reader.cancel();
    await child.status;
  }
}

for (
  const { echo, needs } of [
    ...engines.map(({ engine, needs }) => ({ echo: engine, needs })),
    { echo: "client", needs: [] },
  ]
) {
  Deno.test(needing(needs, {
    name: `the wire client (${echo}) does what RFC 6455 wants of a client that echoes`,
    fn: () =>
      withSuite(async (url) => {
        const { code, stdout, stderr } = await autobahn(["--url", url, "--echoes", echo]);
        assert.deepEqual([stderr, stdout, code], ["", `${echo}: 17 cases: 17 OK\n`, 0]);
      }),
  }));
}

Deno.test("formatVerdicts() counts by behaviour, and names the cases that are not right", () => {
  const verdicts = ["OK", "NON-STRICT", "OK", "INFORMATIONAL", "FAILED"]
    .map((behavior, index) => ({ id: `1.1.${index}`, behavior }));
  assert.deepEqual(formatVerdicts("epoll", verdicts), [
    "epoll: 5 cases: 2 OK, 1 NON-STRICT, 1 INFORMATIONAL, 1 FAILED",
    "  1.1.1 NON-STRICT",
    "  1.1.4 FAILED",
  ]);
});

for (
  const [what, args, env, message] of [
    [
      "an unknown echo",
      ["--echoes", "epol"],
      {},
      /^error: --echoes must name some of epoll, uring, tcp, client: received 'epol'\n$/,
    ],
    [
      "a URL at which nobody listens",
      ["--url", "ws://127.0.0.1:1"],
      {},
      /^error: No fuzzing server answers at ws:\/\/127\.0\.0\.1:1\/getCaseCount: connection refused\n$/i,
    ],
    [
      "a Python that is not there",
      [],
      { WSMARK_PYTHON: "/nowhere/python" },
      /^error: The suite cannot be started by \/nowhere\/python \(.*\): run 'python3 -m pip install kosoku', .*\n$/,
    ],
    [
      "a Python without the suite",
      [],
      { WSMARK_PYTHON: "/bin/false" },
      /^error: The suite cannot be started by \/bin\/false \(it ended with 1\): .* by --url\n$/,
    ],
  ] as const
) {
  Deno.test(`deno task autobahn refuses ${what}`, async () => {
    const { code, stderr } = await autobahn(args, env);
    assert.match(stderr, message);
    assert.equal(code, 2);
  });
}
