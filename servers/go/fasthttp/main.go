// The package fasthttp/websocket, gorilla/websocket on fasthttp. On its own: `go run ./fasthttp --port 8765` in
// servers/go
package main

import (
	"bytes"
	"io"
	"log"
	"net"
	"sync"

	"github.com/fasthttp/websocket"
	"github.com/valyala/fasthttp"

	"wsmark/servers/go/contract"
)

const id = "fasthttp"

type connection struct {
	*websocket.Conn
	buffer contract.Buffer
}

func (c *connection) Read() (contract.Kind, []byte, error) {
	kind, reader, err := c.NextReader()
	if err != nil {
		return 0, nil, err
	}
	message, err := c.buffer.Read(reader)
	return contract.Kind(kind), message, err
}

func (c *connection) Write(kind contract.Kind, message []byte) error {
	return c.WriteMessage(int(kind), message)
}

func (c *connection) Prepare(kind contract.Kind, message []byte) (*websocket.PreparedMessage, error) {
	return websocket.NewPreparedMessage(int(kind), bytes.Clone(message))
}

func (c *connection) Send(prepared *websocket.PreparedMessage) error {
	return c.WritePreparedMessage(prepared)
}

func serve(listener net.Listener, address contract.Address) error {
	secured, err := contract.Secured(listener, address)
	if err != nil {
		return err
	}
	var rooms contract.Rooms[*websocket.PreparedMessage]
	upgrader := websocket.FastHTTPUpgrader{
		CheckOrigin:       func(*fasthttp.RequestCtx) bool { return true },
		WriteBufferPool:   &sync.Pool{},
		EnableCompression: address.Deflate != "",
	}
	server := fasthttp.Server{
		Logger: log.New(io.Discard, "", 0),
		Handler: func(request *fasthttp.RequestCtx) {
			asked, answer := contract.Decide(id, string(request.Path()), string(request.Request.Header.Peek("Upgrade")))
			if answer != nil {
				for name, value := range answer.Headers {
					request.Response.Header.Set(name, value)
				}
				request.SetStatusCode(answer.Status)
				request.SetContentType(contract.PlainText)
				request.SetBodyString(answer.Text)
				return
			}
			seat := rooms.Take(asked)
			err := upgrader.Upgrade(request, func(conn *websocket.Conn) {
				defer seat.Leave()
				conn.SetReadLimit(contract.MaxMessageBytes)
				contract.Converse(&connection{Conn: conn}, seat)
			})
			if err != nil {
				seat.Leave()
			}
		},
	}
	return server.Serve(secured)
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "fasthttp/websocket",
		Module:  "github.com/fasthttp/websocket",
		Notes: []string{
			contract.Goroutines,
			"Connections share a pool of buffers that they write from (WriteBufferPool).",
			"What goes to all is prepared once (PreparedMessage).",
			"No compression unless a case asks for it, then of every message, at level 1, its default.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes, contract.Backpressure, contract.Unlimited,
		},
		Lacks: map[string]string{"takeover": contract.NoContext},
		Serve: serve,
	})
}
