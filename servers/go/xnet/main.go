// The package golang.org/x/net/websocket on net/http, which its authors call frozen: they name gorilla and coder instead.
// On its own: `go run ./xnet --port 8765` in servers/go
package main

import (
	"net"
	"net/http"

	"golang.org/x/net/websocket"

	"wsmark/servers/go/contract"
)

const id = "xnet"

// codec keeps the kind of a message, which those of the package lose.
var codec = websocket.Codec{
	Marshal: func(value any) ([]byte, byte, error) {
		message := value.(*contract.Message)
		return message.Bytes, byte(message.Kind), nil
	},
	Unmarshal: func(bytes []byte, kind byte, value any) error {
		*value.(*contract.Message) = contract.Message{Kind: contract.Kind(kind), Bytes: bytes}
		return nil
	},
}

type connection struct{ *websocket.Conn }

func (c connection) Read() (contract.Kind, []byte, error) {
	var message contract.Message
	err := codec.Receive(c.Conn, &message)
	return message.Kind, message.Bytes, err
}

func (c connection) Write(kind contract.Kind, message []byte) error {
	return codec.Send(c.Conn, &contract.Message{Kind: kind, Bytes: message})
}

func serve(listener net.Listener, address contract.Address) error {
	var rooms contract.Rooms[contract.Message]
	return contract.ServeHTTP(listener, address, contract.Handler(id,
		func(writer http.ResponseWriter, request *http.Request, asked contract.Asked) {
			seat := rooms.Take(asked)
			defer seat.Leave()
			// Its own Handler would ask for an origin, which programs do not name.
			websocket.Server{Handler: func(conn *websocket.Conn) {
				// It answers a close.
				defer conn.Close()
				conn.MaxPayloadBytes = contract.MaxMessageBytes
				contract.Converse(contract.Plain{Conn: connection{conn}}, seat)
			}}.ServeHTTP(writer, request)
		}))
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "golang.org/x/net/websocket",
		Module:  "golang.org/x/net",
		Notes: []string{
			"Its authors no longer develop it, and name gorilla/websocket and coder/websocket instead.",
			contract.Goroutines,
			"A message that comes in fragments is answered in as many messages, as it hands over frames.",
			"Every close is answered with code 1000, and it sends no pings.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes, contract.Backpressure, contract.Unlimited,
		},
		Lacks: map[string]string{"deflate": "it knows no extension"},
		Serve: serve,
	})
}
