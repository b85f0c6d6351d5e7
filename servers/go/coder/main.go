// The package coder/websocket (once nhooyr.io/websocket) on net/http. On its own: `go run ./coder --port 8765` in
// servers/go
package main

import (
	"context"
	"net"
	"net/http"

	"github.com/coder/websocket"

	"wsmark/servers/go/contract"
)

const id = "coder"

var modes = map[contract.Deflate]websocket.CompressionMode{
	contract.Takeover:   websocket.CompressionContextTakeover,
	contract.NoTakeover: websocket.CompressionNoContextTakeover,
}

type connection struct {
	conn   *websocket.Conn
	buffer contract.Buffer
}

func (c *connection) Read() (contract.Kind, []byte, error) {
	kind, reader, err := c.conn.Reader(context.Background())
	if err != nil {
		return 0, nil, err
	}
	message, err := c.buffer.Read(reader)
	return contract.Kind(kind), message, err
}

func (c *connection) Write(kind contract.Kind, message []byte) error {
	return c.conn.Write(context.Background(), websocket.MessageType(kind), message)
}

func serve(listener net.Listener, address contract.Address) error {
	var rooms contract.Rooms[contract.Message]
	options := &websocket.AcceptOptions{
		InsecureSkipVerify: true,
		CompressionMode:    modes[address.Deflate],
		// By default short messages are not compressed.
		CompressionThreshold: 1,
	}
	return contract.ServeHTTP(listener, address, contract.Handler(id,
		func(writer http.ResponseWriter, request *http.Request, asked contract.Asked) {
			seat := rooms.Take(asked)
			defer seat.Leave()
			conn, err := websocket.Accept(writer, request, options)
			if err != nil {
				return
			}
			defer conn.CloseNow()
			conn.SetReadLimit(contract.MaxMessageBytes)
			contract.Converse(contract.Plain{Conn: &connection{conn: conn}}, seat)
		}))
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "coder/websocket",
		Module:  "github.com/coder/websocket",
		Notes: []string{
			contract.Goroutines,
			"No compression unless a case asks for it, then of every message that is not empty.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes, contract.Backpressure, contract.Unlimited,
		},
		Serve: serve,
	})
}
