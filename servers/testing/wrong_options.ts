/** Options that every server refuses, in whichever language it is written, and what it says of them. */

/** A refusal: the arguments, and all that is printed on stderr. */
export interface WrongOptions {
  readonly options: readonly string[];
  readonly says: RegExp;
}

/** A file that is not a PEM file. */
const JSON_FILE = `${import.meta.dirname}/../document.json`;

/** What is wrong, and the arguments. */
export const wrongOptions: Readonly<Record<string, WrongOptions>> = {
  "a port that is not a number": {
    options: ["--port", "http"],
    says: /^Cannot listen on port 'http'; give a --port from 0 to 65535, 0 for a free one\n$/,
  },
  "a port above 65535": {
    options: ["--port=65536"],
    says: /^Cannot listen on port '65536'; give a --port from 0 to 65535, 0 for a free one\n$/,
  },
  "a negative port": {
    options: ["--port", "-1"],
    says: /^Cannot listen on port '-1'; give a --port from 0 to 65535, 0 for a free one\n$/,
  },
  "a fraction of a port": {
    options: ["--port", "80.5"],
    says: /^Cannot listen on port '80\.5'; give a --port from 0 to 65535, 0 for a free one\n$/,
  },
  "an option without its value": {
    options: ["--hostname"],
    says: /^--hostname needs a value; give one, or leave the option out\n$/,
  },
  "an empty value": {
    options: ["--port="],
    says: /^--port needs a value; give one, or leave the option out\n$/,
  },
  "an unknown option": {
    options: ["--ports", "80"],
    says: /^Unknown option '--ports'; give --port, --hostname, --tls, --deflate or --help\n$/,
  },
  "an argument that is not an option": {
    options: ["8080"],
    says: /^Unknown option '8080'; give --port, --hostname, --tls, --deflate or --help\n$/,
  },
  "a certificate that is not there": {
    options: ["--tls", "no=where.pem"],
    says:
      /^Cannot read --tls 'no=where\.pem': .+; give a PEM file with the certificate and its private key\n$/,
  },
  "a certificate that is not one": {
    options: [`--tls=${JSON_FILE}`],
    says:
      /^--tls '.+\.json' lacks one of the two: give a PEM file with the certificate and its private key\n$/,
  },
};
