import assert from "node:assert/strict";
import { ReconnectAccount } from "./reconnects.ts";

Deno.test("ReconnectAccount counts what happened since the window began, and how long each was away", () => {
  const account = new ReconnectAccount();
  account.begin(0);
  account.cut();
  account.lose();
  account.begin(100);
  assert.deepEqual(account.counts(), { cuts: 0, lost: 0, back: 0, attempts: 0, errors: 0 });
  account.cut();
  account.lose();
  account.attempt();
  account.fail();
  account.attempt();
  account.recover(110, 135);
  account.end(200);
  assert.deepEqual(account.counts(), { cuts: 1, lost: 1, back: 1, attempts: 2, errors: 1 });
  const { count, max } = account.histograms.outageTime;
  assert.equal(count, 1);
  assert.ok(Math.abs(max - 25e6) < 25e3, `${max}`);
});
