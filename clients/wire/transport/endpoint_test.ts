import assert from "node:assert/strict";
import { describeTlsFailure, endpointAt } from "./endpoint.ts";

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

for (
  const [said, meaning] of [
    // What Deno 2.9, ws under it, and Node 20 say.
    ["invalid peer certificate: UnknownIssuer", "the server's certificate is not trusted"],
    ["invalid peer certificate: BadSignature", "the server's certificate is not trusted"],
    ["self-signed certificate", "the server's certificate is not trusted"],
    ["unable to verify the first certificate", "the server's certificate is not trusted"],
    [
      "invalid peer certificate: certificate expired: verification time 1795255753 (UNIX), but " +
      "certificate is not valid after 1792663753 (2592000 seconds ago)",
      "the server's certificate has expired",
    ],
    [
      "invalid peer certificate: certificate not valid yet: verification time 1 (UNIX), but " +
      "certificate is not valid before 2 (1 seconds in future)",
      "the server's certificate is not valid yet",
    ],
    [
      'invalid peer certificate: certificate not valid for name "other.example"; certificate is ' +
      'only valid for DnsName("localhost")',
      "the server's certificate is for another name, localhost",
    ],
    [
      "Hostname/IP does not match certificate's altnames: Host: a. is not cert's CN",
      "the server's certificate is for another name",
    ],
    ["received corrupt message of type InvalidContentType", "the server does not speak TLS"],
    ["SSL routines:ssl3_get_record:wrong version number", "the server does not speak TLS"],
    ["peer closed connection without sending TLS close_notify: https://…", "end of the stream"],
    ["Connection refused (os error 111)", "Connection refused (os error 111)"],
    ["Unexpected server response: 404", "Unexpected server response: 404"],
    ["", ""],
  ] as const
) {
  Deno.test(`describeTlsFailure() makes "${meaning}" of "${said.slice(0, 50)}"`, () => {
    assert.equal(describeTlsFailure(said), meaning);
  });
}
