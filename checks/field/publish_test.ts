import assert from "node:assert/strict";
import { ROUNDS } from "../../report/testing/rounds_testdata.ts";
import { pageOf, publish, withTop } from "./publish.ts";

const BEGIN = "<!-- field: written by deno task field -->";
const END = "<!-- field: end -->";

Deno.test("withTop() replaces what is between the marks, and is undefined without them", () => {
  assert.equal(
    withTop(`# a\n\n${BEGIN}\n\nold\n\n${END}\n\nrest\n`, "new"),
    `# a\n\n${BEGIN}\n\nnew\n\n${END}\n\nrest\n`,
  );
  assert.equal(withTop("# a\n", "new"), undefined);
  assert.equal(withTop(`${END}\n${BEGIN}\n`, "new"), undefined);
});

Deno.test("pageOf() says what was run, and has each server", () => {
  const page = pageOf(ROUNDS);
  assert.match(page, /^# The field\n\n2\d{3}-\d\d-\d\d\./);
  assert.match(page, /Repeat it with `/);
  for (const { title } of ROUNDS.servers) assert.ok(page.includes(`| ${title} |`), title);
});

Deno.test("publish() copies the reports, and writes the page and the README", async () => {
  const root = `${await Deno.makeTempDir({ prefix: "field-" })}/`;
  try {
    const run = `${root}run`;
    await Deno.mkdir(`${run}/plots`, { recursive: true });
    const files = ["report.html", "results.xlsx", "summary.md", "plots/rate-percentiles.svg"]
      .concat("plots/throughput-cpu.svg");
    for (const name of files) await Deno.writeTextFile(`${run}/${name}`, name);
    await Deno.writeTextFile(`${root}README.md`, `# a\n\n${BEGIN}\n\n${END}\n`);
    const written = await publish(ROUNDS, run, root);
    assert.equal(written.length, 7);
    for (const path of written) assert.ok((await Deno.stat(`${root}${path}`)).size > 0, path);
    const readme = await Deno.readTextFile(`${root}README.md`);
    assert.match(readme, /\(docs\/field\/rate-percentiles\.svg\)/);
    assert.match(readme, /\[All servers, their versions, and what is not compared\]/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
