import { deepEqual, throws } from "node:assert/strict";
import { type Axis, chooseAxes, multiplied } from "./matrix.ts";
import { UsageError } from "../usage.ts";

const anything = (): boolean => true;

Deno.test("multiplied() makes a case of each combination, the first axis outside", () => {
  deepEqual(multiplied([{ connections: 1 }], ["tls", "deflate"], anything), [
    { connections: 1 },
    { connections: 1, deflate: "no-takeover" },
    { connections: 1, deflate: "takeover" },
    { connections: 1, tls: "on" },
    { connections: 1, tls: "on", deflate: "no-takeover" },
    { connections: 1, tls: "on", deflate: "takeover" },
  ]);
});

Deno.test("multiplied() puts the values of an axis in the place of the case's own", () => {
  deepEqual(
    multiplied([{ size: 100, inFlight: 2 }], ["size"], anything),
    [64, 1024, 16_384, 262_144].map((size) => ({ inFlight: 2, size })),
  );
});

Deno.test("multiplied() leaves a case alone that cannot have the parameter", () => {
  const hasSize = (parameters: object, axis: Axis): boolean => axis in parameters;
  deepEqual(multiplied([{ messages: 5 }], ["size"], hasSize), [{ messages: 5 }]);
});

Deno.test("multiplied() without an axis gives the cases", () => {
  deepEqual(multiplied([{ messages: 5 }], [], anything), [{ messages: 5 }]);
});

Deno.test("chooseAxes() refuses what is no axis, what is named twice and what is set", () => {
  const refused = (names: string[], message: RegExp, overrides = {}): void =>
    throws(() => chooseAxes(names, overrides), (error) => {
      return error instanceof UsageError && message.test(error.message);
    });
  refused(["deflat"], /Unknown axis "deflat" of --matrix, did you mean "deflate"\? Known: tls, /);
  refused(["tls", "size", "tls"], /"tls" of --matrix is named twice/);
  refused(["size"], /--matrix size varies what --size sets to 32: leave/, { size: 32 });
  deepEqual(chooseAxes(["tls", "size"], { connections: 3 }), ["tls", "size"]);
});
