package wsmark.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server sends by itself at a path: messages evenly from now on; those that are late are made up for. The same as
 * in stream.ts.
 */
public final class Stream {
  /** The paths: messages per second, and bytes of each. */
  static final Pattern PATH = Pattern.compile("/push/([0-9]{1,5}(?:\\.[0-9]{1,20})?)/([0-9]{1,7})");

  private final double rate;
  private final int size;
  private final long startNs = System.nanoTime();
  private long sequence;

  /**
   * @param path one of {@link #PATH}
   */
  public Stream(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Cannot stream at " + path + ": it is no /push/RATE/SIZE");
    }
    rate = Double.parseDouble(parts.group(1));
    size = Integer.parseInt(parts.group(2));
  }

  /** How long it is until the next message is due, in nanoseconds; 0 if it is late. */
  public long waitNs() {
    double dueNs = sequence / rate * 1e9;
    return Math.max(0, (long) dueNs - (System.nanoTime() - startNs));
  }

  /** The next message: JSON with its number, and the time at which it is made in whole microseconds since 1970. */
  public String next() {
    long time = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    String head = "{\"sequence\":%d,\"time\":%d,\"fill\":\"".formatted(sequence++, time);
    return head + "x".repeat(Math.max(0, size - head.length() - 2)) + "\"}";
  }
}
