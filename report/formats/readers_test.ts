import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { wrongReplies } from "../../measure/record/wrong_replies.ts";
import type { Check } from "../format.ts";
import { HOSTILE_RESULTS } from "../testing/hostile_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { soundFigures } from "./sound.ts";
import { readByOthers } from "./testing/read.ts";

const CHECK: Check = {
  assertion: "echo.rate > 1",
  server: "ws",
  scenario: "echo",
  case: "connections=1",
  holds: false,
  said: 'FAILED echo.rate > 1: "<b>" & more',
};

Deno.test(needing(["readers of formats"], {
  name: "libraries of others read openmetrics, otlp, hlog and junit of a run as they are meant",
  async fn() {
    const { openmetrics, otlp, hlog, junit } = await readByOthers(RESULT, [CHECK]);
    const family = (name: string) => openmetrics.find((one) => one.name === name)!;
    const rate = family("wsmark_rate_messages_per_second");
    assert.deepEqual([rate.type, rate.unit], ["gauge", "messages_per_second"]);
    const figures = soundFigures(RESULT).filter(({ metric }) => metric.id === "rate");
    assert.deepEqual(
      rate.samples.map(([, labels, value]) => [labels["server"], labels["case"], value]),
      figures.map(({ standing, case: { id }, value }) => [standing.server.id, id, value]),
    );
    const total = RESULT.trials.reduce(
      (sum, trial) => sum + (trial.state === "completed" ? wrongReplies(trial.integrity) : 0),
      0,
    );
    const wrong = family("wsmark_wrong_replies").samples;
    assert.equal(wrong.reduce((sum, [, , value]) => sum + value, 0), total);
    assert.equal(family("wsmark_service_time_seconds").type, "histogram");

    assert.deepEqual(
      otlp.map(({ name }) => name.replace("wsmark.", "")).length,
      openmetrics.length,
    );
    const counts = otlp.find(({ name }) => name === "wsmark.service_time")!;
    assert.deepEqual([counts.data, counts.unit], ["histogram", "s"]);
    for (const { value, buckets, fits } of counts.points) {
      assert.ok(fits);
      assert.equal(buckets, value);
    }

    const tag = "ws.echo[connections=1;inFlight=1;size=16].serviceTime";
    const intervals = hlog.filter((one) => one.tag === tag);
    assert.deepEqual(intervals.map(({ count }) => count), [100, 100]);

    assert.deepEqual(junit.map(({ name }) => name), [
      "Assertions",
      ...RESULT.servers.map(({ title }) => title),
    ]);
    assert.deepEqual(junit[0]!.cases[0]![2], ["Failure"]);
    assert.deepEqual(junit.at(-1)!.cases.map(([, , outcomes]) => outcomes), [
      ["Error"],
      ["Failure"],
      ["Error"],
    ]);
  },
}));

Deno.test(needing(["readers of formats"], {
  name: "libraries of others read the formats of hostile results and of intervals",
  async fn() {
    for (const result of [ROUNDS, ...HOSTILE_RESULTS.slice(0, 2)]) {
      const { openmetrics, otlp } = await readByOthers(result, [CHECK]);
      assert.equal(openmetrics.length, otlp.length);
    }
    const { openmetrics } = await readByOthers(ROUNDS);
    const value = (name: string) =>
      openmetrics.find((one) => one.name === `wsmark_${name}_messages_per_second`)!.samples[0]![2];
    assert.ok(value("rate_low") < value("rate") && value("rate") < value("rate_high"));
  },
}));
