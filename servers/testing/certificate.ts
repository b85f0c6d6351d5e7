/**
 * A certificate for one test.
 *
 * @module
 */

import { findCertificate } from "../../runner/certificate.ts";

/** A certificate of loopback with its private key; disposing deletes it. */
export interface TestCertificate extends AsyncDisposable {
  /** Path of the PEM file. */
  readonly path: string;
  /** What is in it, to be trusted. */
  readonly pem: string;
}

/** Makes a certificate in a folder of its own. */
export async function makeTestCertificate(): Promise<TestCertificate> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-tls-" });
  const path = await findCertificate(folder);
  return {
    path,
    pem: await Deno.readTextFile(path),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
