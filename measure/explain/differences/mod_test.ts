import assert from "node:assert/strict";
import { differencesOf, type Gap, type Side } from "./mod.ts";

/** A side of 10,000 replies in a second, 100 µs each. */
function side(counters: Side["counters"], changes: Partial<Side> = {}): Side {
  return { name: "native", replies: 10_000, windowMs: 1000, counters, ...changes };
}

/** Half as long again: 50 µs a message, with 16 in flight. */
const GAP: Gap = { wall: 50e3, wait: 16 * 50e3, cpu: 50e3 };

function ids(server: Side, other: Side, gap: Gap = GAP): string[] {
  return differencesOf(server, other, gap).map(({ id }) => id);
}

Deno.test("differencesOf() names nothing of two servers that are the same, and of nothing that was counted", () => {
  const one = side({ "syscalls.all": 2, "time.cpu": 90, "time.kernel": 50, "time.user": 40 });
  assert.deepEqual(ids(one, one), []);
  assert.deepEqual(ids(side({}), side({})), []);
  assert.deepEqual(ids(side({ "syscalls.all": { absent: "there is no perf" } }), one), []);
  assert.deepEqual(ids(side({ "time.cpu": 1 }, { replies: 0 }), one), []);
});

Deno.test("differencesOf() takes ratios below 1.3, and few events, for noise", () => {
  const one = side({ "syscalls.all": 2, "time.user": 50 });
  assert.deepEqual(ids(side({ "syscalls.all": 2.5, "time.user": 64 }), one), []);
  const few = (events: number): Side =>
    side({ "switches.voluntary": events / 20 }, { replies: 20 });
  assert.deepEqual(ids(few(30), few(20), { wall: 1e3 }), []);
});

Deno.test("differencesOf() names system calls by their kind, weighed by the time in the kernel", () => {
  const gathered = side({
    "syscalls.all": 0.15,
    "syscalls.write": 1 / 16,
    "syscalls.read": 0.07,
    "time.kernel": 10,
  });
  const single = side({
    "syscalls.all": 1.1,
    "syscalls.write": 1,
    "syscalls.read": 0.08,
    "time.kernel": 45,
  });
  const [more] = differencesOf(single, gathered, GAP);
  assert.equal(
    more!.said,
    "7.3 × the system calls a message: 1.1 (native 0.15), 1.0 writes (0.063): one reply in each, not 16, 45 µs in the kernel (10 µs)",
  );
  assert.equal(more!.weight, 0.7, "35 of 50 µs");
  const [fewer] = differencesOf(gathered, single, { wall: -50e3 });
  assert.match(
    fewer!.said,
    /^0\.14 × .* 0\.063 writes \(1\.0\): 16 replies in each, not one, 10 µs/,
  );
  assert.deepEqual(ids(gathered, single), [], "fewer calls make nothing slower");
  assert.deepEqual(ids(side({ ...single.counters, "time.kernel": 5 }), gathered), []);
  const untimed = side({ ...single.counters, "time.kernel": { absent: "too coarse" } });
  const [bounded] = differencesOf(untimed, gathered, { cpu: 1000 });
  assert.equal(bounded!.weight, (1.1 - 0.15) * 400 / 1000, "400 ns a call at least");
});

Deno.test("differencesOf() names delayed acknowledgements, not the waiting that they are", () => {
  const counters = { "acks.delayed": 1, "time.cpu": 50, "tcp.received.segments": 2 };
  const few = { replies: 25, windowMs: 1075 };
  const delayed = side(counters, few);
  const atOnce = side({ "acks.delayed": 0, "time.cpu": 20, "tcp.received.segments": 1 });
  const gap = { wall: 42.9e6, wait: 42.9e6 };
  const [found, ...others] = differencesOf(delayed, atOnce, gap);
  assert.deepEqual([found!.id, others], ["acks.delayed", []]);
  assert.match(found!.said, /^1\.0 acknowledgements .* \(native 0\).* as when small writes/);
  assert.ok(Math.abs(found!.weight - 40 / 42.9) < 1e-9);
  const [back] = differencesOf(atOnce, delayed, { wall: -42.9e6, wait: -42.9e6 });
  assert.match(
    back!.said,
    /^0 acknowledgements .* \(native 1\.0\).* as when small writes/,
  );
  const bare = side({ ...counters, "tcp.sent.acks": 0.001 }, few);
  assert.deepEqual(ids(bare, atOnce, gap), ["waiting"], "those of other programs are not its");
});

