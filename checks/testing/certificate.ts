/** Certificates for the tests of several folders. */

import { join } from "node:path";
import { findCertificate } from "../../bench/process/tls/certificate.ts";

/** A certificate in its own folder; disposing removes it. */
export interface TestCertificate extends AsyncDisposable {
  /** Path of the file. */
  readonly path: string;
  /** What it holds: certificate and private key as PEM. */
  readonly pem: string;
}

/**
 * Makes a certificate for loopback.
 *
 * @param madeMs when it was made (now)
 */
export async function testCertificate(madeMs: number = Date.now()): Promise<TestCertificate> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-tls-" });
  const path = await findCertificate(join(folder, "tls"), madeMs);
  return {
    path,
    pem: await Deno.readTextFile(path),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** A time at which a certificate was made that has expired. */
export const LONG_AGO_MS = Date.now() - 60 * 24 * 60 * 60 * 1000;
