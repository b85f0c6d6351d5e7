import assert from "node:assert/strict";
import { seededRandom } from "../../measure/record/random.ts";
import { bytesOf } from "../parts/bytes.ts";
import { JsonFields, pointerProblem } from "./fields.ts";

/** What stands in a message, between bytes that must not matter. */
function read(text: string, ...pointers: string[]): { fields: JsonFields; isJson: boolean } {
  const fields = new JsonFields(pointers);
  const bytes = bytesOf(`"}${text}}"`);
  return { fields, isJson: fields.read(bytes, 2, bytes.length - 2) };
}

function contentOf(fields: JsonFields, index: number): string | undefined {
  if (!fields.readContent(index)) return undefined;
  const { content, contentStart, contentEnd } = fields;
  return new TextDecoder().decode(content.subarray(contentStart, contentEnd));
}

for (
  const [text, pointer, number] of [
    ['{"id":7}', "/id", 7],
    [' { "a" : [ 1 , "]}" ] , "id" : "c-2-7" } ', "/id", 7],
    ['{"id":"x"}', "/id", -1],
    ['{"id":-1}', "/id", -1],
    ['{"id":1.5}', "/id", -1],
    ['{"id":01}', "/id", -1],
    ['{"id":null}', "/id", -1],
    ['{"id":{"id":3}}', "/id", -1],
    ['{"id":999999999}', "/id", 999_999_999],
    ['{"id":1000000000}', "/id", -1],
    ['{"ID":7,"x":{"id":8}}', "/id", -1],
    ['{"x":{"id":8,"y":[{}]},"id":9}', "/x/id", 8],
    ['[null,"3","room:1",{"id":4}]', "/1", 3],
    ['[null,"3","room:1",{"id":4}]', "/3/id", 4],
    ['{"a/b":{"~":5}}', "/a~1b/~0", 5],
    ['{"\\u0069d":7}', "/id", 7],
    ['{"größe":7}', "/größe", 7],
    ['{"0":6}', "/0", 6],
    ["17", "", 17],
  ] as const
) {
  Deno.test(`JsonFields finds a number: ${pointer} of ${text}`, () => {
    const { fields, isJson } = read(text, pointer);
    assert.ok(isJson);
    assert.equal(fields.number(0), number);
  });
}

for (const text of ["", "{", "}", '{"id":7', '{"id":7}}', '{"id"7}', '{"id":"a\nb"}', "ok", "{]"]) {
  Deno.test(`JsonFields sees that it is not JSON: ${JSON.stringify(text)}`, () => {
    assert.equal(read(text, "/id").isJson, false);
  });
}

Deno.test("JsonFields gives what a text says, and other values as they are written", () => {
  const text = '{"a":"plain","b":"q\\"\\u00e9\\n","c":[1, {"d":2}],"n":null}';
  const { fields } = read(text, "/a", "/b", "/c", "/x", "/c/1/d", "/n");
  assert.deepEqual([0, 1, 2, 3, 4].map((index) => contentOf(fields, index)), [
    "plain",
    'q"é\n',
    '[1, {"d":2}]',
    undefined,
    "2",
  ]);
  assert.deepEqual([fields.isNull(5), fields.isNull(0), fields.has(3)], [true, false, false]);
  assert.deepEqual(fields.value(2), [1, { d: 2 }]);
});

Deno.test("JsonFields agrees with JSON.parse() about 20,000 messages, right ones and changed ones", () => {
  const random = seededRandom(5);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)]!;
  function value(depth: number): unknown {
    const leaves = [1, 0, -2.5, 1e30, true, null, "", "text", 'a"\\\n🦕', "x".repeat(300), [], {}];
    if (depth === 0 || random() < 0.4) return pick(leaves);
    const size = Math.floor(random() * 4);
    const names = ["id", "a", "b/c", 'd"', "é"];
    return random() < 0.5
      ? Array.from({ length: size }, () => value(depth - 1))
      : Object.fromEntries(Array.from({ length: size }, () => [pick(names), value(depth - 1)]));
  }
  const pointers = ["/id", "/a/id", "/1", "/b~1c/0/a", '/d"', ""];
  const fields = new JsonFields(pointers);
  const grit = bytesOf('{}[]",:\\u0 \n\x01e-');
  let refused = 0;
  for (let run = 0; run < 20_000; run++) {
    const bytes = bytesOf(JSON.stringify(value(4), null, pick([0, 1])));
    if (random() < 0.5) bytes[Math.floor(random() * bytes.length)] = pick([...grit]);
    let text = "";
    let right: unknown;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      right = JSON.parse(text);
    } catch {
      refused++;
      // It is not checked whether numbers, escapes and brackets are those of JSON: only that nothing else is thrown.
      fields.read(bytes, 0, bytes.length);
      continue;
    }
    assert.ok(fields.read(bytes, 0, bytes.length), text);
    for (const [index, pointer] of pointers.entries()) {
      assert.deepEqual(fields.value(index), at(right, pointer), `${pointer} of ${text}`);
    }
  }
  assert.ok(refused > 1000);
});

/** What a pointer points to. */
function at(value: unknown, pointer: string): unknown {
  return pointer.split("/").slice(1).reduce<unknown>((found, part) => {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    return Object.hasOwn(Object(found), name) && typeof found === "object"
      ? (found as Record<string, unknown>)[name]
      : undefined;
  }, value);
}

Deno.test("pointerProblem() says what is wrong with a pointer", () => {
  for (const pointer of ["", "/", "/id", "/a~1b~0/0"]) {
    assert.equal(pointerProblem(pointer), undefined);
  }
  assert.equal(pointerProblem("id"), 'must begin with "/"');
  assert.match(pointerProblem("/a~b")!, /"~0"/);
  assert.match(pointerProblem(7)!, /JSON pointer/);
});
