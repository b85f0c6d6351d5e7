/**
 * The certificate that servers on this machine show in cases over TLS. It is made here, for the loopback addresses
 * alone, and trusted by the generators alone.
 */

import { isIP } from "node:net";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../../servers/launch/cache.ts";
import type { RunPlan } from "../../plan/options.ts";
import { readText } from "../../folder/read_text.ts";
import { reasonOf } from "../../folder/files.ts";
import { UsageError } from "../../usage.ts";

/** How long a certificate is valid, and how long before its end another one is made, in milliseconds. */
const VALID_MS = 30 * 24 * 60 * 60 * 1000;
const RENEWED_MS = 3 * 24 * 60 * 60 * 1000;

/** A clock of another process may be behind by this much, in milliseconds. */
const EARLY_MS = 60 * 60 * 1000;

/**
 * Finds the PEM file of this user's certificate on this machine, or makes one. It also has the private key, and nobody
 * else can read it.
 *
 * @param folder where it is; the user's cache by default
 * @throws {UsageError} if there is no such folder, or it cannot be written
 */
export async function findCertificate(
  folder: string | undefined = cacheFolder("tls"),
  nowMs: number = Date.now(),
): Promise<string> {
  if (folder === undefined) {
    throw new UsageError(
      "There is no folder for the certificate: set XDG_CACHE_HOME to the absolute path of one",
    );
  }
  const path = join(folder, "localhost.pem");
  const x509 = await import("@peculiar/x509");
  if (isGood(path, nowMs, x509)) return path;
  const certificate = await makeCertificate("wsmark on this machine", LOOPBACK_NAMES, nowMs);
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    await writeAlone(path, certificate);
  } catch (error) {
    throw new UsageError(
      `Cannot write the certificate ${path}: ${
        reasonOf(error)
      }. Set XDG_CACHE_HOME to a folder that can be written`,
    );
  }
  return path;
}

/** Writes a file that only this user can read. If another run writes it at the same time, the last one stays, whole. */
async function writeAlone(path: string, text: string): Promise<void> {
  // Made with 0600.
  const temporary = await Deno.makeTempFile({ dir: dirname(path), prefix: "localhost-" });
  try {
    await Deno.writeTextFile(temporary, text);
    await Deno.rename(temporary, path);
  } catch (error) {
    // There is a private key in it.
    await Deno.remove(temporary);
    throw error;
  }
}

/** The certificate that the servers of a plan show, if one is needed: see {@linkcode findCertificate}. */
export async function certificateFor({ trials }: RunPlan): Promise<string | undefined> {
  const isShown = trials.some(({ server, case: { parameters } }) =>
    parameters.tls !== undefined && server.launch.by === "contract"
  );
  return isShown ? await findCertificate() : undefined;
}

/** The largest file that is looked at, in bytes. */
const MOST_BYTES = 100_000;

type X509 = typeof import("@peculiar/x509");

function isGood(path: string, nowMs: number, x509: X509): boolean {
  try {
    const [first] = x509.PemConverter.decodeWithHeaders(readText(path, MOST_BYTES));
    const { notBefore, notAfter } = new x509.X509Certificate(first!.rawData);
    return notBefore.getTime() <= nowMs && nowMs < notAfter.getTime() - RENEWED_MS;
  } catch {
    return false;
  }
}

/** The names of this machine that no other machine has. */
export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/**
 * Makes a certificate, signed by its own key (ECDSA on P-256), and that key, as PEM. It is valid for 30 days.
 *
 * @param title what it calls itself
 * @param hosts the names and addresses that it is for
 */
export async function makeCertificate(
  title: string,
  hosts: readonly string[],
  nowMs: number = Date.now(),
): Promise<string> {
  const x509 = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: crypto.randomUUID().replaceAll("-", ""),
    name: `CN=${title}`,
    notBefore: new Date(nowMs - EARLY_MS),
    notAfter: new Date(nowMs + VALID_MS),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) === 0 ? "dns" as const : "ip" as const, value })),
      ),
    ],
  }, crypto);
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return `${certificate.toString("pem")}\n${x509.PemConverter.encode(key, "PRIVATE KEY")}\n`;
}

/** What a PEM text has before its private key: certificates, which anybody may see. */
export function certificateOf(pem: string): string {
  return pem.split(/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 1)[0]!;
}

/**
 * The environment of a Deno program that is to trust one certificate and no other: the system's store is read from that
 * file, and what a user may have added to it is the same file.
 */
export function trustOnly(path: string): Record<string, string> {
  return {
    DENO_TLS_CA_STORE: "system",
    SSL_CERT_FILE: path,
    SSL_CERT_DIR: "",
    DENO_CERT: path,
    NODE_EXTRA_CA_CERTS: path,
  };
}

/**
 * The digest of a certificate's public key (SHA-256 of its SubjectPublicKeyInfo, as base64), by which Chromium can
 * trust it.
 */
export async function keyDigest(path: string): Promise<string> {
  const { PemConverter, X509Certificate } = await import("@peculiar/x509");
  const [first] = PemConverter.decodeWithHeaders(await Deno.readTextFile(path));
  const { publicKey } = new X509Certificate(first!.rawData);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", publicKey.rawData)).toBase64();
}
