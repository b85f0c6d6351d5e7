/** Certificates of every kind that servers have. */

import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate with its private key. */
export interface Certified {
  readonly certificate: X509Certificate;
  readonly keys: CryptoKeyPair;
  /** Both as PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Kind {
  readonly name: string;
  /** Names and addresses that it is for. */
  readonly hosts?: readonly string[];
  /** Whether it is a CA's. */
  readonly isCa?: boolean;
  /** Who signs it; itself when left out. */
  readonly issuer?: Certified;
  /** From when on it is valid, and until when, in days from now. */
  readonly days?: readonly [from: number, to: number];
}

/** Makes a certificate. */
export async function certify(
  { name, hosts = [], isCa = false, issuer, days: [from, to] = [-1, 1] }: Kind,
): Promise<Certified> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const nowMs = Date.now();
  const common = {
    serialNumber: crypto.randomUUID().replaceAll("-", ""),
    notBefore: new Date(nowMs + from * DAY_MS),
    notAfter: new Date(nowMs + to * DAY_MS),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(isCa, undefined, true),
      ...hosts.length === 0 ? [] : [
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({
            type: /^[\d.]+$/.test(value) ? "ip" as const : "dns" as const,
            value,
          })),
        ),
      ],
    ],
  };
  const certificate = issuer === undefined
    ? await X509CertificateGenerator.createSelfSigned(
      { ...common, name: `CN=${name}`, keys },
      crypto,
    )
    : await X509CertificateGenerator.create({
      ...common,
      subject: `CN=${name}`,
      issuer: issuer.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
    }, crypto);
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    ...{ certificate, keys },
    cert: `${certificate.toString("pem")}\n`,
    key: `${PemConverter.encode(key, "PRIVATE KEY")}\n`,
  };
}
