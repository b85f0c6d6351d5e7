package contract

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
)

// PlainText is the type of what an Answer says.
const PlainText = "text/plain; charset=utf-8"

// Answer is what a request gets that opens no WebSocket.
type Answer struct {
	Status int
	Text   string
	// Headers are those in addition to the type.
	Headers map[string]string
}

// Decide says what a request asks for, or how it is answered.
//
// upgrade is the value of its field Upgrade.
func Decide(id, path, upgrade string) (Asked, *Answer) {
	asked, isKnown := AskedAt(path)
	switch {
	case !isKnown:
		return asked, &Answer{Status: http.StatusNotFound, Text: "Not found\n"}
	case strings.EqualFold(upgrade, "websocket"):
		return asked, nil
	case path == "/":
		return asked, &Answer{Status: http.StatusOK, Text: fmt.Sprintf(
			"wsmark server %s: open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE\n", id)}
	default:
		return asked, &Answer{http.StatusUpgradeRequired, "Open a WebSocket here\n", map[string]string{
			"Upgrade": "websocket", "Connection": "Upgrade",
		}}
	}
}

// Handler answers plain requests, and hands over those that open a WebSocket.
func Handler(id string, open func(http.ResponseWriter, *http.Request, Asked)) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		asked, answer := Decide(id, request.URL.Path, request.Header.Get("Upgrade"))
		if answer == nil {
			open(writer, request, asked)
			return
		}
		for name, value := range answer.Headers {
			writer.Header().Set(name, value)
		}
		writer.Header().Set("Content-Type", PlainText)
		writer.WriteHeader(answer.Status)
		_, _ = io.WriteString(writer, answer.Text)
	})
}

// Secured makes the connections that a listener accepts those of TLS if there is a certificate.
func Secured(listener net.Listener, address Address) (net.Listener, error) {
	if address.PEM == nil {
		return listener, nil
	}
	certificate, err := tls.X509KeyPair(address.PEM, address.PEM)
	if err != nil {
		return nil, err
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}}), nil
}

// ServeHTTP serves with net/http, which logs nothing.
func ServeHTTP(listener net.Listener, address Address, handler http.Handler) error {
	secured, err := Secured(listener, address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)}
	return server.Serve(secured)
}
