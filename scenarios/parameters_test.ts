import assert from "node:assert/strict";
import { describeCase } from "./cases.ts";
import {
  canHave,
  connectionsOf,
  OPTION_NAMES,
  PARAMETER_NAMES,
  parameterInWords,
  parameterSchemas,
  rowOf,
} from "./parameters.ts";

Deno.test("every parameter is a number in a range or a word, and its axis has values that it can have", () => {
  for (const name of PARAMETER_NAMES) {
    const { range, choices, axis = [], option, about, title } = rowOf(name);
    assert.ok(range === undefined || choices === undefined, name);
    for (const value of axis) {
      if (value === undefined) continue;
      if (range === undefined) assert.ok(choices!.includes(String(value)), `${name} ${value}`);
      else assert.ok(Number(value) <= range.most, `${name} ${value}`);
    }
    // A switch stands for the one word that there is.
    if (option !== undefined && option.value === undefined) assert.equal(choices!.length, 1);
    assert.match(about, /^[A-Z].*\.$/, name);
    assert.match(title, /^[a-z]/, name);
  }
});

Deno.test("no two parameters have an option in common", () => {
  const options = Object.values(OPTION_NAMES);
  assert.equal(new Set(options).size, options.length);
  assert.equal(OPTION_NAMES["sloMs"], "--slo");
  assert.equal(OPTION_NAMES["prompt"], undefined);
});

Deno.test("connectionsOf() counts the members of all rooms", () => {
  assert.equal(connectionsOf({ rooms: 3, members: 4, speakers: 2 }), 12);
  assert.equal(connectionsOf({ connections: 5, size: 64 }), 5);
  assert.equal(connectionsOf({ concurrency: 5 }), 0);
});

Deno.test("canHave() knows what fits any case, and what comes with another parameter", () => {
  assert.ok(canHave({}, "tls") && canHave({}, "deflate"));
  assert.ok(canHave({ size: 64 }, "payload") && !canHave({ mix: "chat" }, "payload"));
  assert.ok(canHave({ load: 10 }, "rate") && !canHave({ size: 64 }, "rate"));
  assert.ok(canHave({ size: 64 }, "size") && !canHave({ size: 64 }, "messages"));
});

Deno.test("ids of cases follow the order of the table, so that those of old results stay the same", () => {
  const old =
    "mix,concurrency,messages,connections,inFlight,size,payload,arrivals,rate,sloMs,load,prompt,slow,tls,deflate";
  const all = Object.fromEntries(old.split(",").map((name) => [name, 1]).toReversed());
  assert.equal(describeCase(all).id.replaceAll("=1", ""), old);
});

Deno.test("parameterInWords() says what is worth a word", () => {
  assert.equal(parameterInWords("rate", { rate: 1000, load: 50 }), "1,000 messages/s (50 % load)");
  assert.equal(parameterInWords("load", { rate: 1000, load: 50 }), "");
  assert.equal(parameterInWords("arrivals", { arrivals: "constant" }), "");
});

Deno.test("parameterSchemas() describes every parameter", () => {
  const schemas = parameterSchemas();
  assert.deepEqual(Object.keys(schemas), PARAMETER_NAMES);
  assert.deepEqual(schemas["tls"], {
    description: "Set if the connections are encrypted.",
    type: "string",
    enum: ["on"],
  });
});
