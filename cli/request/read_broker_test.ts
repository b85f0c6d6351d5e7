import assert from "node:assert/strict";
import { BROKER_OPTIONS, NATS_OPTION } from "../../bench/agents/broker/options.ts";
import { readArguments } from "../arguments.ts";
import { readBroker, readNatsUrl } from "./read_broker.ts";

const read = (...words: readonly string[]): ReturnType<typeof readArguments> =>
  readArguments(words, [NATS_OPTION, ...BROKER_OPTIONS]);

Deno.test("readNatsUrl() takes --nats, else the environment", () => {
  const variable = (name: string): string => `${name}'s`;
  assert.equal(readNatsUrl(read("--nats", "nats://a"), variable), "nats://a");
  assert.equal(readNatsUrl(read(), variable), "WSMARK_NATS's");
  for (const nothing of ["", undefined]) {
    assert.throws(() => readNatsUrl(read(), () => nothing), {
      name: "UsageError",
      message: "Where is NATS? Add --nats nats://HOST:4222, or set WSMARK_NATS; " +
        "deno task nats starts one",
    });
  }
});

Deno.test("readBroker() reads what lets in, what is trusted, and whether an open one will do", () => {
  const { access, ...rest } = readBroker(
    read("--nats-token", "t", "--nats-ca=ca.pem", "--nats-open"),
    "nats://a",
  );
  assert.equal(access?.["nats-token"], "t");
  assert.equal(access?.["nats-creds"], undefined);
  assert.deepEqual(rest, { url: "nats://a", ca: "ca.pem", mayBeOpen: true });
  assert.equal(readBroker(read(), "nats://a").mayBeOpen, false);
});
