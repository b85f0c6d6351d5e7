package wsmark.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import wsmark.contract.Address.Tls;

/** The options of every server in Java; the same as in options.ts. */
final class Options {
  static final String HOSTNAME = "127.0.0.1";
  static final int PORT = 8765;

  static final String LINES =
      """
        --port N       port to listen on; 0 takes a free one (default %d)
        --hostname H   host name or address to bind (default %s)
        --tls FILE     encrypt the connections: PEM file of certificate and private key
        --deflate M    compress messages where the client offers it: takeover or no-takeover
      """
          .formatted(PORT, HOSTNAME);

  private static final List<String> NAMES = List.of("--port", "--hostname", "--tls", "--deflate");
  private static final String PEM = "give a PEM file with the certificate and its private key";
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]*)-----END");

  private Options() {}

  /** What is wrong with an option, in one line. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  /**
   * Reads the options of a server; null if --help is among them.
   *
   * @param lacks what it cannot do, each with the reason as a phrase
   */
  static Address read(List<String> args, String id, Map<String, String> lacks) throws Wrong {
    String hostname = HOSTNAME;
    int port = PORT;
    Tls tls = null;
    String deflate = null;
    Deque<String> words = new ArrayDeque<>(args.stream().flatMap(arg -> split(arg).stream()).toList());
    while (!words.isEmpty()) {
      String option = words.pop();
      if (option.equals("--help")) {
        return null;
      }
      if (!NAMES.contains(option)) {
        throw new Wrong(
            "Unknown option '%s'; give --port, --hostname, --tls, --deflate or --help"
                .formatted(option));
      }
      String value = words.isEmpty() ? "" : words.pop();
      if (value.isEmpty()) {
        throw new Wrong(option + " needs a value; give one, or leave the option out");
      }
      refuse(id, option, lacks.get(option.substring(2)));
      switch (option) {
        case "--port" -> port = readPort(value);
        case "--hostname" -> hostname = value.replaceAll("^\\[(.*)\\]$", "$1");
        case "--tls" -> tls = readCertificate(value);
        default -> {
          if (!value.equals("takeover") && !value.equals("no-takeover")) {
            throw new Wrong("Unknown --deflate '%s'; give takeover or no-takeover".formatted(value));
          }
          refuse(id, option + " " + value, lacks.get(value));
          deflate = value;
        }
      }
    }
    return new Address(hostname, port, tls, deflate);
  }

  private static void refuse(String id, String what, String reason) throws Wrong {
    if (reason != null) {
      throw new Wrong("%s has no %s, as %s; leave it out".formatted(id, what, reason));
    }
  }

  /** Splits `--option=value`; a separate value, such as a path, may contain a `=`. */
  private static List<String> split(String arg) {
    return arg.matches("--\\w+=(?s:.*)") ? Arrays.asList(arg.split("=", 2)) : List.of(arg);
  }

  private static int readPort(String value) throws Wrong {
    if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) {
      return Integer.parseInt(value);
    }
    throw new Wrong(
        "Cannot listen on port '%s'; give a --port from 0 to 65535, 0 for a free one"
            .formatted(value));
  }

  private static Tls readCertificate(String path) throws Wrong {
    try {
      String text = Files.readString(Path.of(path));
      Matcher key = KEY.matcher(text);
      if (!text.contains("-----BEGIN CERTIFICATE-----") || !key.find()) {
        throw new Wrong("--tls '%s' lacks one of the two: %s".formatted(path, PEM));
      }
      return tlsOf(text, Base64.getMimeDecoder().decode(key.group(1)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException error) {
      String reason =
          error instanceof NoSuchFileException ? "there is no such file" : error.getMessage();
      throw new Wrong("Cannot read --tls '%s': %s; %s".formatted(path, reason, PEM));
    }
  }

  private static Tls tlsOf(String certificates, byte[] key)
      throws IOException, GeneralSecurityException {
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(
                    certificates.replaceAll(KEY.pattern() + "[^\\n]*", "").getBytes(StandardCharsets.US_ASCII)))
            .toArray(new Certificate[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    PrivateKey secret =
        KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(key));
    checkPair(secret, chain[0]);
    store.setKeyEntry(Address.KEY, secret, Address.PASSWORD.toCharArray(), chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Address.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new Tls(store, keys, context);
  }

  /** A key store would take a key of another certificate. */
  private static void checkPair(PrivateKey secret, Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    byte[] text = Options.class.getName().getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the certificate and the private key do not match");
    }
  }
}
