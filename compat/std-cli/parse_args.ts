export function parseArgs(a: string[]): unknown { return a; }
