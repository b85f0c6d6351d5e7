import assert from "node:assert/strict";
import { nearest, pick } from "./choice.ts";

const items = [{ id: "native" }, { id: "ws" }, { id: "socketio" }];

Deno.test("nearest() finds what was probably meant", () => {
  assert.equal(nearest("natve", ["native", "ws"]), "native");
  assert.equal(nearest("xyz-completely-else", ["native", "ws"]), undefined);
  assert.equal(nearest("ulr", ["url", "name"]), "url");
  assert.equal(nearest("rn", ["run"]), "run");
  for (const distant of ["foo", "w", "is", "hon-x"]) {
    assert.equal(nearest(distant, ["hono", "ws", "native"]), undefined, distant);
  }
  assert.equal(nearest("native", []), undefined);
});

Deno.test("pick() finds items in the order of the list, each once", () => {
  assert.deepEqual(pick("server", ["ws", "native", "ws"], items), [{ id: "native" }, { id: "ws" }]);
});

Deno.test("pick() gives every item for all", () => {
  assert.deepEqual(pick("server", ["all"], items), items);
});

Deno.test("pick() says what is unknown, what was meant, and what is known", () => {
  assert.throws(() => pick("server", ["natve"], items), {
    name: "UsageError",
    message: 'Unknown server "natve", did you mean "native"? Known: native, ws, socketio, all',
  });
});

Deno.test("pick() throws when nothing is named", () => {
  assert.throws(() => pick("server", [], items), { name: "UsageError" });
});
