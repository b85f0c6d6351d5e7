/** What a NATS server with accounts needs: an operator, an account and a user, each signed by the one before. */

import { nkeys } from "@nats-io/transport-node";

/** An operator of one's own. */
export interface Claims {
  /** The configuration of the server. */
  readonly configuration: string;
  /** Credentials of a user, as nsc writes them. */
  readonly credentials: string;
}

/** Makes an operator with one account, which has one user (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt). */
export function makeClaims(): Claims {
  const [operator, account, user] = [
    nkeys.createOperator(),
    nkeys.createAccount(),
    nkeys.createUser(),
  ];
  const operatorJwt = signed(operator, operator, { type: "operator", version: 2 });
  const unlimited = {
    subs: -1,
    conn: -1,
    leaf: -1,
    imports: -1,
    exports: -1,
    data: -1,
    payload: -1,
  };
  const accountJwt = signed(operator, account, {
    type: "account",
    version: 2,
    limits: { ...unlimited, wildcards: true },
  });
  const userJwt = signed(account, user, {
    type: "user",
    version: 2,
    subs: -1,
    data: -1,
    payload: -1,
  });
  return {
    configuration: `
      operator: "${operatorJwt}"
      resolver: MEMORY
      resolver_preload: { ${account.getPublicKey()}: "${accountJwt}" }
    `,
    credentials: [
      "-----BEGIN NATS USER JWT-----",
      userJwt,
      "------END NATS USER JWT------",
      "-----BEGIN USER NKEY SEED-----",
      new TextDecoder().decode(user.getSeed()),
      "------END USER NKEY SEED------",
      "",
    ].join("\n"),
  };
}

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** A JSON Web Token of NATS. */
function signed(
  issuer: KeyPair,
  subject: KeyPair,
  nats: Readonly<Record<string, unknown>>,
): string {
  const part = (value: unknown): string =>
    new TextEncoder().encode(JSON.stringify(value)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
  const body = [
    part({ typ: "JWT", alg: "ed25519-nkey" }),
    part({
      jti: crypto.randomUUID(),
      iat: Math.floor(Date.now() / 1000),
      iss: issuer.getPublicKey(),
      sub: subject.getPublicKey(),
      name: "test",
      nats,
    }),
  ].join(".");
  const signature = issuer.sign(new TextEncoder().encode(body));
  return `${body}.${signature.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}
