// The package gobwas/ws, whose parts are put together here, on net/http. On its own: `go run ./gobwas --port 8765` in
// servers/go
package main

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsflate"
	"github.com/gobwas/ws/wsutil"

	"wsmark/servers/go/contract"
)

const id = "gobwas"

// lingering is how long the client may take to end the connection after it broke the protocol.
const lingering = 500 * time.Millisecond

type connection struct {
	conn    net.Conn
	reader  wsutil.Reader
	control wsutil.FrameHandlerFunc
	buffer  contract.Buffer
	// deflates is whether messages are compressed, and received whether the one that is being read is.
	deflates bool
	received wsflate.MessageState
	inflater *wsflate.Reader
}

func newConnection(conn net.Conn, source io.Reader, deflates bool) *connection {
	control := wsutil.ControlFrameHandler(conn, ws.StateServerSide)
	c := &connection{conn: conn, control: control, deflates: deflates}
	c.reader = wsutil.Reader{
		Source:         source,
		State:          ws.StateServerSide,
		OnIntermediate: control,
		MaxMessageSize: contract.MaxMessageBytes,
	}
	if deflates {
		c.reader.State |= ws.StateExtended
		c.reader.Extensions = []wsutil.RecvExtension{&c.received}
		c.inflater = wsflate.NewReader(nil, func(source io.Reader) wsflate.Decompressor {
			return flate.NewReader(source)
		})
	}
	return c
}

func (c *connection) Read() (contract.Kind, []byte, error) {
	for {
		header, err := c.reader.NextFrame()
		if err != nil {
			return 0, nil, c.refuse(err)
		}
		if header.OpCode.IsControl() {
			if err := c.control(header, &c.reader); err != nil {
				return 0, nil, err
			}
			continue
		}
		message, err := c.buffer.Read(c.inflated())
		if err == nil && header.OpCode == ws.OpText && !utf8.Valid(message) {
			err = wsutil.ErrInvalidUTF8
		}
		return contract.Kind(header.OpCode), message, c.refuse(err)
	}
}

func (c *connection) inflated() io.Reader {
	if !c.deflates || !c.received.IsCompressed() {
		return &c.reader
	}
	c.inflater.Reset(&c.reader)
	return c.inflater
}

// refuse closes a connection that breaks the protocol, and returns the error.
func (c *connection) refuse(err error) error {
	var broken ws.ProtocolError
	switch {
	case errors.Is(err, wsutil.ErrInvalidUTF8):
		_, _ = c.conn.Write(ws.CompiledCloseInvalidFramePayloadData)
	case errors.As(err, &broken):
		_, _ = c.conn.Write(ws.CompiledCloseProtocolError)
	default:
		return err
	}
	// With bytes unread the end would be a reset, and the client would miss the code.
	if half, isHalf := c.conn.(interface{ CloseWrite() error }); isHalf && half.CloseWrite() == nil {
		_ = c.conn.SetReadDeadline(time.Now().Add(lingering))
		_, _ = io.Copy(io.Discard, c.conn)
	}
	return err
}

// deflaters are what compresses; the level is that of wsflate's own helper.
var deflaters = sync.Pool{New: func() any {
	return wsflate.NewWriter(nil, func(out io.Writer) wsflate.Compressor {
		deflater, _ := flate.NewWriter(out, flate.BestCompression)
		return deflater
	})
}}

// Write writes each message with one call, so that several goroutines may.
func (c *connection) Write(kind contract.Kind, message []byte) error {
	state := ws.StateServerSide
	var sent wsflate.MessageState
	if c.deflates {
		var compressed bytes.Buffer
		deflater := deflaters.Get().(*wsflate.Writer)
		defer deflaters.Put(deflater)
		deflater.Reset(&compressed)
		if _, err := deflater.Write(message); err != nil {
			return err
		}
		if err := deflater.Close(); err != nil {
			return err
		}
		state |= ws.StateExtended
		sent.SetCompressed(true)
		message = compressed.Bytes()
	}
	writer := wsutil.GetWriter(c.conn, state, ws.OpCode(kind), len(message))
	defer wsutil.PutWriter(writer)
	if c.deflates {
		writer.SetExtensions(&sent)
	}
	if _, err := writer.Write(message); err != nil {
		return err
	}
	return writer.Flush()
}

func serve(listener net.Listener, address contract.Address) error {
	var rooms contract.Rooms[contract.Message]
	return contract.ServeHTTP(listener, address, contract.Handler(id,
		func(writer http.ResponseWriter, request *http.Request, asked contract.Asked) {
			seat := rooms.Take(asked)
			defer seat.Leave()
			var upgrader ws.HTTPUpgrader
			extension := wsflate.Extension{Parameters: wsflate.Parameters{
				ServerNoContextTakeover: true,
				ClientNoContextTakeover: true,
			}}
			if address.Deflate != "" {
				upgrader.Negotiate = extension.Negotiate
			}
			conn, buffered, _, err := upgrader.Upgrade(request, writer)
			if err != nil {
				return
			}
			defer conn.Close()
			_, deflates := extension.Accepted()
			contract.Converse(contract.Plain{Conn: newConnection(conn, buffered.Reader, deflates)}, seat)
		}))
}

func main() {
	contract.Main(contract.Server{
		ID:      id,
		Library: "gobwas/ws",
		Module:  "github.com/gobwas/ws",
		Notes: []string{
			contract.Goroutines,
			"Frames are read through the buffer of net/http, and a message is written with one call from a pooled buffer.",
			"Texts are checked to be UTF-8.",
			"No compression unless a case asks for it, then of every message, at level 9, as wsflate does by itself.",
			contract.NoLogging, contract.NoDelay, contract.MostBytes, contract.Backpressure, contract.Unlimited,
		},
		Lacks: map[string]string{"takeover": contract.NoContext},
		Serve: serve,
	})
}
