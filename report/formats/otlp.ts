/**
 * Metrics of OpenTelemetry as JSON, a request for `/v1/metrics` of a collector (ExportMetricsServiceRequest of
 * opentelemetry-proto 1; https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
 */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { oneLine } from "../summary/text.ts";
import { familiesOf, type Family, type Labels } from "./families.ts";

/** A sum or a histogram that counts from the begin of the run: AGGREGATION_TEMPORALITY_CUMULATIVE. */
const CUMULATIVE = 2;

export function render(result: Result): RenderedFile[] {
  const times = { startTimeUnixNano: nanoseconds(Date.parse(result.startedAt)), ...endOf(result) };
  const families = familiesOf(result).filter(({ points }) => points.length > 0);
  const request = {
    resourceMetrics: [{
      resource: {
        attributes: attributesOf({
          "service.name": "wsmark",
          "service.version": oneLine(result.wsmark),
        }),
      },
      scopeMetrics: [{
        scope: { name: "wsmark", version: oneLine(result.wsmark) },
        metrics: families.map((family) => metricOf(family, times)),
      }],
    }],
  };
  return [{ path: "otlp.json", content: `${layOut(request, "")}\n` }];
}

type Times = Readonly<Record<"startTimeUnixNano" | "timeUnixNano", string>>;

/** When the run ended; one that was killed has no end, but a last trial. */
function endOf({ startedAt, endedAt, trials }: Result): Pick<Times, "timeUnixNano"> {
  const ms = endedAt === undefined
    ? largest([startedAt, ...trials.map((trial) => trial.startedAt)].map((at) => Date.parse(at)))
    : Date.parse(endedAt);
  return { timeUnixNano: nanoseconds(ms) };
}

function metricOf(family: Family, times: Times): unknown {
  const named = {
    name: `wsmark.${family.name}`,
    description: family.help,
    unit: family.unit.ucum,
  };
  if (family.type === "histogram") {
    const dataPoints = family.points.map(({ labels, value }) => ({
      attributes: attributesOf(labels),
      ...times,
      count: String(value.count),
      sum: value.sum,
      bucketCounts: value.counts.map(String),
      explicitBounds: value.bounds,
      min: value.min,
      max: value.max,
    }));
    return { ...named, histogram: { aggregationTemporality: CUMULATIVE, dataPoints } };
  }
  const isCounter = family.type === "counter";
  const dataPoints = family.points.map(({ labels, value }) => ({
    attributes: attributesOf(labels),
    ...times,
    // 64-bit integers are texts in the JSON of protocol buffers.
    ...(isCounter ? { asInt: String(value) } : { asDouble: value }),
  }));
  return isCounter
    ? {
      ...named,
      sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints },
    }
    : { ...named, gauge: { dataPoints } };
}

function attributesOf(labels: Labels): unknown[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function nanoseconds(ms: number): string {
  return `${BigInt(ms) * 1_000_000n}`;
}
