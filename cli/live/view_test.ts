import assert from "node:assert/strict";
import { inFolder } from "../../bench/testing/folder.ts";
import { readResult } from "../../bench/folder/read_result.ts";

const PROGRAM = new URL("../wsmark.ts", import.meta.url).href;

function start(
  folder: string,
  durationS: number,
  env: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", PROGRAM, "--live", "--no-config", "--reports", "json"].concat(
      `--servers native --scenarios latency --rounds 100 --duration ${durationS} --warmup 0 --no-ceiling`
        .split(" "),
      ["--out", `${folder}/run`],
    ),
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

Deno.test("run --live listens only on loopback, whatever the environment says", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await start(folder, 0.1, { DENO_SERVE_ADDRESS: "tcp:0.0.0.0:0" })
      .output();
    assert.equal(code, 2);
    assert.equal(
      new TextDecoder().decode(stderr),
      "error: The live view listens on 127.0.0.1 only: " +
        'unset DENO_SERVE_ADDRESS, which is "tcp:0.0.0.0:0"\n',
    );
  }));

Deno.test("run --live ends its events with the run when it is interrupted, and keeps the results", () =>
  inFolder(async (folder) => {
    const child = start(folder, 2);
    const [ours, rest] = child.stderr.tee();
    let text = "";
    for await (const chunk of ours.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes("/\n")) break;
    }
    const url = /^live view: (\S+)$/m.exec(text)?.[1];
    const events = await fetch(`${url}events`);
    let sent = "";
    let isAsked = false;
    for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
      sent += chunk;
      // A point comes while the window is open: a trial is running, and many are to follow.
      if (isAsked || !sent.includes('"isWarmup":false')) continue;
      child.kill("SIGINT");
      isAsked = true;
    }
    await rest.cancel();
    const states = sent.match(/"status":"\w+"/g)!;
    assert.equal(states.at(-1), '"status":"interrupted"');
    assert.equal((await child.status).code, 130);
    assert.equal((await readResult(`${folder}/run`)).state, "interrupted");
  }));
