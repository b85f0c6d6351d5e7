import assert from "node:assert/strict";
import { readServerHello } from "./server_hello.ts";

const RANDOM = "11".repeat(32);
/** What stands there when the server wants to be asked again (RFC 8446 §4.1.3). */
const RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The length of a text of hex digits in bytes, in as many bytes. */
function length(hex: string, bytes: number): string {
  return (hex.length / 2).toString(16).padStart(bytes * 2, "0");
}

/** A first message of a server, as hex digits. */
function hello(
  { version = "0303", random = RANDOM, session = "", cipher = "1301", extensions = "" },
  hasExtensions = true,
): string {
  const behind = hasExtensions ? length(extensions, 2) + extensions : "";
  const body = `${version}${random}${length(session, 1)}${session}${cipher}00${behind}`;
  const message = `02${length(body, 3)}${body}`;
  return `160303${length(message, 2)}${message}`;
}

const TLS13 = "002b00020304";

Deno.test("readServerHello() reads version, cipher and group of TLS 1.3", () => {
  const key = `00330024001d0020${"22".repeat(32)}`;
  const session = "33".repeat(32);
  for (const extensions of [TLS13 + key, key + TLS13]) {
    assert.deepEqual(readServerHello(bytesOf(hello({ session, extensions }))), {
      version: "TLS 1.3",
      cipher: "TLS_AES_128_GCM_SHA256",
      group: "X25519",
      isRetried: false,
    });
  }
});

Deno.test("readServerHello() knows a server that wants to be asked again for another group", () => {
  const extensions = `${TLS13}0033000211ec`;
  assert.deepEqual(
    readServerHello(bytesOf(hello({ random: RETRY, cipher: "1302", extensions }))),
    {
      version: "TLS 1.3",
      cipher: "TLS_AES_256_GCM_SHA384",
      group: "X25519MLKEM768",
      isRetried: true,
    },
  );
});

Deno.test("readServerHello() reads TLS 1.2, which names its group later, with extensions and without", () => {
  const expected = {
    version: "TLS 1.2",
    cipher: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    group: undefined,
    isRetried: false,
  };
  const cipher = "c02b";
  assert.deepEqual(readServerHello(bytesOf(hello({ cipher, extensions: "ff01000100" }))), expected);
  const more = "16030300040e000000";
  assert.deepEqual(readServerHello(bytesOf(hello({ cipher }, false) + more)), expected);
});

Deno.test("readServerHello() gives what it does not know by its number", () => {
  const { cipher, version } = readServerHello(bytesOf(hello({ cipher: "00ff", version: "0305" })))!;
  assert.deepEqual([version, cipher], ["0x0305", "0x00ff"]);
});

Deno.test("readServerHello() takes nothing else, and nothing that is not whole", () => {
  const whole = bytesOf(hello({ extensions: TLS13 }));
  for (let end = 0; end < whole.length; end++) {
    assert.equal(readServerHello(whole.subarray(0, end)), undefined, `${end} bytes`);
  }
  assert.equal(readServerHello(bytesOf("15030300020228")), undefined, "an alert");
  assert.equal(readServerHello(new TextEncoder().encode("HTTP/1.1 400 Bad Request")), undefined);
});
