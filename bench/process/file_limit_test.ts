import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { clientShortage, fileLimit, shortageOf, withFileLimit } from "./file_limit.ts";

Deno.test("withFileLimit() names the limit and the remedy, whoever reports it", () => {
  const expected =
    "Connection 9 of 10: too many open files: the limit is 64, raise it with ulimit -n";
  for (
    const told of [
      "too many open files: raise the limit with ulimit -n",
      "Too many open files (os error 24)",
      "tcp open error",
      "connect EMFILE 127.0.0.1:8000 - Local (undefined:undefined)",
    ]
  ) assert.equal(withFileLimit(`Connection 9 of 10: ${told}`, "64"), expected);
});

Deno.test("withFileLimit() leaves the limit out that nobody knows, and other reasons as they are", () => {
  assert.equal(
    withFileLimit("Too many open files (os error 24)", undefined),
    "too many open files: raise it with ulimit -n",
  );
  assert.equal(withFileLimit("connection refused", "64"), "connection refused");
});

Deno.test(needing("Linux", {
  name: "fileLimit() reads the limit",
  fn: () => assert.match(fileLimit()!, /^(\d+|unlimited)$/),
}));

Deno.test(needing("Linux", {
  name: "fileLimit() reads the limit of another process",
  fn() {
    assert.equal(fileLimit(Deno.pid), fileLimit());
    assert.equal(fileLimit(2 ** 30), undefined);
  },
}));

Deno.test("shortageOf() says what a server lacks, and nothing of one that has enough", () => {
  assert.equal(
    shortageOf("1000", 1500),
    "; it may have 1000 files open, too few for 1500 connections: raise the limit with ulimit -n before it starts",
  );
  assert.notEqual(shortageOf("1000", 990), "");
  assert.equal(shortageOf("1000", 500), "");
  assert.equal(shortageOf("unlimited", 500), "");
  assert.equal(shortageOf(undefined, 500), "");
});

Deno.test("clientShortage() says before a run what the clients lack", () => {
  assert.equal(
    clientShortage("200", 500),
    "A client may have 200 files open, too few for 500 connections: raise the limit with ulimit -n",
  );
  for (const limit of ["1000", "unlimited", undefined]) {
    assert.equal(clientShortage(limit, 500), undefined);
  }
});
