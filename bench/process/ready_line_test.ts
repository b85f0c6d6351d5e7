import assert from "node:assert/strict";
import type { ReadyLine } from "../../servers/types.ts";
import { believed, parseReadyLine } from "./ready_line.ts";

const line: ReadyLine = {
  ready: true,
  url: "ws://127.0.0.1:1/",
  pid: 7,
  server: "fake",
  runtime: "deno 2",
  library: "none 0",
};
const child = { owns: (pid: number) => pid === 7 };

Deno.test("parseReadyLine() reads a ready line and nothing else", () => {
  assert.deepEqual(parseReadyLine(JSON.stringify(line)), line);
  for (
    const printed of [
      "",
      "Listening on 8080",
      "{",
      "{}",
      JSON.stringify({ ...line, ready: false }),
      JSON.stringify({ ...line, url: "nowhere" }),
      JSON.stringify({ ...line, url: "http://127.0.0.1:1/" }),
      JSON.stringify({ ...line, url: `ws://${"a".repeat(1000)}/` }),
      JSON.stringify({ ...line, pid: "1" }),
      JSON.stringify({ ...line, pid: -1 }),
      JSON.stringify({ ...line, library: undefined }),
    ]
  ) assert.equal(parseReadyLine(printed), undefined, printed);
});

Deno.test("parseReadyLine() keeps what belongs to it, and no more than a table can show", () => {
  const long = "é😀".repeat(100_000);
  const printed = JSON.stringify({ ...line, library: long, notes: [long, 5, null] })
    .replace("{", '{"__proto__": {"polluted": true}, "more": [[[[]]]], ');
  const found = parseReadyLine(printed)!;
  assert.deepEqual(Object.keys(found), [...Object.keys(line), "notes"]);
  assert.equal((found as { polluted?: true }).polluted, undefined);
  for (const text of [found.library, ...found.notes!]) {
    assert.ok(text.length <= 500 && text.isWellFormed() && text.endsWith("…"), text);
  }
  assert.equal(found.notes!.length, 1);
  assert.equal(parseReadyLine(JSON.stringify({ ...line, notes: "a" }))!.notes, undefined);
  const many = { ...line, notes: Array.from({ length: 1000 }, () => "a") };
  assert.equal(parseReadyLine(JSON.stringify(many))!.notes!.length, 20);
});

Deno.test("believed() keeps a line whose process and machine are the server's", () => {
  assert.deepEqual(believed(line, child, "127.0.0.1"), line);
  for (
    const [url, hostname] of [
      ["ws://localhost:1/", "127.0.0.1"],
      ["ws://0.0.0.0:1/", "127.0.0.1"],
      ["ws://[::1]:1/", "::1"],
      ["ws://Example.com:1/", "example.com"],
      ["wss://[2001:db8::1]:1/", "2001:db8:0::1"],
    ] as const
  ) assert.equal(believed({ ...line, url }, child, hostname).url, url.toLowerCase());
});

Deno.test("believed() knows no process if the one that is named is not the server's", () => {
  assert.deepEqual(believed({ ...line, pid: 1 }, child, "127.0.0.1").pid, {
    absent: "the process 1 of its ready line is not its own",
  });
});

Deno.test("believed() refuses a URL that is not of this machine, in one line", () => {
  for (
    const url of [
      "ws://example.com/",
      "wss://192.0.2.1:80/",
      "ws://127.0.0.1.example.com/",
      "ws://127.0.0.1@example.com/",
      "ws://exa\nmple.com/",
      "ws://[2001:db8::1]/",
    ]
  ) {
    assert.throws(() => believed({ ...line, url }, child, "127.0.0.1"), {
      message: /^wss?:\/\/\S+ in its ready line is not on this machine: .* 127\.0\.0\.1$/,
    });
  }
});
