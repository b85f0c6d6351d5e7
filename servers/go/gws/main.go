// The package lxzan/gws on net/http. On its own: `go run ./gws --port 8765` in servers/go
package main

import (
	"bytes"
	"net"
	"net/http"

	"github.com/lxzan/gws"

	"wsmark/servers/go/contract"
)

const id = "gws"

// handler does with each message what was asked for on its connection.
type handler struct {
	gws.BuiltinEventHandler
	rooms contract.Audiences[*gws.Conn]
}

// asked is the key of what a connection asked for in its session.
const asked = "asked"

// place is what a connection asked for, and with whom it is in a room.
type place struct {
	contract.Asked
	audience  *contract.Audience[*gws.Conn]
	endStream func()
}

func placeOf(socket *gws.Conn) *place {
	value, _ := socket.Session().Load(asked)
	return value.(*place)
}

func (h *handler) OnClose(socket *gws.Conn, _ error) {
	place := placeOf(socket)
	if place.audience != nil {
		h.rooms.Leave(place.Path, socket)
	}
	if place.endStream != nil {
		place.endStream()
	}
}

func (h *handler) OnMessage(socket *gws.Conn, message *gws.Message) {
	defer message.Close()
	switch place := placeOf(socket); place.Behaviour {
	case contract.Echo:
		_ = socket.WriteMessage(message.Opcode, message.Bytes())
	case contract.Tag:
		_ = socket.WriteMessage(gws.OpcodeText, contract.AppendTag(bytes.Clone(message.Bytes())))
	case contract.JSON:
		_ = socket.WriteMessage(gws.OpcodeText, contract.Document)
	case contract.Broadcast:
		// The frame is made from the bytes when it is sent.
		broadcaster := gws.NewBroadcaster(message.Opcode, bytes.Clone(message.Bytes()))
		place.audience.Each(func(listener *gws.Conn) { _ = broadcaster.Broadcast(listener) })
		_ = broadcaster.Close()
	}
}

func serve(listener net.Listener, address contract.Address) error {
	takeover := address.Deflate == contract.Takeover
	handler := &handler{}
	upgrader := gws.NewUpgrader(handler, &gws.ServerOption{
		ReadMaxPayloadSize:  contract.MaxMessageBytes,
		WriteMaxPayloadSize: contract.MaxMessageBytes,
		CheckUtf8Enabled:    true,
		Recovery:            gws.Recovery,
		PermessageDeflate: gws.PermessageDeflate{
			Enabled:               address.Deflate != "",
			ServerContextTakeover: takeover,
			ClientContextTakeover: takeover,
			// By default short messages are not compressed.
			Threshold: 1,
		},
	})
	return contract.ServeHTTP(listener, address, contract.Handler(id,
		func(writer http.ResponseWriter, request *http.Request, wanted contract.Asked) {
			place := &place{Asked: wanted}
			open := func() (*gws.Conn, error) { return upgrader.Upgrade(writer, request) }
			var socket *gws.Conn
			var err error
			if wanted.Behaviour == contract.Broadcast {
				place.audience, socket, err = handler.rooms.JoinAs(wanted.Path, open)
			} else {
				socket, err = open()
			}
			if err != nil {
				return
			}
			if wanted.Behaviour == contract.Push {
				place.endStream = contract.StartStream(wanted.Path, func(message []byte) error {
					return socket.WriteMessage(gws.OpcodeText, message)
				})
			}
			socket.Session().Store(asked, place)
			// Not in the handler's own goroutine, so that the request can be collected.
			go socket.ReadLoop()
		}))
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "gws",
		Module:  "github.com/lxzan/gws",
		Notes: []string{
			"A goroutine for each connection.",
			"Messages of a connection are handled one after the other (ParallelEnabled is off), so that replies keep their order.",
			"Texts are checked to be UTF-8.",
			"What goes to all is framed once (Broadcaster).",
			"No compression unless a case asks for it, then of every message, at level 1 and with takeover in a window of 4 KiB, its defaults.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes, contract.Backpressure, contract.Unlimited,
		},
		Serve: serve,
	})
}
