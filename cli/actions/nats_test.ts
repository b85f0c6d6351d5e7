import assert from "node:assert/strict";
import { connectBroker } from "../../bench/agents/broker/connect.ts";
import { needing } from "../../checks/testing/needs.ts";
import { wsmark } from "../testing.ts";

const PROGRAM = new URL("../wsmark.ts", import.meta.url).pathname;

/** Runs `nats` until it has printed its last line, does something meanwhile, and stops it with Ctrl-C. */
async function started(
  options: readonly string[],
  meanwhile: (stdout: string) => Promise<void> | void,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", PROGRAM, "nats", "--port", "0", ...options],
    env,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = child.stderr.text();
  let stdout = "";
  let isDone = false;
  try {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      stdout += text;
      if (isDone || !/^ {2}deno task bench .*\n/m.test(stdout)) continue;
      isDone = true;
      await meanwhile(stdout);
      child.kill("SIGINT");
    }
  } catch (error) {
    child.kill("SIGINT");
    throw error;
  }
  assert.deepEqual([await errors, (await child.status).code], ["", 0]);
}

Deno.test(needing(["nats-server", "Unix"], {
  name: "nats prints a line for agents that works as it is, and Ctrl-C leaves nothing",
  async fn() {
    await started(["--address", "127.0.0.1"], async (stdout) => {
      assert.match(
        stdout,
        /^nats-server [\d.]+ listens on 127\.0\.0\.1, port \d+\. Ctrl-C stops it/,
      );
      assert.match(stdout, /^Whoever sees the network sees the token, too: --tls encrypts it\.$/m);
      const [, url] = /^ {2}deno task agent --nats (nats:\/\/[\w-]{32}@127\.0\.0\.1:\d+)$/m
        .exec(stdout)!;
      assert.ok(stdout.includes(`  deno task agents --nats ${url}\n`));
      assert.ok(stdout.includes(`  deno task bench --agents ${url} --url mine=ws://`));
      await using _broker = await connectBroker({ url: url! });
    });
  },
}));

Deno.test(needing(["nats-server", "Unix"], {
  name: "nats --tls encrypts, with a certificate that is removed in the end",
  async fn() {
    let certificate = "";
    await started(["--address", "127.0.0.1", "--tls"], async (stdout) => {
      const [, url, path] = /^ {2}deno task agents --nats (tls:\S+) --nats-ca (\/\S+nats\.pem)$/m
        .exec(stdout)!;
      certificate = path!;
      assert.ok(stdout.includes(`  deno task agent --nats ${url} --nats-ca nats.pem\n`));
      await using _broker = await connectBroker({ url: url!, ca: path });
    });
    await assert.rejects(Deno.stat(certificate), Deno.errors.NotFound);
  },
}));

Deno.test(needing(["nats-server", "Unix"], {
  name: "nats takes the token of the environment, and prints it nowhere",
  async fn() {
    await started(["--address", "127.0.0.1"], async (stdout) => {
      assert.ok(!stdout.includes("s3cret"));
      assert.match(stdout, /^The token is that of WSMARK_NATS_TOKEN: set it everywhere\.$/m);
      const [, url] = /^ {2}deno task agent --nats (nats:\S+)$/m.exec(stdout)!;
      await using _broker = await connectBroker({
        url: url!,
        access: { "nats-token": "s3cret-token" },
      });
    }, { WSMARK_NATS_TOKEN: "s3cret-token" });
  },
}));

for (
  const [options, message] of [
    [["--port", "70000"], "The port must be a whole number from 0 to 65535: received 70000"],
    [
      ["--address", "example.com"],
      '--address must be an address of this machine: received "example.com"',
    ],
  ] as const
) {
  Deno.test(`nats refuses ${options.join(" ")}`, async () => {
    const { code, stderr } = await wsmark("nats", ...options);
    assert.deepEqual([code, stderr], [2, `error: ${message}\n`]);
  });
}

Deno.test(needing(["nats-server", "Unix"], {
  name: "nats refuses an address that this machine does not have",
  async fn() {
    const { code, stderr } = await wsmark("nats", "--port", "0", "--address", "203.0.113.9");
    assert.equal(code, 2);
    assert.match(stderr, /^error: nats-server .*cannot assign requested address.*\n$/);
  },
}));
