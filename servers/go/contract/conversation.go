package contract

import "bytes"

// Kind is the opcode of a message (RFC 6455, section 5.2), which all libraries call by a name of their own.
type Kind int

// The kinds of messages.
const (
	Text   Kind = 1
	Binary Kind = 2
)

// Conn is a connection whose reads and writes wait; several goroutines may write.
type Conn interface {
	// Read returns the next message, whose bytes are valid until the next call, or the end of the connection.
	Read() (Kind, []byte, error)
	Write(kind Kind, message []byte) error
}

// Sender is a connection of a library that prepares once what goes to many.
type Sender[M any] interface {
	Conn
	// Prepare returns a message that stays valid.
	Prepare(kind Kind, message []byte) (M, error)
	Send(prepared M) error
}

// Message is one that stays valid.
type Message struct {
	Kind  Kind
	Bytes []byte
}

// Plain is a connection of a library that prepares nothing.
type Plain struct{ Conn }

// Prepare copies a message.
func (p Plain) Prepare(kind Kind, message []byte) (Message, error) {
	return Message{kind, bytes.Clone(message)}, nil
}

// Send writes a message.
func (p Plain) Send(message Message) error { return p.Write(message.Kind, message.Bytes) }

// Rooms are the connections that get what one of them sends to all.
type Rooms[M any] struct{ audiences Audiences[*Queue[M]] }

// Seat is the place of a connection in its room; one that is in none has a seat, too.
type Seat[M any] struct {
	asked    Asked
	rooms    *Rooms[M]
	audience *Audience[*Queue[M]]
	queue    *Queue[M]
}

// Take takes a seat, before the handshake is answered, so that the client misses nothing that is sent from then on.
func (r *Rooms[M]) Take(asked Asked) *Seat[M] {
	seat := &Seat[M]{asked: asked, rooms: r}
	if asked.Behaviour == Broadcast {
		seat.queue = NewQueue[M]()
		seat.audience = r.audiences.Join(asked.Path, seat.queue)
	}
	return seat
}

// Leave gives the seat up.
func (s *Seat[M]) Leave() {
	if s.queue != nil {
		s.rooms.audiences.Leave(s.asked.Path, s.queue)
		s.queue.Close()
	}
}

// Converse does with each message of a connection what was asked for, until the connection ends.
func Converse[M any](conn Sender[M], seat *Seat[M]) {
	switch seat.asked.Behaviour {
	case Echo:
		each(conn, conn.Write)
	case Tag:
		each(conn, func(_ Kind, message []byte) error { return conn.Write(Text, AppendTag(message)) })
	case JSON:
		each(conn, func(Kind, []byte) error { return conn.Write(Text, Document) })
	case Push:
		end := StartStream(seat.asked.Path, func(message []byte) error { return conn.Write(Text, message) })
		defer end()
		each(conn, func(Kind, []byte) error { return nil })
	case Broadcast:
		go seat.queue.Drain(conn.Send)
		each(conn, func(kind Kind, message []byte) error {
			prepared, err := conn.Prepare(kind, message)
			if err == nil {
				seat.audience.Each(func(listener *Queue[M]) { listener.Put(prepared) })
			}
			return err
		})
	}
}

func each(conn Conn, handle func(Kind, []byte) error) {
	for {
		kind, message, err := conn.Read()
		if err != nil || handle(kind, message) != nil {
			return
		}
	}
}
