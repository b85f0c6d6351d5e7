/**
 * What two ends of a TLS connection agree on, read from the server's first message, which is not encrypted: RFC 8446
 * §4.1.3, RFC 5246 §7.4.1.3.
 */

export interface Agreement {
  /** Version, as `TLS 1.3`. */
  readonly version: string;
  /** Cipher suite, as `TLS_AES_128_GCM_SHA256`; an unknown one by its number. */
  readonly cipher: string;
  /** Group of the key exchange, as `X25519`; undefined if this message does not say it, as before TLS 1.3. */
  readonly group: string | undefined;
  /** Whether the server wants to be asked again, for that group (HelloRetryRequest): one round trip more. */
  readonly isRetried: boolean;
}

/** Numbers of IANA's registries for TLS. */
const VERSIONS: Names = {
  0x0301: "TLS 1.0",
  0x0302: "TLS 1.1",
  0x0303: "TLS 1.2",
  0x0304: "TLS 1.3",
};
const CIPHERS: Names = {
  0x1301: "TLS_AES_128_GCM_SHA256",
  0x1302: "TLS_AES_256_GCM_SHA384",
  0x1303: "TLS_CHACHA20_POLY1305_SHA256",
  0xc02b: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  0xc02c: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  0xc02f: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  0xc030: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  0xcca8: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  0xcca9: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
};
const GROUPS: Names = {
  0x0017: "secp256r1",
  0x0018: "secp384r1",
  0x0019: "secp521r1",
  0x001d: "X25519",
  0x001e: "X448",
  0x11ec: "X25519MLKEM768",
};

type Names = Readonly<Record<number, string>>;

const HANDSHAKE = 0x16;
const SERVER_HELLO = 0x02;
const EXTENSION = { version: 0x002b, keyShare: 0x0033 } as const;
const RANDOM_AT = 5 + 4 + 2;
/** The first of the fixed bytes that replace the 32 random ones if the server wants to be asked again. */
const RETRY = [0xcf21ad74, 0xe59a6111] as const;
/** Offset of the length of the session's id: after the heads of record and message, the version and 32 random bytes. */
const SESSION_AT = RANDOM_AT + 32;

/** Reads what a server sent, from its first byte on; undefined if that is not such a message, or not all of it. */
export function readServerHello(bytes: Uint8Array): Agreement | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint8(0) !== HANDSHAKE || view.getUint8(5) !== SERVER_HELLO) return undefined;
    let version = view.getUint16(9);
    let group: number | undefined;
    let at = SESSION_AT + 1 + view.getUint8(SESSION_AT);
    const cipher = view.getUint16(at);
    // After the cipher and the kind of compression come the extensions; an old server may have none.
    const messageEnd = 9 + (view.getUint8(6) << 16 | view.getUint16(7));
    const end = at + 3 < messageEnd ? at + 5 + view.getUint16(at + 3) : messageEnd;
    for (at += 5; at < end; at += 4 + view.getUint16(at + 2)) {
      const kind = view.getUint16(at);
      if (kind === EXTENSION.version) version = view.getUint16(at + 4);
      if (kind === EXTENSION.keyShare) group = view.getUint16(at + 4);
    }
    return {
      version: named(VERSIONS, version),
      cipher: named(CIPHERS, cipher),
      group: group === undefined ? undefined : named(GROUPS, group),
      isRetried: RETRY.every((part, index) => view.getUint32(RANDOM_AT + 4 * index) === part),
    };
  } catch (error) {
    // It is shorter than it announces.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function named(names: Names, number: number): string {
  return names[number] ?? `0x${number.toString(16).padStart(4, "0")}`;
}
