/** The proof of a result, as `proof.json`. */

import { proofOf } from "../../measure/proof/proof.ts";
import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { layOut } from "../json.ts";
import { qualityOf } from "./quality.ts";

export async function render(result: Result): Promise<RenderedFile[]> {
  const content = `${layOut(await proofOf(result, qualityOf(result)), "")}\n`;
  return [{ path: PROOF_FILE, content }];
}

/** The name of the file. */
export const PROOF_FILE = "proof.json";
