package wsmark.contract;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import wsmark.contract.Behaviours.Asked;

/**
 * What is done on one connection, whatever library carries it.
 *
 * @param <M> a text or bytes as the library sends them
 */
public abstract class Conversation<M> {
  /** Sends what servers send by themselves. */
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "streams");
            thread.setDaemon(true);
            return thread;
          });

  private final Asked asked;
  private final Rooms<Conversation<M>> rooms;
  private volatile ScheduledFuture<?> sending;

  protected Conversation(Asked asked, Rooms<Conversation<M>> rooms) {
    this.asked = asked;
    this.rooms = rooms;
  }

  /** To be called before the handshake is answered, so that the client misses nothing from then on. */
  public final void join() {
    if (asked.isBroadcast()) {
      rooms.join(asked.path(), this);
    }
  }

  /** Answers a message that came. */
  protected abstract void reply(M message);

  /** Sends what another client has sent, or what is sent without being asked for; it does not wait. */
  protected abstract void send(M message);

  /** Called when a message gets no reply. */
  protected void passOver() {}

  /** A message that is a text. */
  protected abstract M text(String text);

  /** The text that a message is, or that its bytes hold. */
  protected abstract String textOf(M message);

  /** Whether messages come back as they came. */
  protected final boolean isEcho() {
    return asked.behaviour() == Behaviours.Behaviour.ECHO;
  }

  /** To be called when the connection is open. */
  protected final void opened() {
    if (asked.behaviour() == Behaviours.Behaviour.PUSH) {
      push(new Stream(asked.path()));
    }
  }

  private void push(Stream stream) {
    sending =
        CLOCK.schedule(
            () -> {
              send(text(stream.next()));
              push(stream);
            },
            stream.waitNs(),
            TimeUnit.NANOSECONDS);
  }

  /** To be called for each message that comes, one after the other. */
  protected final void received(M message) {
    switch (asked.behaviour()) {
      case ECHO -> reply(message);
      case TAG -> reply(text(Behaviours.tag(textOf(message))));
      case JSON -> reply(text(Behaviours.DOCUMENT));
      case BROADCAST -> {
        rooms.each(asked.path(), listener -> listener.sendUnlessEnded(message));
        passOver();
      }
      case PUSH -> passOver();
    }
  }

  private void sendUnlessEnded(M message) {
    try {
      send(message);
    } catch (RuntimeException error) {
      // It is leaving: ended() comes next.
    }
  }

  /** To be called when the connection has ended. */
  protected final void ended() {
    if (asked.isBroadcast()) {
      rooms.leave(asked.path(), this);
    }
    ScheduledFuture<?> next = sending;
    if (next != null) {
      next.cancel(false);
    }
  }
}
