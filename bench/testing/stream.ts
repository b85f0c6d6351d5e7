/** What servers of tests send by themselves. */

/** How many messages a stream has; then it is silent. */
export const STREAM = 325;

/** Sends the messages of a stream one after the other, with a number that begins anywhere and the time. */
export async function pushTo(send: (message: { seq: number; at: number }) => void): Promise<void> {
  for (let seq = 1000; seq < 1000 + STREAM; seq++) {
    await new Promise((done) => setTimeout(done, 1));
    send({ seq, at: Date.now() });
  }
}
