import assert from "node:assert/strict";
import { GROUPS, type Option } from "./options/option.ts";
import { describeOptions, grid, paragraph, twoColumns } from "./help.ts";
import { runOptions } from "./options/run_options.ts";

const options: readonly Option[] = [
  { name: "out", value: "DIR", help: "Folder", group: "Results" },
  { name: "servers", value: "A,B", help: "Servers to compare with one another" },
  { name: "assert", value: "TEXT", repeatable: true, help: "Must hold", group: "Comparing" },
  { name: "an-option", value: "OF-A-LONG-NAME", help: "Its text is below it" },
];

Deno.test("describeOptions() shows the groups in their order, and aligns all texts", () => {
  assert.equal(
    describeOptions(options, 50),
    `Options:
  --servers A,B  Servers to compare with one
                 another
  --an-option OF-A-LONG-NAME
                 Its text is below it

Results:
  --out DIR      Folder

Comparing:
  --assert TEXT  Must hold; repeatable`,
  );
});

Deno.test("describeOptions() puts the texts below the names where there is no space beside them", () => {
  assert.equal(
    describeOptions(options.slice(0, 2), 42),
    `Options:
  --servers A,B
      Servers to compare with one another

Results:
  --out DIR
      Folder`,
  );
});

Deno.test("describeOptions() keeps to any width, with every option", () => {
  for (const width of [30, 40, 60, 80]) {
    const lines = describeOptions(runOptions, width).split("\n");
    for (const line of lines) {
      assert.ok([...line].length <= width, `${width}: ${line}`);
      assert.equal(line, line.trimEnd());
    }
    for (const { name } of runOptions) {
      assert.equal(lines.filter((line) => RegExp(`^  --${name}( |$)`).test(line)).length, 1, name);
    }
  }
});

Deno.test("every option of a run has a group", () => {
  for (const { name, group } of runOptions) {
    assert.ok(group !== undefined && group !== GROUPS[0], name);
  }
});

Deno.test("twoColumns() continues a row whose name is empty", () => {
  assert.equal(twoColumns([["ab", "one"], ["", "two"]], 40), "  ab  one\n      two");
});

Deno.test("twoColumns() keeps bullets and spaces before a text, and indents what follows by them", () => {
  assert.equal(
    twoColumns([["ab", "· one two three"], ["", "  four"]], 18),
    "  ab  · one two\n        three\n        four",
  );
});

Deno.test("grid() goes down two columns where there is space, and down one where there is not", () => {
  const rows = [["a", "one"], ["bb", "two"], ["c", "three"]] as const;
  assert.equal(grid(rows, 24), "  a   one     c   three\n  bb  two");
  assert.equal(grid(rows, 20), "  a   one\n  bb  two\n  c   three");
  assert.equal(grid([["a-longer-name", "some text"]], 20), "  a-longer-name\n      some text");
});

Deno.test("paragraph() keeps line breaks", () => {
  assert.equal(paragraph("one two three\nfour", 9), "one two\nthree\nfour");
});
