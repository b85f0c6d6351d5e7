package contract

import (
	"bytes"
	"regexp"
	"strconv"
	"time"
)

// push are the paths of streams: messages per second, and bytes of each.
var push = regexp.MustCompile(`^/push/([0-9]{1,5}(?:\.[0-9]{1,20})?)/([0-9]{1,7})$`)

// StartStream sends the messages of a path, from now on, evenly, until sending fails or it is ended by what is returned;
// those that are late are made up for.
func StartStream(path string, send func(message []byte) error) (end func()) {
	parts := push.FindStringSubmatch(path)
	rate, _ := strconv.ParseFloat(parts[1], 64)
	size, _ := strconv.Atoi(parts[2])
	ended := make(chan struct{})
	go func() {
		start := time.Now()
		for sequence := 0; ; sequence++ {
			due := start.Add(time.Duration(float64(sequence) / rate * float64(time.Second)))
			select {
			case <-ended:
				return
			case <-time.After(time.Until(due)):
			}
			if send(streamMessage(sequence, size)) != nil {
				return
			}
		}
	}()
	return func() { close(ended) }
}

// streamMessage is JSON with its number, and the time at which it is made in whole microseconds since 1970.
func streamMessage(sequence, size int) []byte {
	message := make([]byte, 0, size)
	message = append(message, `{"sequence":`...)
	message = strconv.AppendInt(message, int64(sequence), 10)
	message = append(message, `,"time":`...)
	message = strconv.AppendInt(message, time.Now().UnixMicro(), 10)
	message = append(message, `,"fill":"`...)
	message = append(message, bytes.Repeat([]byte{'x'}, max(0, size-len(message)-2))...)
	return append(message, `"}`...)
}
