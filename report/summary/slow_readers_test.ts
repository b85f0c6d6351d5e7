import assert from "node:assert/strict";
import { renderHtml } from "../html/html.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { slowReaders, slowReadersTable } from "./slow_readers.ts";
import { SLOW, SLOW_ELSEWHERE } from "../testing/slow_readers_testdata.ts";
import { formatCell, heading } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import { RESULT } from "../testing/testdata.ts";

const [scenario] = SLOW.scenarios;

Deno.test("slowReadersTable() says what each server does, and shows the medians as evidence", () => {
  const { columns, rows } = slowReadersTable(SLOW, scenario!)!;
  assert.deepEqual(columns.map(heading), [
    "Case",
    "Server",
    "What it does",
    "Taken of each (MiB)",
    "Until (ms)",
    "Memory growth (MiB)",
    "Closed",
    "The others alone (messages/s)",
    "Beside prompt readers (messages/s)",
    "Beside slow readers (messages/s)",
  ]);
  const shown = rows.map((row) => row.map((cell, index) => formatCell(cell, columns[index]!)));
  assert.deepEqual(shown, [
    [
      "beside 4 slow readers",
      "Deno.serve",
      "queues without limit: it took all 32 MiB of each client, and its memory grew by 150 MiB; " +
      "delays the others: they have 20 % of their rate alone, and 80 % beside clients that send as much and read",
      ...["32.0", "200", "150", "0", "10,000", "8,000", "2,000"],
    ],
    [
      "beside 4 slow readers",
      "ws",
      "stops reading at about 10 MiB of each client, the systems' buffers included; its memory grew by 4.0 MiB",
      ...["10.0", "200", "4", "0", "", "", "1,000"],
    ],
  ]);
});

Deno.test("slowReaders() keeps the reason if no memory was measured", () => {
  const [found] = slowReaders(SLOW_ELSEWHERE, SLOW_ELSEWHERE.scenarios[0]!);
  assert.equal(found!.policy.manner, "takes all");
  assert.deepEqual(found!.growthBytes, { absent: "the server is not on this machine" });
});

Deno.test("slowReaders() finds the cases whatever other parameters they have", () => {
  const cases = scenario!.cases.map((one) => ({
    ...one,
    parameters: { ...one.parameters, tls: "on" as const },
  }));
  const encrypted = { ...scenario!, cases };
  const [found] = slowReaders({ ...SLOW, scenarios: [encrypted] }, encrypted);
  assert.deepEqual(found!.rates, { alone: 10_000, prompt: 8000, slow: 2000 });
});

Deno.test("slowReadersTable() exists only if clients read late, below the scenario's own table", () => {
  for (const one of RESULT.scenarios) assert.equal(slowReadersTable(RESULT, one), undefined);
  const section = sections(SLOW).find(({ id }) => id === "slow-reader")!;
  assert.deepEqual(section.tables.map(({ title }) => title), [
    "Slow readers",
    "What each server does with slow readers",
  ]);
});

Deno.test("renderMarkdown() says what each server does with slow readers", () => {
  assert.match(renderMarkdown(SLOW), /\| ws \| stops reading at about 10 MiB of each client, /);
});

Deno.test("renderHtml() says what each server does with slow readers", async () => {
  const html = await renderHtml(SLOW);
  assert.match(html, /<li>ws stops reading at about 10 MiB of each client, /);
});
