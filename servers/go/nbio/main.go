// The package lesismal/nbio: HTTP and WebSockets on an event loop of its own. On its own: `go run ./nbio --port 8765` in
// servers/go
package main

import (
	"net"
	"net/http"

	"github.com/lesismal/llib/std/crypto/tls"
	"github.com/lesismal/nbio/logging"
	"github.com/lesismal/nbio/nbhttp"
	"github.com/lesismal/nbio/nbhttp/websocket"

	"wsmark/servers/go/contract"
)

const id = "nbio"

// place is what a connection asked for, and with whom it is in a room.
type place struct {
	contract.Asked
	audience  *contract.Audience[*websocket.Conn]
	endStream func()
}

func serve(listener net.Listener, address contract.Address) error {
	logging.SetLevel(logging.LevelNone)
	var rooms contract.Audiences[*websocket.Conn]
	upgrader := websocket.NewUpgrader()
	upgrader.CheckOrigin = func(*http.Request) bool { return true }
	upgrader.KeepaliveTime = 0
	upgrader.MessageLengthLimit = contract.MaxMessageBytes
	upgrader.EnableCompression(address.Deflate != "")
	upgrader.OnMessage(answer)
	upgrader.OnClose(func(conn *websocket.Conn, _ error) {
		place, isSet := conn.Session().(*place)
		if isSet && place.audience != nil {
			rooms.Leave(place.Path, conn)
		}
		if isSet && place.endStream != nil {
			place.endStream()
		}
	})
	handler := contract.Handler(id, func(writer http.ResponseWriter, request *http.Request, asked contract.Asked) {
		place := &place{Asked: asked}
		open := func() (*websocket.Conn, error) { return upgrader.Upgrade(writer, request, nil) }
		var conn *websocket.Conn
		var err error
		if asked.Behaviour == contract.Broadcast {
			place.audience, conn, err = rooms.JoinAs(asked.Path, open)
		} else {
			conn, err = open()
		}
		if err != nil {
			return
		}
		if asked.Behaviour == contract.Push {
			place.endStream = contract.StartStream(asked.Path, func(message []byte) error {
				return conn.WriteMessage(websocket.TextMessage, message)
			})
		}
		conn.SetSession(place)
	})

	config := nbhttp.Config{
		Network:                 "tcp",
		Listen:                  func(string, string) (net.Listener, error) { return listener, nil },
		Handler:                 handler,
		ReadLimit:               2 * contract.MaxMessageBytes,
		ReleaseWebsocketPayload: true,
	}
	where := []string{listener.Addr().String()}
	if address.PEM == nil {
		config.Addrs = where
	} else {
		certificate, err := tls.X509KeyPair(address.PEM, address.PEM)
		if err != nil {
			return err
		}
		config.AddrsTLS = where
		config.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	engine := nbhttp.NewEngine(config)
	if err := engine.Start(); err != nil {
		return err
	}
	select {}
}

// answer does with a message what was asked for on its connection; its bytes are used again afterwards.
func answer(conn *websocket.Conn, kind websocket.MessageType, message []byte) {
	place := conn.Session().(*place)
	switch place.Behaviour {
	case contract.Echo:
		_ = conn.WriteMessage(kind, message)
	case contract.Tag:
		_ = conn.WriteMessage(websocket.TextMessage, contract.AppendTag(append([]byte(nil), message...)))
	case contract.JSON:
		_ = conn.WriteMessage(websocket.TextMessage, contract.Document)
	case contract.Broadcast:
		place.audience.Each(func(listener *websocket.Conn) { _ = listener.WriteMessage(kind, message) })
	}
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "nbio",
		Module:  "github.com/lesismal/nbio",
		Notes: []string{
			"An event loop over epoll, no goroutine for a connection; messages are handled by a pool of goroutines.",
			"It hands over no message that is empty, so that none is answered.",
			"Replies of more than 32 KiB are sent in frames of that size, its default.",
			"No compression unless a case asks for it, then of every message, at level 1, its default.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes,
			"Replies that the client does not read are queued in memory without limit.",
		},
		Lacks: map[string]string{"takeover": contract.NoContext},
		Serve: serve,
	})
}
