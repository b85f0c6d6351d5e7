import assert from "node:assert/strict";
import { type Frame, profileOf, sharesOf, shortened, total } from "./profile.ts";
import { changesOf, heaviest, pruned, treeOf } from "./tree.ts";

const frame = (name: string, kind: Frame["kind"]): Frame => ({ name, kind });
const main = frame("main", "user");
const send = frame("send", "library");
const write = frame("write", "kernel");

Deno.test("profileOf() puts equal stacks together, the heaviest first", () => {
  const { stacks, leftOut } = profileOf("test", [
    { frames: [main], us: 10 },
    { frames: [main, send], us: 15 },
    { frames: [main], us: 20 },
    { frames: [], us: 5 },
    { frames: [send], us: 0 },
  ]);
  assert.deepEqual(stacks, [{ frames: [main], us: 30 }, { frames: [main, send], us: 15 }]);
  assert.equal(leftOut, undefined);
});

Deno.test("profileOf() keeps the time and the kinds of what it leaves out, and says how much that is", () => {
  const many = Array.from({ length: 10 }, (_, index) => ({
    frames: [main, frame(`f${index}`, index % 2 === 0 ? "kernel" as const : "user" as const)],
    us: 10 - index,
  }));
  const whole = profileOf("test", many);
  const cut = profileOf("test", many, 4);
  assert.equal(cut.leftOut, 6);
  assert.equal(total(cut.stacks), total(whole.stacks));
  assert.deepEqual(sharesOf(cut), sharesOf(whole));
  assert.equal(cut.stacks.length, 4 + 2);
});

Deno.test("sharesOf() is of the innermost functions, and comes to 1", () => {
  const profile = profileOf("test", [
    { frames: [main, send, write], us: 50 },
    { frames: [main, send], us: 30 },
    { frames: [main], us: 20 },
  ]);
  assert.deepEqual(sharesOf(profile), { kernel: 0.5, runtime: 0, library: 0.3, user: 0.2 });
});

Deno.test("shortened() leaves out what templates hold, from the innermost outwards", () => {
  const long = `a::b<${"c::d<e>, ".repeat(30)}f>::g`;
  assert.equal(shortened(long), "a::b<…>::g");
  assert.equal(shortened("std::vector<int>::push_back"), "std::vector<int>::push_back");
  assert.ok(shortened("x".repeat(1000)).length <= 160);
});

Deno.test("treeOf() sums what is called, and pruned() leaves small parts out", () => {
  const tree = treeOf(profileOf("test", [
    { frames: [main, send, write], us: 60 },
    { frames: [main, send], us: 39 },
    { frames: [main], us: 1 },
  ]));
  assert.equal(tree.share, 1);
  const [top] = tree.calls;
  assert.equal(top!.frame.name, "main");
  assert.equal(top!.self, 0.01);
  assert.ok(Math.abs(top!.calls[0]!.share - 0.99) < 1e-9);
  assert.deepEqual(pruned(tree, 0.7).calls[0]!.calls[0]!.calls, []);
});

Deno.test("changesOf() has own shares of both, the largest difference first", () => {
  const before = profileOf("a", [{ frames: [main, write], us: 50 }, { frames: [main], us: 50 }]);
  const after = profileOf("b", [{ frames: [main, write], us: 80 }, { frames: [send], us: 20 }]);
  assert.deepEqual(
    changesOf(before, after).map(({ name, shares }) => [name, ...shares]),
    [["main", 0.5, 0], ["write", 0.5, 0.8], ["send", 0, 0.2]],
  );
  assert.deepEqual(heaviest(after, 1), [{ name: "write", kind: "kernel", share: 0.8 }]);
});
