import assert from "node:assert/strict";
import { moduleFinder } from "./bundle_lines.ts";
import { readPerfMap } from "./perf_map.ts";
import { stacksOf } from "./perf_script.ts";

const BUNDLE =
  "// ../npm/registry.npmjs.org/ws/8.1/lib/sender.js\nsend()\n// ../servers/ws.ts\nstart()\n";

/** As `perf script -F comm,tid,period,ip,sym,dso` prints it. */
const TEXT = `node 19705    1003009 
\tffffffff81e2f330 tcp_sendmsg ([kernel.kallsyms])
\t           f838f __GI___libc_write (/usr/lib/x86_64-linux-gnu/libc.so.6)
\t    7f09f81211e9 [unknown] ([unknown])
\t    7f09f8121fff JS:*send file:///cache/ws.mjs:2:20 (/tmp/perf-7.map)
\t         14ce0dc Builtins_JSEntryTrampoline (/usr/bin/node)
\tffffffffffffffff [unknown] ([unknown])

V8 Worker Thread    19706    2004008 
\t          1e6d75e [unknown] (/usr/bin/node)
\t          1e6d75f [unknown] (/usr/bin/node)
\t          1e6d760 node::(anonymous namespace)::f(int) const (/usr/bin/node)

`;

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split("\n");
}

Deno.test("stacksOf() reads stacks from the outermost function, with names of compiled code and modules of bundles", async () => {
  const nameAt = readPerfMap(
    "7f09f8121000 200 JS:*~old file:///cache/ws.mjs:4:1\n" +
      "7f09f8121000 200 JS:*start file:///cache/ws.mjs:4:1\n",
  );
  const stacks = await stacksOf(linesOf(TEXT), moduleFinder(() => BUNDLE), nameAt);
  assert.deepEqual(stacks, [
    {
      us: 1003.009,
      frames: [
        { name: "Builtins_JSEntryTrampoline", kind: "runtime", file: "node" },
        { name: "send", kind: "library", file: "ws/8.1/lib/sender.js" },
        { name: "start", kind: "user", file: "servers/ws.ts" },
        { name: "__GI___libc_write", kind: "runtime", file: "libc.so.6" },
        { name: "tcp_sendmsg", kind: "kernel" },
      ],
    },
    {
      us: 2004.008,
      frames: [
        { name: "node::(anonymous namespace)::f(int) const", kind: "runtime", file: "node" },
        // Two without a name are one.
        { name: "(node)", kind: "runtime", file: "node" },
      ],
    },
  ]);
});

Deno.test("readPerfMap() finds what is at an address, and nothing between functions", () => {
  const nameAt = readPerfMap("1000 10 a\n0x2000 0x20 b c\nnonsense\n");
  assert.deepEqual([0xfff, 0x1000, 0x100f, 0x1010, 0x201f, 0x2020].map(nameAt), [
    undefined,
    "a",
    "a",
    undefined,
    "b c",
    undefined,
  ]);
});
