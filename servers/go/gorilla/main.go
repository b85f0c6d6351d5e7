// The package gorilla/websocket on net/http. On its own: `go run ./gorilla --port 8765` in servers/go
package main

import (
	"bytes"
	"net"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"

	"wsmark/servers/go/contract"
)

const id = "gorilla"

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
	var rooms contract.Rooms[*websocket.PreparedMessage]
	upgrader := websocket.Upgrader{
		CheckOrigin:       func(*http.Request) bool { return true },
		WriteBufferPool:   &sync.Pool{},
		EnableCompression: address.Deflate != "",
	}
	return contract.ServeHTTP(listener, address, contract.Handler(id,
		func(writer http.ResponseWriter, request *http.Request, asked contract.Asked) {
			seat := rooms.Take(asked)
			defer seat.Leave()
			conn, err := upgrader.Upgrade(writer, request, nil)
			if err != nil {
				return
			}
			defer conn.Close()
			conn.SetReadLimit(contract.MaxMessageBytes)
			contract.Converse(&connection{Conn: conn}, seat)
		}))
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "gorilla/websocket",
		Module:  "github.com/gorilla/websocket",
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
