import assert from "node:assert/strict";
import { inFolder } from "../../bench/testing/folder.ts";
import type { Client } from "../types.ts";
import { helpFor, readOptions } from "./options.ts";

const CLIENT: Client = {
  id: "ws",
  title: "ws",
  library: "ws 8",
  connect: () => assert.fail("nobody connects"),
};
const NOW = new Date("2026-01-31T14:05:09.123Z");
const read = (...args: string[]) => readOptions(CLIENT, args, NOW);
const URL = "ws://localhost:8765/json";

Deno.test("readOptions() names the workbook by time and client", () => {
  const workbook = "results/session-2026-01-31T14-05-09-ws.xlsx";
  assert.deepEqual(read(URL), { what: "talk", url: URL, workbook });
  const journal = "a.jsonl";
  assert.deepEqual(read("--recover", journal), { what: "recover", journal, workbook });
});

Deno.test("readOptions() takes a name for the workbook, or none", () => {
  assert.deepEqual(read(URL, "--out", "a.xlsx"), { what: "talk", url: URL, workbook: "a.xlsx" });
  const { workbook } = read("--no-workbook", URL) as { workbook: unknown };
  assert.equal(workbook, undefined);
});

Deno.test("readOptions() refuses in one line what it cannot do", () =>
  inFolder((folder) => {
    const existing = `${folder}/a.xlsx`;
    Deno.writeTextFileSync(existing, "");
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /^Missing: URL$/],
      [["nowhere"], /^'nowhere' is not a WebSocket URL$/],
      [["http://127.0.0.1/"], /is not a WebSocket URL$/],
      [["ws://127.0.0.1/#top"], /is not a WebSocket URL$/],
      [[URL, "more"], /^Unexpected argument "more"/],
      [[URL, "--ou", "x.xlsx"], /^Unknown option --ou, did you mean --out\?/],
      [[URL, "--out", "x.csv"], /^--out must end in \.xlsx: received "x\.csv"$/],
      [[URL, "--out", ".xlsx"], /^--out must end in \.xlsx/],
      [[URL, "--out", existing], /^--out must name a new file: ".*" exists$/],
      [[URL, "--out", "x.xlsx", "--no-workbook"], /exclude each other$/],
      [[URL, "--recover", "a.jsonl"], /^Unexpected argument/],
    ];
    for (const [args, message] of rows) {
      assert.throws(() => read(...args), { name: "UsageError", message });
    }
  }));

Deno.test("helpFor() names what the user can give", () => {
  assert.deepEqual(read(URL, "--help"), { what: "help" });
  const help = helpFor(CLIENT);
  for (const part of ["clients/ws.ts ws://", "--out FILE.xlsx", "Exit codes"]) {
    assert.ok(help.includes(part));
  }
});
