import { deepEqual, equal, match } from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { OWN_PUSHES, pushProblem, pushReader, type PushRule, readPushRule } from "./push.ts";

Deno.test("readPushRule: pointers, with a time and its unit or without, and JSON", () => {
  deepEqual(readPushRule("/seq"), { sequence: "/seq" });
  deepEqual(readPushRule("/a/0 /a/1 ns"), { sequence: "/a/0", time: "/a/1", unit: "ns" });
  deepEqual(readPushRule('{"time":"/t","unit":"iso"}'), { time: "/t", unit: "iso" });
  for (const wrong of ["seq", "{", "/a /b ms more", ""]) {
    match(pushProblem(readPushRule(wrong))!, /^must be as '\/seq'/, wrong);
  }
});

Deno.test("pushProblem: says what is wrong with a rule", () => {
  for (
    const [rule, problem] of [
      [OWN_PUSHES, undefined],
      [{ sequence: "" }, undefined],
      [{ pattern: "(?<sequence>\\d+)" }, undefined],
      [{ pattern: "(?<time>\\d+)", unit: "s" }, undefined],
      [{}, /^must be as/],
      [{ sequence: "/a", more: 1 }, /^must be as/],
      [{ sequence: "a" }, /^has "sequence", which must begin with "\/"/],
      [{ sequence: "/a", time: "/b" }, /^must say how the time is written: .* s, ms, us, ns, iso/],
      [{ sequence: "/a", unit: "ms" }, /^has "unit" without a time/],
      [{ sequence: "/a", time: "/b", unit: "min" }, /^must have as "unit" one of s, ms/],
      [{ pattern: "(" }, /^has "pattern", which is no pattern/],
      [{ pattern: "a" }, /^has "pattern", which must have/],
      [{ pattern: "(?<sequence>.)", sequence: "/a" }, /not both/],
      [{ pattern: "(?<time>.)" }, /^must say how/],
    ] as const
  ) {
    const found = pushProblem(rule);
    if (problem === undefined) equal(found, undefined, JSON.stringify(rule));
    else match(found ?? "", problem, JSON.stringify(rule));
  }
});

/** What a rule finds in a text: number and time, or that it is no message of a stream. */
function foundIn(rule: PushRule, text: string): number[] | false {
  const reader = pushReader(rule);
  const bytes = bytesOf(`..${text}.`);
  return reader.read(bytes, 2, bytes.length - 1) && [...reader.found];
}

Deno.test("pushReader: numbers and times of JSON, as numbers or texts, in the unit that was told", () => {
  const own = '{"sequence":7,"time":1764523672123456,"fill":"…"}';
  deepEqual(foundIn(OWN_PUSHES, own), [7, 1764523672123.456]);
  deepEqual(
    foundIn({ sequence: "/d/0", time: "/d/1", unit: "s" }, '{"d":["12","1764523672.5"]}'),
    [12, 1764523672500],
  );
  const iso = '{"n":0,"at":"2026-11-30T17:00:00.250Z"}';
  deepEqual(foundIn({ sequence: "/n", time: "/at", unit: "iso" }, iso), [
    0,
    Date.UTC(2026, 10, 30, 17, 0, 0, 250),
  ]);
  const [, ns] = foundIn(
    { sequence: "/n", time: "/t", unit: "ns" },
    '{"n":1,"t":1764523672123456789}',
  ) as number[];
  equal(Math.abs(ns! - 1764523672123.4568) < 0.002, true);
});

Deno.test("pushReader: a message without a number is none of the stream, one without a time has none", () => {
  const rule: PushRule = { sequence: "/n", time: "/t", unit: "ms" };
  for (
    const text of [
      "hello",
      "{}",
      '{"n":null,"t":5}',
      '{"n":-1}',
      '{"n":1.5}',
      '{"n":"x"}',
      '{"n":1e3}',
      "[1",
    ]
  ) {
    equal(foundIn(rule, text), false, text);
  }
  deepEqual(foundIn(rule, '{"n":3}'), [3, NaN]);
  deepEqual(foundIn(rule, '{"n":3,"t":"soon"}'), [3, NaN]);
  equal(foundIn({ time: "/t", unit: "ms" }, '{"n":3}'), false);
  deepEqual(foundIn({ time: "/t", unit: "ms" }, '{"t":3}'), [NaN, 3]);
});

Deno.test("pushReader: a pattern with the groups sequence and time", () => {
  const rule: PushRule = { pattern: "^tick (?<sequence>\\d+)(?: at (?<time>\\d+))?$", unit: "s" };
  deepEqual(foundIn(rule, "tick 12 at 1764523672"), [12, 1764523672000]);
  deepEqual(foundIn(rule, "tick 12"), [12, NaN]);
  equal(foundIn(rule, "tock 12"), false);
});
