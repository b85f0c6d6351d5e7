/** How many decimals a number needs beside another one. */

const MOST_DECIMALS = 12;

/**
 * The fewest decimals, at least as many as usual, with which a number does not look like another one: 3.004 beside 3
 * takes three, or it would read as 3.00.
 *
 * @returns at most 12; `usual` if the two are equal
 */
export function decimalsBeside(other: number, value: number, usual: number): number {
  const side = Math.sign(value - other);
  let decimals = usual;
  while (decimals < MOST_DECIMALS && Math.sign(Number(value.toFixed(decimals)) - other) !== side) {
    decimals++;
  }
  return decimals;
}
