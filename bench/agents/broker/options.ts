/**
 * The options of a connection to NATS, and the variables of the environment that stand in for them. Help shows them, so
 * this imports nothing.
 */

/** An option that says who comes. */
export type AccessOption =
  | "nats-token"
  | "nats-user"
  | "nats-password"
  | "nats-creds"
  | "nats-nkey";

/** An option with a variable that counts if it is not given. */
interface WithVariable<Name extends string> {
  readonly name: Name;
  readonly value: string;
  readonly variable: string;
  readonly help: string;
}

/** NATS' port unless another is named. */
export const NATS_PORT = 4222;

/** The variable that names the URL where an option does not. */
export const URL_VARIABLE = "WSMARK_NATS";

/** What lets in; each text but the names of files may have `{env.NAME}`. */
export const ACCESS_OPTIONS: readonly WithVariable<AccessOption>[] = [
  {
    name: "nats-token",
    value: "TOKEN",
    variable: "WSMARK_NATS_TOKEN",
    help: "Token of NATS, if the URL has none",
  },
  {
    name: "nats-user",
    value: "NAME",
    variable: "WSMARK_NATS_USER",
    help: "User of NATS, if the URL has none",
  },
  {
    name: "nats-password",
    value: "WORD",
    variable: "WSMARK_NATS_PASSWORD",
    help: "The user's password",
  },
  {
    name: "nats-creds",
    value: "FILE",
    variable: "WSMARK_NATS_CREDS",
    help: "Credentials of NATS, as nsc writes them",
  },
  {
    name: "nats-nkey",
    value: "FILE",
    variable: "WSMARK_NATS_NKEY",
    help: "Seed of an NKey, as nk writes it",
  },
];

/** The certificates to trust. */
export const CA_OPTION: WithVariable<"nats-ca"> = {
  name: "nats-ca",
  value: "FILE",
  variable: "WSMARK_NATS_CA",
  help: "Certificates to trust for the encryption of NATS, as PEM",
};

/** An option as a command lists it. */
export interface BrokerOption {
  readonly name: string;
  readonly value?: string;
  readonly help: string;
  readonly group: "How NATS is reached";
}

/** The options of every command that connects to NATS, but for the URL. */
export const BROKER_OPTIONS: readonly BrokerOption[] = [
  ...[...ACCESS_OPTIONS, CA_OPTION].map(({ name, value, variable, help }) => ({
    ...{ name, value, help: `${help} (${variable})` },
    group: "How NATS is reached" as const,
  })),
  {
    name: "nats-open",
    help: "Take a NATS that lets in everybody, though other machines reach it",
    group: "How NATS is reached",
  },
];

/** The URL for commands that do nothing without NATS. */
export const NATS_OPTION: BrokerOption = {
  name: "nats",
  value: "nats://HOST:4222",
  help:
    `Where NATS is; tls:// has all encrypted, TOKEN@ or USER:PASSWORD@ may stand before the host (${URL_VARIABLE})`,
  group: "How NATS is reached",
};
