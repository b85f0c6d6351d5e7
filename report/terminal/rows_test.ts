import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { renderTerminal } from "./terminal.ts";

/** The run with its first server under seven more names. */
function withMany({ servers, trials, ...rest }: Result): Result {
  const [first] = servers;
  const more = Array.from({ length: 7 }, (_, index) => ({
    ...first!,
    id: `more${index}`,
    title: `Server number ${index}`,
  }));
  return {
    ...rest,
    servers: [...servers, ...more],
    trials: [
      ...trials,
      ...more.flatMap(({ id }) =>
        trials.filter(({ server }) => server === first!.id).map((trial) => ({
          ...trial,
          server: id,
        }))
      ),
    ],
  };
}

Deno.test("renderTerminal() gives each server a row if there are many", () => {
  const text = renderTerminal(withMany(ROUNDS), { width: 100, color: false });
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^ {4}Server number 0 /.test(line));
  assert.ok(at > 0, text);
  const end = (line: string): number => /^ {4}\S.*? {2,}(★ )?[\d.,]+/.exec(line)![0].length;
  assert.equal(end(lines[at]!), end(lines[at + 6]!), "figures end at one place");
  assert.match(lines[at + 6]!, /^ {4}Server number 6 /);
  assert.ok(lines.every((line) => line.length <= 100));
});

Deno.test("renderTerminal() falls back to a list if a row does not fit", () => {
  const text = renderTerminal(withMany(ROUNDS), { width: 40, color: false });
  assert.match(text, /^ {4}Server number 0: /m);
  assert.ok(text.split("\n").every((line) => line.length <= 40), text);
});
