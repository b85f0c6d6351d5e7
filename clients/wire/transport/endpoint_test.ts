import assert from "node:assert/strict";
import { endpointAt } from "./endpoint.ts";

for (
  const [url, endpoint] of [
    ["ws://localhost/x", { hostname: "localhost", port: 80 }],
    ["ws://192.0.2.1:81/", { hostname: "192.0.2.1", port: 81 }],
    ["wss://a.example/", { hostname: "a.example", port: 443, tls: { hostname: "a.example" } }],
    ["wss://[::1]:9/", { hostname: "::1", port: 9, tls: { hostname: "::1" } }],
  ] as const
) {
  Deno.test(`endpointAt() knows where ${url} is`, () => {
    assert.deepEqual(endpointAt(url), endpoint);
    assert.deepEqual(endpointAt(new URL(url)), endpoint);
  });
}
