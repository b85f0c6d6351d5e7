/** A NATS server for agents on other machines: it lets in who has a token that is made for it. */

import { rangesOf } from "../ranges.ts";
import { makeCertificate } from "../../process/tls/certificate.ts";
import type { NatsSettings } from "./server.ts";

/** The file of the certificate, and that of its private key. */
const CERTIFICATE = "nats.pem";
const KEY = "nats-key.pem";

/** What a server of one's own is to be. */
export interface OwnNats {
  /** The token; one is made if there is none. */
  readonly token?: string | undefined;
  /** Addresses and names that a certificate is made for, so that all is encrypted. */
  readonly certifies?: readonly string[] | undefined;
}

/** How it is started, and what is shown to it. */
export interface OwnSettings extends Pick<NatsSettings, "configuration" | "files"> {
  readonly token: string;
  /** Name of the file that whoever connects must trust. */
  readonly certificate?: typeof CERTIFICATE;
}

/** Decides on the token, and makes the certificate. */
export async function ownSettings({ token, certifies }: OwnNats): Promise<OwnSettings> {
  const letsIn = token ?? crypto.getRandomValues(new Uint8Array(24)).toBase64({
    alphabet: "base64url",
  });
  const authorization = `authorization { token: ${quoted(letsIn)} }`;
  if (certifies === undefined) return { token: letsIn, configuration: authorization };
  const pem = await makeCertificate("NATS of wsmark", certifies);
  const at = pem.search(/-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  return {
    token: letsIn,
    certificate: CERTIFICATE,
    files: { [CERTIFICATE]: pem.slice(0, at), [KEY]: pem.slice(at) },
    configuration: `${authorization}
tls { cert_file: "{folder}/${CERTIFICATE}", key_file: "{folder}/${KEY}" }`,
  };
}

/** A text as nats-server's configuration has it: with each byte that is no letter or digit as `\xHH`. */
function quoted(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `"${
    Array.from(bytes, (byte) => {
      const character = String.fromCharCode(byte);
      return /[\w-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
    }).join("")
  }"`;
}

/** Addresses that other machines cannot use as they are: those of this machine, and those that need a zone. */
const LOCAL = rangesOf(["127.0.0.0/8", "::1", "fe80::/10", "169.254.0.0/16"]);

/** An address of this machine's network. */
export type NetworkAddress = Pick<Deno.NetworkInterfaceInfo, "family" | "address">;

/**
 * The addresses at which other machines reach what listens here, and if there are none that of this machine alone.
 *
 * @param hostname where it listens: an address, or all of them as 0.0.0.0 or ::
 * @param all what the machine has
 */
export function addressesOf(
  hostname: string,
  all: readonly NetworkAddress[] = Deno.networkInterfaces(),
): string[] {
  if (hostname !== "0.0.0.0" && hostname !== "::") return [hostname];
  const reached = all.filter(({ family, address }) =>
    (family === "IPv4" || hostname === "::") && !LOCAL.has(address)
  );
  return reached.length === 0 ? ["127.0.0.1"] : reached.map(({ address }) => address);
}
