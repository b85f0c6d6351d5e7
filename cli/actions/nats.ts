/** `nats`: starts a NATS server that agents come to, and prints what to type on their machines. */

import { programName, taskLine } from "../../servers/launch/program_name.ts";
import { isIP } from "node:net";
import { addressesOf, ownSettings } from "../../bench/agents/broker/own.ts";
import { NATS_PORT } from "../../bench/agents/broker/options.ts";
import { startNats } from "../../bench/agents/broker/server.ts";
import { nameOf } from "../../bench/agents/broker/url.ts";
import { LOOPBACK_NAMES } from "../../bench/process/tls/certificate.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import { type Action, EXIT } from "../command.ts";
import { print, printError } from "../output/terminal.ts";
import { requirePermissions } from "../permissions.ts";
import { onStopOrExit } from "../stop.ts";

/** Lets in instead of a token that is made, and is typed on no machine. */
const VARIABLE = "WSMARK_NATS_TOKEN";

export const action: Action = async (args) => {
  requirePermissions();
  const asked = whole("port", args.number("port") ?? NATS_PORT, 0, 65_535);
  const hostname = (args.text("address") ?? "0.0.0.0").replace(/^\[(.*)\]$/, "$1");
  if (isIP(hostname) === 0) {
    throw new UsageError(`--address must be an address of this machine: received "${hostname}"`);
  }
  const addresses = addressesOf(hostname);
  const ownToken = Deno.env.get(VARIABLE) || undefined;
  const isEncrypted = args.has("tls");
  const { token, certificate, ...settings } = await ownSettings({
    token: ownToken,
    ...(isEncrypted && {
      certifies: [...new Set([...LOOPBACK_NAMES, Deno.hostname(), ...addresses])],
    }),
  });
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
  using _ = onStopOrExit(interrupt);
  await using server = await startNats({ ...settings, hostname, port: asked });
  const { port, version, folder } = server;

  /** What is typed to come to an address. */
  const options = (option: string, address: string, ca: string): string => {
    const name = nameOf({ hostname: address, port, isEncrypted });
    const url = ownToken === undefined ? name.replace("//", `//${token}@`) : name;
    return `${option} ${url}${certificate === undefined ? "" : ` --nats-ca ${ca}`}`;
  };
  print(`nats-server ${version} listens on ${hostname}, port ${port}. Ctrl-C stops it.`);
  if (ownToken !== undefined) print(`The token is that of ${VARIABLE}: set it everywhere.`);
  const path = `${folder}/${certificate}`;
  if (certificate !== undefined) {
    print(`Certificate, to be copied to the other machines: ${path}`);
  } else {
    print("Whoever sees the network sees the token, too: --tls encrypts it.");
  }
  print("\nOn each machine that is to make load:");
  for (const address of addresses) {
    print(`  ${taskLine("agent")} ${options("--nats", address, `${certificate}`)}`);
  }
  const here = hostname === "0.0.0.0" || hostname === "::" ? "127.0.0.1" : hostname;
  print("Here, to see who is there, and to make a run:");
  print(`  ${taskLine("agents")} ${options("--nats", here, path)}`);
  print(`  ${programName()} ${options("--agents", here, path)} --url mine=ws://HOST:PORT/PATH`);
  const end = await Promise.race([interrupted, server.ended]);
  if (end === undefined) return EXIT.done;
  printError(`error: nats-server ended by itself: ${end}`);
  return EXIT.failed;
};
