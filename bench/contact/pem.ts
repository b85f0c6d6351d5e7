/** The certificates and keys of the user, read from their files. */

import type { TlsOptions } from "../../clients/wire/transport/endpoint.ts";
import { readText } from "../folder/read_text.ts";
import { reasonOf } from "../folder/files.ts";
import { UsageError } from "../usage.ts";

/** The largest file that is read, in bytes: a system's whole store has some 250,000. */
const MOST_BYTES = 4_000_000;

/** What each file must have. */
const KINDS = {
  ca: {
    option: "--ca",
    what: "certificate",
    mark: /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/,
  },
  cert: { option: "--cert", what: "certificate", mark: /-----BEGIN CERTIFICATE-----/ },
  key: { option: "--key", what: "private key", mark: /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/ },
} as const;

/**
 * Reads the files that options of TLS name.
 *
 * @param id of the server, for the message
 * @throws {UsageError} for a file that cannot be read, or does not have what it should
 */
export function readPem(
  id: string,
  { ca, cert, key, ...rest }: Omit<TlsOptions, "isCaItself">,
): TlsOptions {
  return {
    ...rest,
    ...(ca !== undefined && { ca: read(id, "ca", ca) }),
    ...(cert !== undefined && { cert: read(id, "cert", cert) }),
    ...(key !== undefined && { key: read(id, "key", key) }),
  };
}

function read(id: string, kind: keyof typeof KINDS, path: string): string {
  const { option, what, mark } = KINDS[kind];
  const file = `The file ${path} of ${option} for ${id}`;
  let text: string;
  try {
    text = readText(path, MOST_BYTES);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
  if (mark.test(text)) return text;
  const remedy = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)
    ? "its key has a password: take it off with openssl pkey -in FILE -out FILE"
    : `it has no ${what} in PEM form: make one with openssl ${
      kind === "key" ? "pkey" : "x509"
    } -inform DER -in FILE -out FILE`;
  throw new UsageError(`${file} cannot be used, as ${remedy}`);
}
