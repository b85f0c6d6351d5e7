@file:JvmName("KtorServer")

package wsmark

import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCallPipeline
import io.ktor.server.application.call
import io.ktor.server.application.install
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.engine.sslConnector
import io.ktor.server.netty.Netty
import io.ktor.server.netty.NettyApplicationEngine
import io.ktor.server.request.header
import io.ktor.server.request.uri
import io.ktor.server.response.respondText
import io.ktor.server.routing.routing
import io.ktor.server.websocket.DefaultWebSocketServerSession
import io.ktor.server.websocket.WebSockets
import io.ktor.server.websocket.webSocket
import io.ktor.websocket.Frame
import io.ktor.websocket.WebSocketDeflateExtension
import io.netty.channel.ChannelOption
import kotlin.time.Duration.Companion.nanoseconds
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import wsmark.contract.Address
import wsmark.contract.Answer
import wsmark.contract.Behaviours
import wsmark.contract.Behaviours.Behaviour
import wsmark.contract.Rooms
import wsmark.contract.Server
import wsmark.contract.Stream

/** Ktor on its Netty engine: that of its own, CIO, has no TLS. */
private val server =
    Server(
        "ktor",
        Server.release("Ktor", "ktor-server-websockets-jvm") +
            ", " +
            Server.release("Netty", "netty-codec-http"),
        listOf(
            "Event loops of Ktor's Netty engine for connections: ${Server.eventLoops()}, and as many for calls, over Java's NIO; coroutines.",
            "No compression unless a case asks for it, then of every message that is not empty, at zlib's default level.",
            Server.NO_LOGGING,
            Server.NO_DELAY,
            Server.MOST_BYTES,
            Server.BACKPRESSURE,
            Server.UNLIMITED,
        ),
        Server.ONLY_AS_ASKED,
    )

/** What each connection in a room is still to be sent. */
private val rooms = Rooms<Channel<Frame>>()

fun main(args: Array<String>) = server.run(args, ::start)

private fun start(address: Address): Int {
  val running =
      embeddedServer(Netty, configure = { listenAt(address) }) { answerAt(address) }.start()
  return runBlocking { running.engine.resolvedConnectors().first().port }
}

private fun NettyApplicationEngine.Configuration.listenAt(address: Address) {
  connectionGroupSize = 1
  workerGroupSize = Server.eventLoops()
  callGroupSize = Server.eventLoops()
  configureBootstrap = {
    option(ChannelOption.SO_BACKLOG, 4096)
    childOption(ChannelOption.TCP_NODELAY, true)
  }
  val password = Address.PASSWORD.toCharArray()
  val tls = address.tls()
  if (tls == null) {
    connector {
      host = address.hostname()
      port = address.port()
    }
  } else {
    sslConnector(tls.keys(), Address.KEY, { password }, { password }) {
      host = address.hostname()
      port = address.port()
    }
  }
}

private fun Application.answerAt(address: Address) {
  intercept(ApplicationCallPipeline.Plugins) {
    val asked = Behaviours.askedAt(call.request.uri)
    val answer = Answer.to(server.id(), asked, call.request.header(HttpHeaders.Upgrade))
    if (answer != null) {
      val fields = answer.headers().filterKeys { it != HttpHeaders.ContentType }
      // Ktor has Upgrade for itself otherwise.
      for ((name, value) in fields) call.response.headers.append(name, value, safeOnly = false)
      call.respondText(answer.text(), ContentType.Text.Plain, HttpStatusCode.fromValue(answer.status()))
      finish()
    }
  }
  install(WebSockets) {
    maxFrameSize = Behaviours.MAX_MESSAGE_BYTES.toLong()
    if (address.deflates()) {
      extensions {
        // It fails at an empty message.
        install(WebSocketDeflateExtension) { compressIf { it.data.isNotEmpty() } }
      }
    }
  }
  routing { webSocket("/{path...}") { converse() } }
}

private suspend fun DefaultWebSocketServerSession.converse() {
  val asked = Behaviours.askedAt(call.request.uri).orElseThrow()
  when (asked.behaviour()) {
    Behaviour.ECHO -> for (frame in incoming) send(unchanged(frame))
    Behaviour.TAG ->
        for (frame in incoming) send(Frame.Text(Behaviours.tag(frame.data.decodeToString())))
    Behaviour.JSON -> for (frame in incoming) send(Frame.Text(Behaviours.DOCUMENT))
    Behaviour.BROADCAST -> broadcast(asked.path())
    Behaviour.PUSH -> push(Stream(asked.path()))
  }
}

/** A message as it came, in one frame. */
private fun unchanged(frame: Frame): Frame =
    if (frame is Frame.Text) Frame.Text(true, frame.data) else Frame.Binary(true, frame.data)

private suspend fun DefaultWebSocketServerSession.broadcast(path: String) {
  val outbox = Channel<Frame>(Channel.UNLIMITED)
  rooms.join(path, outbox)
  val sending = launch { for (frame in outbox) send(unchanged(frame)) }
  try {
    for (frame in incoming) rooms.each(path) { it.trySend(frame) }
  } finally {
    rooms.leave(path, outbox)
    sending.cancel()
  }
}

private suspend fun DefaultWebSocketServerSession.push(stream: Stream) {
  val sending = launch {
    while (true) {
      delay(stream.waitNs().nanoseconds)
      send(Frame.Text(stream.next()))
    }
  }
  try {
    for (frame in incoming) continue
  } finally {
    sending.cancel()
  }
}
