import assert from "node:assert/strict";
import { offerOf } from "./offer.ts";

Deno.test("offerOf() lets the user's headers and subprotocols take the place of the protocol's", () => {
  const protocol = { headers: [["X-A", "1"], ["X-B", "2"]], subprotocols: ["mqtt"] } as const;
  assert.deepEqual(offerOf(protocol, {}), protocol);
  assert.deepEqual(offerOf(protocol, { headers: [["x-b", "3"]], subprotocols: ["mine"] }), {
    headers: [["X-A", "1"], ["x-b", "3"]],
    subprotocols: ["mine"],
  });
  assert.deepEqual(offerOf({}, {}), { headers: [], subprotocols: [] });
});
