/** Some at a time: the others wait for their turn. */

/** Does what it is given when its turn comes. */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** Makes what lets so many be at it at once, in the order in which they came. */
export function takingTurns(atOnce: number): InTurn {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (act) => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
