package contract

import (
	"crypto/tls"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

const (
	defaultHostname = "127.0.0.1"
	defaultPort     = 8765
)

// optionLines are the options for --help, a line each.
var optionLines = []string{
	fmt.Sprintf("  --port N       port to listen on; 0 takes a free one (default %d)", defaultPort),
	fmt.Sprintf("  --hostname H   host name or address to bind (default %s)", defaultHostname),
	"  --tls FILE     encrypt the connections: PEM file of certificate and private key",
	"  --deflate M    compress messages where the client offers it: takeover or no-takeover",
}

// Deflate is whether messages are compressed where the client offers it, and whether one may refer to those before it.
type Deflate string

// The values of --deflate; without the option it is empty.
const (
	Takeover   Deflate = "takeover"
	NoTakeover Deflate = "no-takeover"
)

// Address is where a server listens, and how connections differ from plain ones.
type Address struct {
	Hostname string
	Port     int
	// PEM is certificate and private key; nil if connections are plain.
	PEM     []byte
	Deflate Deflate
}

var (
	withValue  = regexp.MustCompile(`^(--\w+)=(.*)$`)
	digits     = regexp.MustCompile(`^[0-9]{1,5}$`)
	brackets   = regexp.MustCompile(`^\[(.*)\]$`)
	pemOfBoth  = []*regexp.Regexp{regexp.MustCompile(`(?m)^-----BEGIN CERTIFICATE-----`), regexp.MustCompile(`(?m)^-----BEGIN [A-Z ]*PRIVATE KEY-----`)}
	pemRemedy  = "give a PEM file with the certificate and its private key"
	portRemedy = "give a --port from 0 to 65535, 0 for a free one"
)

// readOptions reads the options of a server; isHelp if --help is among them.
func readOptions(args []string, id string, lacks map[string]string) (address Address, isHelp bool, err error) {
	address = Address{Hostname: defaultHostname, Port: defaultPort}
	var words []string
	for _, arg := range args {
		if parts := withValue.FindStringSubmatch(arg); parts != nil {
			words = append(words, parts[1:]...)
		} else {
			words = append(words, arg)
		}
	}
	for len(words) > 0 {
		option := words[0]
		switch option {
		case "--help":
			return address, true, nil
		case "--port", "--hostname", "--tls", "--deflate":
		default:
			return address, false, fmt.Errorf(
				"Unknown option '%s'; give --port, --hostname, --tls, --deflate or --help", option)
		}
		if len(words) < 2 || words[1] == "" {
			return address, false, fmt.Errorf("%s needs a value; give one, or leave the option out", option)
		}
		value := words[1]
		words = words[2:]
		if reason, isLacking := lacks[option[2:]]; isLacking {
			return address, false, fmt.Errorf("%s has no %s, as %s; leave it out", id, option, reason)
		}
		if err := address.read(option, value); err != nil {
			return address, false, err
		}
		if reason, isLacking := lacks[string(address.Deflate)]; isLacking {
			return address, false, fmt.Errorf("%s has no --deflate %s, as %s; leave it out", id, value, reason)
		}
	}
	return address, false, nil
}

// read takes over the value of an option.
func (a *Address) read(option, value string) error {
	switch option {
	case "--port":
		port, err := strconv.Atoi(value)
		if !digits.MatchString(value) || err != nil || port > 65535 {
			return fmt.Errorf("Cannot listen on port '%s'; %s", value, portRemedy)
		}
		a.Port = port
	case "--hostname":
		a.Hostname = brackets.ReplaceAllString(value, "$1")
	case "--deflate":
		a.Deflate = Deflate(value)
		if a.Deflate != Takeover && a.Deflate != NoTakeover {
			return fmt.Errorf("Unknown --deflate '%s'; give takeover or no-takeover", value)
		}
	case "--tls":
		pem, err := os.ReadFile(value)
		if err != nil {
			return fmt.Errorf("Cannot read --tls '%s': %w; %s", value, err, pemRemedy)
		}
		for _, block := range pemOfBoth {
			if !block.Match(pem) {
				return fmt.Errorf("--tls '%s' lacks one of the two: %s", value, pemRemedy)
			}
		}
		if _, err := tls.X509KeyPair(pem, pem); err != nil {
			return fmt.Errorf("Cannot read --tls '%s': %w; %s", value, err, pemRemedy)
		}
		a.PEM = pem
	}
	return nil
}

// url is the base URL of the server that listens on a port.
func (a *Address) url(port int) string {
	scheme, host := "ws", a.Hostname
	if a.PEM != nil {
		scheme = "wss"
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return fmt.Sprintf("%s://%s:%d/", scheme, host, port)
}
