package wsmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.server.WsSci;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Conversation;
import wsmark.contract.Outbox;
import wsmark.contract.Rooms;
import wsmark.contract.Server;

/** Tomcat, embedded, with the WebSockets of Jakarta EE. */
public final class TomcatServer {
  private static final Server SERVER =
      new Server(
          "tomcat",
          Server.release("Tomcat", "tomcat-embed-websocket"),
          List.of(
              "One poller and one acceptor; messages are handled in Tomcat's pool of up to 200 threads, its default, and as many connections as come are taken.",
              "Replies are sent by the thread that handles the message, which waits until the client reads.",
              "Messages are taken in parts, and put together, as Tomcat would keep a buffer of the largest message for each connection.",
              "No compression unless a case asks for it, then of every message, at zlib's default level.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Map.of());

  private final Address address;
  private final Rooms<Conversation<Message>> rooms = new Rooms<>();

  private TomcatServer(Address address) {
    this.address = address;
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new TomcatServer(address).start());
  }

  private int start() throws Exception {
    // It must have a folder, where it then writes nothing.
    String folder = System.getProperty("java.io.tmpdir");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    Connector connector = connector();
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    ((org.apache.catalina.core.StandardContext) context).setWorkDir(folder);
    context.addServletContainerInitializer(new WsSci(), null);
    Tomcat.addServlet(context, SERVER.id(), new Requests());
    context.addServletMappingDecoded("/*", SERVER.id(), false);
    tomcat.start();
    return connector.getLocalPort();
  }

  private Connector connector() {
    Connector connector = new Connector();
    connector.setPort(address.port());
    connector.setProperty("address", address.hostname());
    connector.setProperty("acceptCount", "4096");
    connector.setProperty("maxConnections", "-1");
    connector.setThrowOnFailure(true);
    if (address.tls() != null) {
      SSLHostConfig host = new SSLHostConfig();
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
      certificate.setCertificateKeystore(address.tls().keys());
      certificate.setCertificateKeyAlias(Address.KEY);
      certificate.setCertificateKeyPassword(Address.PASSWORD);
      host.addCertificate(certificate);
      connector.addSslHostConfig(host);
      connector.setSecure(true);
      connector.setScheme("https");
      connector.setProperty("SSLEnabled", "true");
    }
    return connector;
  }

  /** Opens WebSockets, and answers requests that open none. */
  private final class Requests extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Optional<Asked> asked = Behaviours.askedAt(request.getRequestURI());
      // Tomcat upgrades whatever it is asked to here.
      String upgrade = request.getMethod().equals("GET") ? request.getHeader("Upgrade") : null;
      Answer answer = Answer.to(SERVER.id(), asked, upgrade);
      if (answer != null) {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.text().getBytes(UTF_8));
        return;
      }
      ServerContainer sockets =
          (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
      ServerEndpointConfig config =
          ServerEndpointConfig.Builder.create(Socket.class, "/")
              .configurator(new Opening(asked.get()))
              .build();
      config.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, -1L);
      try {
        sockets.upgradeHttpToWebSocket(request, response, config, Map.of());
      } catch (DeploymentException error) {
        throw new IOException(error);
      }
    }
  }

  /** How one WebSocket is opened. */
  private final class Opening extends ServerEndpointConfig.Configurator {
    private final Asked asked;

    Opening(Asked asked) {
      this.asked = asked;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      Socket socket = new Socket(asked);
      socket.conversation.join();
      return type.cast(socket);
    }

    @Override
    public List<Extension> getNegotiatedExtensions(
        List<Extension> installed, List<Extension> requested) {
      if (!address.deflates()) {
        return List.of();
      }
      List<Extension> agreed = super.getNegotiatedExtensions(installed, requested);
      return address.takesOver()
          ? agreed
          : agreed.stream().<Extension>map(WithoutTakeover::of).toList();
    }

    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }
  }

  /** A server may agree to that though the client did not ask (RFC 7692, sections 7.1.1.1 and 7.1.1.2). */
  private record WithoutTakeover(String getName, List<Parameter> getParameters)
      implements Extension {
    private record Named(String getName, String getValue) implements Parameter {}

    static WithoutTakeover of(Extension offer) {
      Stream<Parameter> both =
          Stream.of("server_no_context_takeover", "client_no_context_takeover")
              .filter(name -> offer.getParameters().stream().noneMatch(one -> one.getName().equals(name)))
              .map(name -> new Named(name, null));
      return new WithoutTakeover(
          offer.getName(), Stream.concat(offer.getParameters().stream(), both).toList());
    }
  }

  /**
   * One of the two is null.
   *
   * @param bytes not to be changed, as many may send them at once
   */
  private record Message(String text, ByteBuffer bytes) {}

  /** One connection: Tomcat calls its methods, one at a time. */
  private final class Socket extends Endpoint {
    final Talk conversation;

    Socket(Asked asked) {
      conversation = new Talk(asked);
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      conversation.open(session);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      conversation.close();
    }

    @Override
    public void onError(Session session, Throwable error) {
      // The connection ends, too.
    }
  }

  private final class Talk extends Conversation<Message> {
    private final Outbox<Message> outbox = new Outbox<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Session session;

    Talk(Asked asked) {
      super(asked, rooms);
    }

    void open(Session session) {
      this.session = session;
      outbox.open(this::sendOne);
      session.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::take);
      session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) this::take);
      opened();
    }

    void close() {
      ended();
    }

    private void take(String part, boolean isLast) {
      if (isLast && text.isEmpty()) {
        received(text(part));
        return;
      }
      text.append(part);
      if (isLast) {
        String whole = text.toString();
        text.setLength(0);
        text.trimToSize();
        received(text(whole));
      } else {
        refuseAbove(text.length());
      }
    }

    private void take(ByteBuffer part, boolean isLast) {
      bytes.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
      if (isLast) {
        byte[] whole = bytes.toByteArray();
        bytes.reset();
        received(new Message(null, ByteBuffer.wrap(whole)));
      } else {
        refuseAbove(bytes.size());
      }
    }

    private void refuseAbove(int size) {
      if (size > Behaviours.MAX_MESSAGE_BYTES) {
        try {
          session.close(new CloseReason(CloseReason.CloseCodes.TOO_BIG, ""));
        } catch (IOException error) {
          throw new UncheckedIOException(error);
        }
      }
    }

    @Override
    protected void reply(Message message) {
      try {
        if (message.text() == null) {
          session.getBasicRemote().sendBinary(message.bytes());
        } else {
          session.getBasicRemote().sendText(message.text());
        }
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    @Override
    protected void send(Message message) {
      outbox.put(message);
    }

    private void sendOne(Message message, Runnable sent) {
      SendHandler handler =
          result -> {
            if (result.isOK()) {
              sent.run();
            }
          };
      if (message.text() == null) {
        session.getAsyncRemote().sendBinary(message.bytes().duplicate(), handler);
      } else {
        session.getAsyncRemote().sendText(message.text(), handler);
      }
    }

    @Override
    protected Message text(String text) {
      return new Message(text, null);
    }

    @Override
    protected String textOf(Message message) {
      return message.text() == null
          ? UTF_8.decode(message.bytes().duplicate()).toString()
          : message.text();
    }
  }
}
