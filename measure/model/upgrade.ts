/** Brings results of an older layout into the one of now. */

import { SCHEMA_VERSION } from "./result.ts";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Brings what `results.json` holds beside its trials from version 2 to 3; all else stays as it is. */
export function upgradeResult(result: Fields): Fields {
  return result["schemaVersion"] === 2 ? { ...result, schemaVersion: SCHEMA_VERSION } : result;
}

/** Brings a trial from version 2 to 3: compressed bytes were among the counts, and are an account of their own now. */
export function upgradeTrial(trial: unknown): unknown {
  if (!isFields(trial) || !isFields(trial["counts"])) return trial;
  const { sentCompressedBytes, replyCompressedBytes, ...counts } = trial["counts"];
  if (replyCompressedBytes === undefined) return trial;
  const compression = { sentBytes: sentCompressedBytes, replyBytes: replyCompressedBytes };
  return { ...trial, counts, compression };
}
