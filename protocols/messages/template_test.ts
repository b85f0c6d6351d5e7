import assert from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { writerOf } from "../parts/composer.ts";
import { composed, constantMessage, NOTHING } from "../parts/message.ts";
import type { Message } from "../types.ts";
import {
  IN_MESSAGES,
  ON_CONNECTIONS,
  Template,
  templateProblem,
  templateText,
} from "./template.ts";

const decoder = new TextDecoder();

function textOf(message: Message, connection: number, sequence: number): string {
  const bytes = new Uint8Array(message.size);
  return decoder.decode(bytes.subarray(0, writerOf(message)(bytes, 0, connection, sequence)));
}

const content = composed(true, [{
  head: bytesOf('"n":    ,'),
  holes: [{ at: 4, holds: "sequence", as: "decimal", width: 4 }],
  fillings: [bytesOf("plain"), bytesOf('a\\"b\n')],
  tail: NOTHING,
}]);

for (
  const [template, expected] of [
    ["{payload}", '"n":6   ,plain'],
    ["say {payload} as {sequence}!", 'say "n":6   ,plain as 7!'],
    [
      '{"id":{sequence},"d":"{payload}","c":{connection}}',
      '{"id":7,"d":"\\"n\\":6   ,plain","c":4}',
    ],
    ['{"d":{payload}}', '{"d":"n":6   ,plain}'],
    [{ id: "{sequence}", d: "<{payload}>" }, '{"id":7,"d":"<\\"n\\":6   ,plain>"}'],
    ["no {{sequence}} here", "no {sequence} here"],
    ["constant", "constant"],
  ] as const
) {
  Deno.test(`Template.message() fills ${JSON.stringify(template)}`, () => {
    assert.equal(textOf(new Template(template, "run").message(content), 4, 6), expected);
  });
}

Deno.test("Template.message() escapes what is in a text of JSON, so that it is read as it was", () => {
  const message = new Template('{"d":"{payload}","id":"m-{sequence}"}', "run").message(content);
  for (const [connection, sequence] of [[0, 0], [1, 998], [3, 12_345]] as const) {
    assert.deepEqual(JSON.parse(textOf(message, connection, sequence)), {
      d: textOf(content, connection, sequence),
      id: `m-${sequence + 1}`,
    });
  }
});

Deno.test("Template.message() has random digits that are the same only in the same message of the same run", () => {
  const [one, same, other] = ["a", "a", "b"].map((run) =>
    new Template("{random}", run).message(content)
  );
  assert.match(textOf(one!, 1, 2), /^[0-9a-f]{16}$/);
  assert.equal(textOf(one!, 1, 2), textOf(same!, 1, 2));
  const all = [textOf(one!, 1, 2), textOf(one!, 2, 1), textOf(one!, 1, 3), textOf(other!, 1, 2)];
  assert.equal(new Set(all).size, 4);
});

Deno.test("Template.message() refuses bytes beside a text", () => {
  const bytes = constantMessage(false, bytesOf("a"));
  assert.equal(new Template("{payload}", "").message(bytes), bytes);
  assert.throws(() => new Template("a {payload}", "").message(bytes), RangeError);
});

Deno.test("Template.said() fills what a connection has", () => {
  const said = new Template({ type: "login", user: "u{connection}" }, "run").said(12);
  assert.equal(decoder.decode(said), '{"type":"login","user":"u12"}');
});

Deno.test("templateText() makes numbers of the numbers in JSON", () => {
  assert.equal(
    templateText({ id: "{sequence}", a: "x{sequence}" }),
    '{"id":{sequence},"a":"x{sequence}"}',
  );
});

for (
  const [value, allowed, problem] of [
    ["{payload} {sequence} {{else}}", IN_MESSAGES, undefined],
    ['{"a":{"b":{}}}', IN_MESSAGES, undefined],
    [
      "hello {name}",
      IN_MESSAGES,
      "has {name}, which stands for nothing: choose from {sequence}, {connection}, {random}, {payload}, {env.NAME}, or write {{name}} for these signs",
    ],
    [
      "{sequence}",
      ON_CONNECTIONS,
      "has {sequence}, which stands for nothing: choose from {connection}, {random}, {env.NAME}, or write {{sequence}} for these signs",
    ],
    ["{payload}{payload}", IN_MESSAGES, "has {payload} more than once"],
    [
      "{Sequence}",
      ON_CONNECTIONS,
      "has {Sequence}, which stands for nothing: choose from {connection}, {random}, {env.NAME}, or write {{Sequence}} for these signs",
    ],
    ["{env.NAME}", ON_CONNECTIONS, undefined],
  ] as const
) {
  Deno.test(`templateProblem() of ${value}`, () => {
    assert.equal(templateProblem(value, allowed), problem);
  });
}

Deno.test("Template leaves alone what stands for nothing, as a variable of the environment may have it", () => {
  const said = new Template('{"a":"{other}","b":{connection}}', "run").said(7);
  assert.equal(new TextDecoder().decode(said), '{"a":"{other}","b":7}');
});
