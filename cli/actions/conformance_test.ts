import assert from "node:assert/strict";
import { isWorse } from "./conformance.ts";
import { wsmark } from "../testing.ts";

Deno.test("conformance writes its reports, prints each failed case, and ends with 3", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    const out = `${folder}/out`;
    const { code, stdout, stderr } = await wsmark(
      ...["conformance", "--servers", "native,ws", "--cases", "1.6.1,3.4.1", "--out", out],
    );
    assert.equal(code, 3, stderr);
    assert.match(stdout, /^Deno\.serve +1 +0\/1 +1 +0 +1 +0 +0 +\d+$/m);
    assert.match(
      stdout,
      /^ {2}3\.4\.1 {3}text without a mask: expected the end of the connection; came/m,
    );
    assert.match(stdout, new RegExp(`^${out}/conformance\\.html$`, "m"));
    assert.match(stderr, /^ws: 2 cases in \d+ s, 0 failed$/m);
    assert.deepEqual([...Deno.readDirSync(out)].map(({ name }) => name).toSorted(), [
      ...["conformance.csv", "conformance.html", "conformance.json", "conformance.xlsx"],
      "junit.xml",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("conformance tries clients", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    const out = `${folder}/out`;
    const { code, stdout, stderr } = await wsmark(
      ...["conformance", "--client", "ws", "--cases", "1.6.1", "--out", out],
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Client +1 +OK /m);
    assert.match(stdout, /^ws +1 +1 +0 /m);
    assert.match(
      Deno.readTextFileSync(`${out}/conformance.html`),
      /Conformance of 1 WebSocket client</,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("conformance ends with 0 if no case is worse than --at-least", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    const run = (level: string) =>
      wsmark(
        ...["conformance", "--servers", "native", "--cases", "3.4.1", "--at-least", level],
        ...["--out", `${folder}/${level}`, "--no-progress"],
      );
    assert.equal((await run("failed")).code, 0);
    assert.equal((await run("non-strict")).code, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (
  const [what, args, message] of [
    ["an unknown level", ["--at-least", "good"], /^error: Unknown level "good"\. Known: failed, /],
    [
      "an unknown case",
      ["--cases", "99"],
      /^error: No case of servers is called "99"\. Groups: 1 /,
    ],
    ["an unknown client", ["--client", "wss"], /^error: Unknown client "wss", did you mean "ws"\?/],
    [
      "servers and clients at once",
      ["--client", "ws", "--servers", "ws"],
      /^error: Clients \(--client\) and servers \(--servers\) are not tried in the same run/,
    ],
    ["another protocol", ["--url", "a=ws://127.0.0.1:9/", "--protocol", "a=mqtt"], /a speaks mqtt/],
    ["a folder with files", ["--out", "cli"], /"cli": it holds other files\. Name a new/],
  ] as const
) {
  Deno.test(`conformance refuses ${what} in one line with exit code 2`, async () => {
    const { code, stderr } = await wsmark("conformance", ...args);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.equal(stderr.trimEnd().split("\n").length, 1);
  });
}

Deno.test("conformance keeps what is done at Ctrl-C, and ends with 130", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--allow-all", new URL("../wsmark.ts", import.meta.url).pathname],
        ...["conformance", "--servers", "ws,native", "--cases", "1.1,6.5", "--parallel", "1"],
        ...["--out", `${folder}/out`],
      ],
      env: { NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stdout = child.stdout.text();
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      // The first of two servers is done.
      if (text.includes("Deno.serve: ")) child.kill("SIGINT");
    }
    assert.equal((await child.status).code, 130, said);
    assert.match(await stdout, /^Interrupted: what was done is kept\.$/m);
    const { state, servers } = JSON.parse(
      await Deno.readTextFile(`${folder}/out/conformance.json`),
    );
    assert.deepEqual([state, servers[0].id], ["interrupted", "native"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("isWorse() compares a verdict with a level; what is left open is as good as any", () => {
  assert.deepEqual(
    (["ok", "non-strict", "unimplemented", "failed", "informational"] as const)
      .map((verdict) => isWorse(verdict, "unimplemented")),
    [false, true, false, true, false],
  );
});
