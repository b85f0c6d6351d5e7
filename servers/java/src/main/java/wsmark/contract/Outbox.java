package wsmark.contract;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * What one connection is still to be sent, without limit: who sends to all waits for nobody who does not read. One message
 * is under way at a time.
 */
public final class Outbox<M> {
  private final Queue<M> waiting = new ArrayDeque<>();
  private BiConsumer<M, Runnable> sender;
  private boolean isBusy;
  private boolean isSending;
  private boolean isSent;

  /**
   * Sends what is in it, and what comes.
   *
   * @param sender sends a message, and runs what it is given when the next one may follow
   */
  public void open(BiConsumer<M, Runnable> sender) {
    synchronized (this) {
      this.sender = sender;
      isBusy = true;
    }
    drain();
  }

  /** Adds a message. */
  public void put(M message) {
    synchronized (this) {
      waiting.add(message);
      if (isBusy || sender == null) {
        return;
      }
      isBusy = true;
    }
    drain();
  }

  /** Sends until one is under way; a library that is done at once calls back before it returns. */
  private void drain() {
    while (true) {
      M next;
      synchronized (this) {
        next = waiting.poll();
        isBusy = next != null;
        if (!isBusy) {
          return;
        }
        isSending = true;
        isSent = false;
      }
      sender.accept(next, this::sent);
      synchronized (this) {
        isSending = false;
        if (!isSent) {
          return;
        }
      }
    }
  }

  private void sent() {
    synchronized (this) {
      isSent = true;
      if (isSending) {
        return;
      }
    }
    drain();
  }
}