Deno.test("differencesOf() names garbage collections with their share, and not again as own code", () => {
  const idle = side({ "gc.share": 1, "time.user": 60, "time.cpu": 100 });
  const busy = side({ "gc.share": 34, "time.user": 110, "time.cpu": 150 }, { windowMs: 1500 });
  const [found, ...others] = differencesOf(busy, idle, GAP);
  assert.deepEqual([found!.id, others], ["garbage", []]);
  assert.match(found!.said, /^34 % of its time in garbage collections \(native 1\.0 %\)/);
  assert.equal(found!.weight, 1, "0.34 · 150 µs − 1 µs is all of 50 µs");
  const beside = side({ "gc.share": 1, "gc.cpu": 40, "alloc.bytes": 12_000, "time.cpu": 150 });
  const [concurrent] = differencesOf(beside, side({ ...idle.counters, "gc.cpu": 2 }), GAP);
  assert.match(concurrent!.said, /^40 % of its CPU time in .* \(native 2\.0 %\)$/);
  assert.deepEqual(ids(side({ "gc.share": 1.5 }), side({ "gc.share": 0 })), [], "one collection");
});

Deno.test("differencesOf() names time without CPU time as waiting, with what was counted of locks", () => {
  const free = side({
    "time.cpu": 30,
    "switches.voluntary": 1,
    "syscalls.lock": 0.01,
    "time.outside": 0,
  });
  const locked = (changes: Side["counters"]): Side =>
    side({
      ...free.counters,
      "time.cpu": 45,
      "switches.voluntary": 2.1,
      "syscalls.lock": 2,
      ...changes,
    }, { windowMs: 1500 });
  const [found, ...others] = differencesOf(locked({}), free, GAP);
  assert.deepEqual([found!.id, others], ["waiting", []]);
  assert.equal(
    found!.said,
    "105 µs of each 150 µs between replies it waits (native 70 µs of 100 µs), with 2.0 system calls of locks a message (0.010) and 2.1 voluntary context switches (1.0)",
  );
  assert.deepEqual(ids(locked({ "time.outside": 60 }), free), [], "others had its CPU");
  assert.deepEqual(ids(locked({ "client.busy": 97 }), free), [], "it waits for the client");
});

Deno.test("differencesOf() names at most three, the largest first, and none below a tenth of the verdict's", () => {
  const one = side({
    "syscalls.all": 1,
    "gc.share": 0,
    "faults.minor": 0,
    "time.user": 40,
    "time.kernel": 40,
    "time.cpu": 90,
  });
  const other = side({
    "syscalls.all": 2,
    "gc.share": 10,
    "faults.minor": 20,
    "time.user": 102,
    "time.kernel": 80,
    "time.cpu": 180,
  }, { windowMs: 1500 });
  assert.deepEqual(ids(other, one), ["own.code", "syscalls", "garbage"]);
  assert.deepEqual(ids(other, one, { wall: 1e6 }), [], "beside a millisecond");
  assert.deepEqual(ids(other, one, {}), [], "a verdict on something else");
});

Deno.test("differencesOf() takes no times of trials that differ otherwise than the verdict says", () => {
  const one = side({ "time.user": 40, "time.cpu": 90 });
  const twice = side({ "time.user": 80, "time.cpu": 130 }, { windowMs: 1500 });
  assert.deepEqual(ids(twice, one), ["own.code"]);
  assert.deepEqual(ids(twice, one, { wall: 20e3, cpu: 15e3 }), [], "something hit a trial");
  assert.deepEqual(ids(twice, one, { wall: 150e3, cpu: 150e3 }), []);
});

Deno.test("differencesOf() names nothing below a hundredth of a message's time", () => {
  const calls = (count: number): Side => side({ "syscalls.all": count, "time.cpu": 90 });
  assert.deepEqual(ids(calls(3), calls(1), { cpu: 2000 }), [], "0.8 of 90 µs");
  assert.deepEqual(ids(calls(4), calls(1), { cpu: 2000 }), ["syscalls"]);
});
