import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { type Libc, openLibc } from "./libc.ts";
import { MappedMemory } from "./mapped_memory.ts";
import { Ring } from "./ring.ts";

/** The number of an operation that does nothing. */
const NOTHING = 0;

function testRing(name: string, fn: (ring: Ring, libc: Libc) => void): void {
  Deno.test(needing("io_uring", {
    name,
    fn() {
      using resources = new DisposableStack();
      const libc = openLibc();
      resources.defer(() => libc.dispose());
      fn(resources.use(new Ring(libc)), libc);
    },
  }));
}

testRing(
  "Ring.handle() gives the marks of operations in the order in which they were done",
  (ring) => {
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 1000; index++) ring.prepare(NOTHING, -1, index, ~index);
      ring.wait(0);
      const marks: number[][] = [];
      ring.handle((low, high, result) => marks.push([low, high, result]));
      assert.deepEqual(marks, Array.from({ length: 1000 }, (_, index) => [index, ~index, 0]));
    }
  },
);

testRing("Ring.prepare() hands over by itself what there is no room for", (ring) => {
  for (let index = 0; index < 3000; index++) ring.prepare(NOTHING, -1, index, 0);
  ring.wait(0);
  let count = 0;
  ring.handle((low) => assert.equal(low, count++));
  assert.equal(count, 3000);
});

testRing("Ring.handle() gives all results, though more came than there is room for", (ring) => {
  for (let index = 0; index < 10_000; index++) ring.prepare(NOTHING, -1, index, 0);
  let count = 0;
  for (let turn = 0; turn < 10; turn++) {
    ring.wait(0);
    ring.handle((low) => assert.equal(low, count++));
  }
  assert.equal(count, 10_000);
});

testRing("Ring.handle() goes on after a handler that throws, with the next result", (ring) => {
  for (let index = 0; index < 3; index++) ring.prepare(NOTHING, -1, index, 0);
  ring.wait(0);
  assert.throws(() =>
    ring.handle((low) => {
      if (low === 1) throw new Error("no");
    }), { message: "no" });
  const left: number[] = [];
  ring.handle((low) => left.push(low));
  assert.deepEqual(left, [2]);
});

testRing("Ring.wait() returns when the time is up", (ring) => {
  ring.wait(1);
  ring.handle(() => assert.fail("nothing was asked for"));
});

testRing("Ring.registerBuffers() refuses a number that is no power of two", (ring, libc) => {
  using memory = new MappedMemory(libc, 4096);
  assert.throws(() => ring.registerBuffers(memory, 3), {
    message: "io_uring of this system is too old: Linux 6.1 is needed",
  });
});

for (
  const [errno, message] of [
    [1, "the system does not permit io_uring"],
    [12, "the system has no memory for io_uring"],
    [22, "io_uring of this system is too old: Linux 6.1 is needed"],
    [24, "io_uring: too many open files: raise the limit with ulimit -n"],
    [38, "the system has no io_uring"],
  ] as const
) {
  Deno.test(`Ring says why it cannot be used: error ${errno}`, () => {
    const refusing = { call: { io_uring_setup: () => -1 }, errno: () => errno, dispose() {} };
    assert.throws(() => new Ring(refusing as unknown as Libc), { message });
  });
}
