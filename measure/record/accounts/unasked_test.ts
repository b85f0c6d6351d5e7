import assert from "node:assert/strict";
import { IntegrityLedger } from "../integrity.ts";
import { UnaskedAccount } from "./unasked.ts";

Deno.test("UnaskedAccount has what the ledger found, and nothing if there was none", () => {
  const ledger = new IntegrityLedger(1);
  const account = new UnaskedAccount(ledger);
  assert.equal(account.counts(), undefined);
  ledger.stray(0);
  assert.deepEqual(account.counts(), { messages: 1 });
});
