import assert from "node:assert/strict";
import {
  backoffInWords,
  firstLevel,
  highest,
  lengthOf,
  readBackoff,
  readStages,
  readThink,
  stagesInWords,
  thinkInWords,
} from "./texts.ts";

const K6 = "30s:100, 2m:1000, 30s:0";

Deno.test("readStages() reads stages as people write them", () => {
  const stages = readStages(K6);
  assert.deepEqual(stages, [
    { durationMs: 30_000, target: 100 },
    { durationMs: 120_000, target: 1000 },
    { durationMs: 30_000, target: 0 },
  ]);
  assert.deepEqual([lengthOf(stages), highest(stages), firstLevel(stages)], [180_000, 1000, 100]);
  assert.deepEqual(readStages("30s:100,2m:1000,30s:0"), stages);
  assert.equal(firstLevel(readStages("1s:0, 1s:5")), 5);
});

Deno.test("readStages() refuses anything else in one line", () => {
  for (
    const text of ["", "100", "30s", "30s:", "30:100", "30s:-1", "30s:1e3", "1s:5,", "1s:5;1s:6"]
  ) {
    assert.throws(() => readStages(text), {
      name: "SyntaxError",
      message: /^Unknown stage ".*": write stages as '30s:100, 2m:1000, 30s:0'$/,
    }, text);
  }
  const most = Array.from({ length: 101 }, () => "1s:1").join();
  const refused = {
    "1s:0": 'Some stage must lead to a level above 0, up to 10000000: received "1s:0"',
    "0s:10": "Stages must take from 0.1 to 3600 s together: received 0 s",
    "2h:10": "Stages must take from 0.1 to 3600 s together: received 7200 s",
    [most]: "There can be 100 stages at most: received 101",
  };
  for (const [text, message] of Object.entries(refused)) {
    assert.throws(() => readStages(text), { name: "RangeError", message });
  }
});

Deno.test("stagesInWords() says where each stage leads", () => {
  assert.equal(stagesInWords(K6), "100 in 30 s, 1,000 in 2 min, 0 in 30 s");
  assert.equal(stagesInWords("0s:50, 1s:50"), "at once 50, 50 in 1 s");
});

Deno.test("readThink() reads a time and by how much it varies", () => {
  const known = {
    "1s": [1000, 1000],
    "1s±0.5": [500, 1500],
    "1s ± 0.5 s": [500, 1500],
    "1s+-200ms": [800, 1200],
    "200ms±200": [0, 400],
    "1m+/-30s": [30_000, 90_000],
  };
  for (const [text, [leastMs, mostMs]] of Object.entries(known)) {
    assert.deepEqual(readThink(text), { leastMs, mostMs }, text);
  }
});

Deno.test("readThink() refuses what is no time, and what would be below 0", () => {
  for (const text of ["", "1", "±1s", "1s±", "1s±0.5±0.1", "soon", "-1s"]) {
    assert.throws(() => readThink(text), {
      name: "SyntaxError",
      message:
        `Unknown time to think "${text}": write 1s, or 1s±0.5 for anything from 0.5 s to 1.5 s`,
    });
  }
  for (const text of ["0s", "1s±2", "2h"]) {
    assert.throws(() => readThink(text), {
      name: "RangeError",
      message: "The time to think must be above 0 and at most an hour, and cannot vary by more " +
        `than itself: received "${text}"`,
    });
  }
});

Deno.test("thinkInWords() says the least and the most", () => {
  assert.equal(thinkInWords("1s"), "1 s");
  assert.equal(thinkInWords("1s±0.5"), "500 ms to 1.5 s");
});

Deno.test("readBackoff() reads the first and the longest pause, and by how much they vary", () => {
  const known = {
    "100ms..5s±50%": [100, 5000, 0.5],
    "100ms..5s": [100, 5000, 0],
    "1s +- 10 %": [1000, 1000, 0.1],
    "20ms": [20, 20, 0],
  };
  for (const [text, [firstMs, longestMs, jitter]] of Object.entries(known)) {
    assert.deepEqual(readBackoff(text), { firstMs, longestMs, jitter }, text);
  }
});

Deno.test("readBackoff() refuses anything else", () => {
  for (const text of ["", "100", "..5s", "100ms..", "100ms...5s", "100ms±50", "fast"]) {
    assert.throws(
      () => readBackoff(text),
      { name: "SyntaxError", message: /^Unknown back-off "/ },
      text,
    );
  }
  for (const text of ["0ms", "5s..1s", "1s..2m", "1s±101%"]) {
    assert.throws(
      () => readBackoff(text),
      { name: "RangeError", message: /^A back-off must be/ },
      text,
    );
  }
});

Deno.test("backoffInWords() says what there is", () => {
  assert.equal(backoffInWords("100ms..5s±50%"), "100 ms, doubled up to 5 s, ±50 %");
  assert.equal(backoffInWords("20ms"), "20 ms");
});
