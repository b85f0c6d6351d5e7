/** What the machine takes from a loop that asks for a CPU all the time. */

import type { LoopTransport } from "../../../clients/wire/transport/transport.ts";
import { Interruptions } from "../../../measure/record/interruptions.ts";

export class LoopInterruptions extends Interruptions {
  readonly #clocks: LoopTransport["clocks"];

  constructor({ clocks }: LoopTransport) {
    super();
    this.#clocks = clocks;
  }

  /** Compares the time that has passed with the CPU time of this process. */
  compareClocks(nowMs: number): void {
    this.#clocks.lookAtCpu();
    this.compare(nowMs, this.#clocks.ms[0]!);
  }
}
