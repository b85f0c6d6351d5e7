import { equal } from "node:assert/strict";
import { placeholderProblem } from "./placeholders.ts";

for (
  const [text, problem] of [
    ["{connection} {env.NAME} {{other}} {} {1} {a-b} {a b}", undefined],
    ['{"a":{"b":1}}', undefined],
    [
      "a{other}b",
      "has {other}, which stands for nothing: choose from {connection}, {env.NAME}, or write {{other}} for these signs",
    ],
    [
      "{Connection}{user.id}",
      "has {Connection}, which stands for nothing: choose from {connection}, {env.NAME}, or write {{Connection}} for these signs",
    ],
    [
      "p{ass}word",
      "has {…}, which stands for nothing: choose from {connection}, {env.NAME}, or write {{…}} for these signs",
    ],
  ] as const
) {
  Deno.test(`placeholderProblem() of ${text}`, () => {
    equal(placeholderProblem(text, ["connection"], (found) => found !== "{ass}"), problem);
  });
}
