package wsmark.contract;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who listens at which path: what one of them sends goes to all at the same one, in one order for all.
 *
 * @param <L> a connection of a library
 */
public final class Rooms<L> {
  private final Map<String, Set<L>> byPath = new ConcurrentHashMap<>();

  /** Adds a listener, before its handshake is answered, so that it misses nothing from then on. */
  public void join(String path, L listener) {
    byPath.compute(
        path,
        (key, there) -> {
          Set<L> listeners = there == null ? new LinkedHashSet<>() : there;
          synchronized (listeners) {
            listeners.add(listener);
          }
          return listeners;
        });
  }

  /** Removes a listener, and the path with the last one. */
  public void leave(String path, L listener) {
    byPath.computeIfPresent(
        path,
        (key, listeners) -> {
          synchronized (listeners) {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
          }
        });
  }

  /** Calls a function, which must not wait, for each listener while nobody joins or leaves. */
  public void each(String path, Consumer<L> send) {
    Set<L> listeners = byPath.get(path);
    if (listeners == null) {
      return;
    }
    synchronized (listeners) {
      listeners.forEach(send);
    }
  }
}
