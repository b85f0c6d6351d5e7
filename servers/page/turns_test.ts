import { deepEqual, equal } from "node:assert/strict";
import { Turns } from "./turns.ts";

Deno.test("Turns gives a turn for each time that one is asked for, and others in between", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  const turns: Turns = new Turns(() => {
    done.push("work");
    if (done.length > 5) return resolve();
    setTimeout(() => {
      done.push("other");
      turns.next();
    });
  });
  turns.later(1);
  equal(done.length, 0);
  await promise;
  deepEqual(
    done,
    ["work", "other", "work", "other", "work", "other", "work"].slice(0, done.length),
  );
  turns.close();
});

Deno.test("Turns.close() takes back a turn that was asked for", async () => {
  let count = 0;
  const turns = new Turns(() => count++);
  turns.next();
  turns.later(0);
  turns.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  equal(count, 0);
});
