// Package contract is what all servers in Go share: what they answer, whatever library carries it, their options, and
// how they start and end. It is the same as behaviours.ts, options.ts and standalone.ts of servers/contract.
package contract

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"strconv"
)

// Behaviour is what a server does with a message; it is chosen by path.
type Behaviour int

// The behaviours, each with its path.
const (
	Echo      Behaviour = iota // /echo and /
	Tag                        // /tag
	JSON                       // /json
	Broadcast                  // /broadcast and /room/N
	Push                       // /push/RATE/SIZE, where it sends by itself
)

// Asked is what a path asks for.
type Asked struct {
	Behaviour Behaviour
	// Path is the one without a query: those at the same one get what is sent to all.
	Path string
}

// MaxMessageBytes is the largest message that a server is set to accept.
const MaxMessageBytes = 64 * 1024 * 1024

var paths = map[string]Behaviour{"/": Echo, "/echo": Echo, "/tag": Tag, "/json": JSON, "/broadcast": Broadcast}

var room = regexp.MustCompile(`^/room/[0-9]{1,9}$`)

// AskedAt is what a path without a query asks for; false if it is unknown.
func AskedAt(path string) (Asked, bool) {
	behaviour, known := paths[path]
	if !known && room.MatchString(path) {
		return Asked{Broadcast, path}, true
	}
	if !known && push.MatchString(path) {
		return Asked{Push, path}, true
	}
	return Asked{behaviour, path}, known
}

//go:embed document.json
var order []byte

// Document is what /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8.
var Document = func() []byte {
	var shortest bytes.Buffer
	if err := json.Compact(&shortest, order); err != nil {
		panic(err)
	}
	return shortest.Bytes()
}()

// AppendTag appends to a text what /tag answers with behind it: " - N", N random in 0…999.
func AppendTag(text []byte) []byte {
	return strconv.AppendInt(append(text, " - "...), rand.Int64N(1000), 10)
}
