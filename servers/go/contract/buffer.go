package contract

import (
	"bytes"
	"io"
)

// mostKept is how large a buffer may be that is kept for the next message.
const mostKept = 64 * 1024

// Buffer holds one message of a connection after another, in the same memory unless it became large.
type Buffer struct{ bytes.Buffer }

// Read reads a message to its end; its bytes are valid until the next call.
func (b *Buffer) Read(message io.Reader) ([]byte, error) {
	if b.Cap() > mostKept {
		b.Buffer = bytes.Buffer{}
	}
	b.Reset()
	_, err := b.ReadFrom(message)
	return b.Bytes(), err
}
