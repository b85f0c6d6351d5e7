/** What the TypeScript servers send by themselves, whatever library carries it. */

/** The paths of streams: `/push/RATE/SIZE`, messages per second and bytes of each. */
export const PUSH = /^\/push\/(\d{1,5}(?:\.\d{1,20})?)\/(\d{1,7})$/;

/**
 * Sends the messages of a path, from now on, evenly; those that are late are made up for.
 *
 * @param path one of {@linkcode PUSH}
 * @returns ends it
 */
export function startStream(path: string, send: (message: string) => void): () => void {
  const [, rate, size] = PUSH.exec(path)!;
  const intervalMs = 1000 / Number(rate);
  const startMs = performance.now();
  let sequence = 0;
  let timer: ReturnType<typeof setTimeout>;
  function sendDue(): void {
    const due = Math.floor((performance.now() - startMs) / intervalMs) + 1;
    while (sequence < due) send(streamMessage(sequence++, Number(size)));
    timer = setTimeout(sendDue, Math.max(0, startMs + sequence * intervalMs - performance.now()));
  }
  sendDue();
  return () => clearTimeout(timer);
}

let fill = "";

/**
 * A message of a stream: JSON with its number, and the time at which it is made in whole microseconds since 1970.
 *
 * @param size its bytes; it is longer if the two do not fit
 */
export function streamMessage(sequence: number, size: number): string {
  const time = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const head = `{"sequence":${sequence},"time":${time},"fill":"`;
  const left = Math.max(0, size - head.length - END.length);
  if (fill.length < left) fill = "x".repeat(left);
  return head + fill.slice(0, left) + END;
}

const END = '"}';
