import assert from "node:assert/strict";
import exceljs from "exceljs";
import type { ConformanceResult, ServerConformance } from "../../conformance/result.ts";
import { conformanceFiles } from "./files.ts";
import { CONFORMANCE } from "./testing/testdata.ts";

async function textOf(path: string, result: ConformanceResult = CONFORMANCE): Promise<string> {
  const file = (await conformanceFiles(result)).find((one) => one.path === path)!;
  assert.ok(typeof file.content === "string");
  return file.content;
}

Deno.test("conformanceFiles() has the result as JSON", async () => {
  assert.deepEqual(JSON.parse(await textOf("conformance.json")), CONFORMANCE);
});

Deno.test("conformanceFiles() has a row of CSV for each result, and no formula", async () => {
  const [head, ...rows] = (await textOf("conformance.csv")).trimEnd().split("\r\n");
  assert.match(head!, /^Server,Version,Case,What,Section,Verdict,Expected,Came,/);
  assert.equal(rows.length, 5);
  assert.match(rows[2]!, /6\.2\.1,.*,failed,.*,'=text of 1 byte/);
});

Deno.test("conformanceFiles() has a suite of JUnit for each server", async () => {
  const xml = await textOf("junit.xml");
  assert.match(
    xml,
    /<testsuite name="Server A" tests="4" failures="2" errors="0" skipped="0" time="1\.234"/,
  );
  assert.match(
    xml,
    /<testcase classname="a\.1" name="1\.3\.1 text with a long length" time="0\.002"><failure message="expected a close frame with 1002; came text &quot;&lt;b&gt;&quot; \[81 03 3c 62 3e\]">RFC 6455 §5\.2<\/failure>/,
  );
  assert.match(xml, /<testsuite name="Server B" tests="1" failures="0" errors="0" skipped="1"/);
});

Deno.test("conformanceFiles() has a page that escapes what servers say, and names whom not to trust", async () => {
  const page = await textOf("conformance.html");
  assert.doesNotMatch(page, /<b>|<script/);
  assert.match(
    page,
    /Server A \(a 1\.2\.3, deno 2\.9\.6\) lets broken UTF-8 through as text \(6\.2\.1\): do not trust/,
  );
  assert.match(page, /Not tried: Server C \(no c on the PATH\)/);
  assert.match(page, /started again after case 1\.3\.1: the server ended/);
});

Deno.test("conformanceFiles() has failed cases of several servers folded up by server, and how often one was started again", async () => {
  const [first, second] = CONFORMANCE.servers as [ServerConformance, ServerConformance];
  const restarts = [...first.restarts, { id: "6.2.1", reason: "the server ended: exit code 8" }];
  const servers = [{ ...first, restarts }, { ...first, id: "x", title: "Server X" }, second];
  const page = await textOf("conformance.html", { ...CONFORMANCE, servers });
  assert.match(page, /<summary>Server A: 2 failed cases<\/summary>/);
  assert.match(page, /<summary>Server X: 2 failed cases<\/summary>/);
  assert.doesNotMatch(page, /<summary>Server B:/);
  assert.match(page, /started again after case 1\.3\.1 and 1 more: the server ended: exit code 7/);
});

Deno.test("conformanceFiles() has a workbook with one sheet", async () => {
  const file = (await conformanceFiles(CONFORMANCE)).find(({ path }) => path.endsWith(".xlsx"))!;
  const bytes = await new Response(ReadableStream.from(file.content as AsyncIterable<Uint8Array>))
    .arrayBuffer();
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes);
  assert.deepEqual(workbook.worksheets.map(({ name }) => name), ["Conformance"]);
  const texts = new Set<string>();
  workbook.worksheets[0]!.eachRow((row) => row.eachCell(({ text }) => texts.add(text)));
  for (const text of ["Servers by group", "1 Frames and lengths", "6.2.1", "close with 1009"]) {
    assert.ok([...texts].some((one) => one.includes(text)), text);
  }
});
