import assert from "node:assert/strict";
import { type Account, listenerOf, mergeCounts } from "./account.ts";
import { ACCOUNTS, countsOf, HISTOGRAMS, mergeAccounts } from "./mod.ts";
import { ArrivalAccount } from "./arrivals.ts";
import { PingAccount, PINGS } from "./pings.ts";
import { completedTrial } from "../../model/testdata.ts";

Deno.test("no two accounts share a name, a histogram or the prefix of a metric, nor with a trial", () => {
  const names: readonly string[] = ACCOUNTS.map(({ name }) => name);
  const histograms = ACCOUNTS.flatMap(({ histograms }) => Object.keys(histograms));
  const prefixes = Object.values(HISTOGRAMS).map(({ prefix }) => prefix);
  for (const all of [names, histograms, prefixes]) assert.equal(new Set(all).size, all.length);
  const trial = completedTrial({}, [1]);
  assert.deepEqual(names.filter((name) => name in trial || name === "reason"), []);
});

/** An account that notes how it is called. */
function noting(told: string[], name: string): Account {
  return {
    kind: PINGS,
    histograms: {},
    counts: () => undefined,
    begin() {},
    end() {},
    sent: (connection, nowMs) => void told.push(`${name} ${connection} ${nowMs}`),
  };
}

Deno.test("listenerOf() returns the account itself if only one listens, otherwise one for all", () => {
  const told: string[] = [];
  const [a, b] = [noting(told, "a"), noting(told, "b")];
  assert.equal(listenerOf([new ArrivalAccount()], "sent"), undefined);
  assert.equal(listenerOf([new ArrivalAccount(), a], "sent"), a);
  listenerOf([a, new ArrivalAccount(), b], "sent")!.sent(3, 5);
  assert.deepEqual(told, ["a 3 5", "b 3 5"]);
});

Deno.test("countsOf() leaves out an account that had nothing to count", () => {
  const pings = new PingAccount(1);
  assert.deepEqual(countsOf([new ArrivalAccount(), pings]), {});
  pings.due(0, 1);
  assert.deepEqual(countsOf([new ArrivalAccount(), pings]), { pings: { due: 1, answered: 0 } });
});

Deno.test("mergeAccounts() merges what each generator has", () => {
  const pings = { due: 2, answered: 1 };
  assert.deepEqual(mergeAccounts([{}, { pings }, { pings }]), {
    pings: { due: 4, answered: 2 },
  });
  assert.deepEqual(mergeAccounts([{}]), {});
  assert.equal(mergeCounts(PINGS, []), undefined);
});
