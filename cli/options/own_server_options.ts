/** The options that name servers of the user. */

import { PROTOCOL_FLAGS, PROTOCOL_NAMES } from "../../protocols/names.ts";
import { anyOf, type Option } from "./option.ts";

/** How connections are opened: an option without `NAME=` is for all servers of the user. */
export const handshakeOptions: readonly Option[] = ([
  {
    name: "header",
    value: "NAME='FIELD: VALUE'",
    help:
      "Header to send; {env.VARIABLE}, {connection}, {group} and {random} are filled in, in a URL, too",
  },
  { name: "subprotocol", value: "NAME=A,B", help: "Subprotocols to offer, the best first" },
  { name: "follow", value: "NAME,…|all", help: "Follow redirects of the handshake" },
  {
    name: "ca",
    value: "NAME=FILE",
    help: "Certificates to trust for wss:, as PEM; also the server's own, if it signed itself",
  },
  { name: "cert", value: "NAME=FILE", help: "Client certificate, as PEM" },
  { name: "key", value: "NAME=FILE", help: "Its private key, as PEM" },
  { name: "insecure", value: "NAME,…|all", help: "Take any certificate" },
  { name: "server-name", value: "NAME=HOST", help: "Name that the certificate must be for" },
  {
    name: "start-timeout",
    value: "NAME=S",
    help: "How many seconds it may take to accept a handshake (10)",
  },
  {
    name: "reply-timeout",
    value: "NAME=S",
    help: "How many seconds it may take to answer the message before the run (3)",
  },
] as const).map((option) => ({
  ...option,
  repeatable: true,
  group: "How connections to it are opened",
}));

/** The options, each with `NAME=` before its value. */
export const ownServerOptions: readonly Option[] = [
  {
    name: "url",
    value: "NAME=ws://…",
    repeatable: true,
    help:
      "A server of your own that runs already; it must return messages as they came, or as its --protocol does",
    group: "A server of your own",
  },
  {
    name: "command",
    value: "NAME='CMD {port}'",
    repeatable: true,
    help: "A server of your own to start, on the port in {port} or $PORT",
    group: "A server of your own",
  },
  {
    name: "protocol",
    value: "NAME=WHAT",
    repeatable: true,
    help: `What it speaks: ${
      anyOf(PROTOCOL_NAMES.map(({ id }) => id))
    }, or ./FILE.ts that exports a protocol (${PROTOCOL_NAMES[0].id})`,
    group: "A server of your own",
  },
  {
    name: "set",
    value: "NAME=KEY=VALUE",
    repeatable: true,
    help: "What is chosen of its protocol: deno task list PROTOCOL shows what there is",
    group: "A server of your own",
  },
  ...Object.entries(PROTOCOL_FLAGS).map(([name, { value, help }]): Option => ({
    ...{ name, value: `NAME=${value}`, repeatable: true, help },
    group: "A server of your own",
  })),
  {
    name: "push",
    value: "NAME=RULE",
    repeatable: true,
    help:
      "Where what it sends by itself has number and time, in push: '/seq /at ms' (s, ms, us, ns, iso)",
    group: "A server of your own",
  },
  {
    name: "path",
    value: "NAME=/PATH",
    repeatable: true,
    help: `Path of its echo${
      PROTOCOL_NAMES.map(({ pathNames }) => pathNames && `, under ${pathNames}`).join("")
    } (/)`,
    group: "A server of your own",
  },
  {
    name: "pid",
    value: "NAME=N",
    repeatable: true,
    help: "Process of a --url on this machine: its CPU time and memory are measured then",
    group: "A server of your own",
  },
];

/** The options that give a server's secrets again. */
export const secretOptions: readonly Option[] = [
  {
    name: "url",
    value: "NAME=ws://…",
    repeatable: true,
    help: "The URL of a server again, with the secrets that the plan has masked",
    group: "A server of your own",
  },
  {
    name: "command",
    value: "NAME='CMD {port}'",
    repeatable: true,
    help: "The command of a server again, the same way",
    group: "A server of your own",
  },
  {
    name: "header",
    value: "NAME='FIELD: VALUE'",
    repeatable: true,
    help: "A header of a server again, the same way",
    group: "A server of your own",
  },
];
