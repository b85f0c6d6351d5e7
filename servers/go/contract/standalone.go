package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

// Server is a server as its file describes it.
type Server struct {
	// ID is its id in the list of servers.
	ID string
	// Library is what it runs on, a name in front of the version of Module.
	Library, Module string
	// Notes are what was set differently from the defaults and what its limits are, a sentence each.
	Notes []string
	// Lacks is what it cannot do, each with the reason as a phrase; the list of servers says the same.
	Lacks map[string]string
	// Serve accepts connections until it fails.
	Serve func(listener net.Listener, address Address) error
}

// Main runs a server as a program until SIGINT, SIGTERM, or the end of a stdin that is a pipe or a socket; then its exit
// code is 0. Wrong options, or an address that is not available, end it with one line on stderr and exit code 2.
func Main(server Server) {
	address, isHelp, err := readOptions(os.Args[1:], server.ID, server.Lacks)
	if err != nil {
		fail(err.Error())
	}
	notes := append([]string{
		fmt.Sprintf("GOMAXPROCS is %d: Go takes as many threads for goroutines as it may use CPUs.", runtime.GOMAXPROCS(0)),
	}, server.Notes...)
	library := server.Library + " " + versionOf(server.Module)
	if isHelp {
		fmt.Printf("The wsmark server %s (%s)\n\n%s\n  --help         this text\n\n%s\n",
			server.ID, library, strings.Join(optionLines, "\n"), strings.Join(notes, "\n"))
		return
	}

	// Go sets TCP_NODELAY for every connection that it accepts, and the longest backlog that the system allows.
	listener, err := net.Listen("tcp", net.JoinHostPort(address.Hostname, strconv.Itoa(address.Port)))
	if err != nil {
		fail(explain(err, address))
	}
	// A reader that went away must not take the server with it.
	signal.Ignore(syscall.SIGPIPE)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ended
		os.Exit(0)
	}()
	announce(server.ID, library, notes, address.url(listener.Addr().(*net.TCPAddr).Port))
	go endWithStdin()
	if place := os.Getenv(countersVariable); place != "" {
		go tellCounters(place)
	}
	fail(server.Serve(listener, address).Error())
}

// versionOf is the version of a module as it was built in, without the v.
func versionOf(module string) string {
	if build, isKnown := debug.ReadBuildInfo(); isKnown {
		for _, dependency := range build.Deps {
			if dependency.Path == module {
				return strings.TrimPrefix(dependency.Version, "v")
			}
		}
	}
	fail(fmt.Sprintf("Cannot tell the version of %s: the program was built without modules", module))
	return ""
}

func explain(err error, address Address) string {
	where := fmt.Sprintf("Cannot listen on %s, port %d", address.Hostname, address.Port)
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return where + ": it is taken; give another --port, or --port 0 for a free one"
	case errors.Is(err, syscall.EACCES):
		return where + ": permission denied; give a --port above 1023"
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &dns):
		return where + ": not an address of this machine; give another --hostname, such as " + defaultHostname
	default:
		return where + ": " + err.Error() + "; check --hostname and --port"
	}
}

func announce(id, library string, notes []string, url string) {
	language := "go " + strings.TrimPrefix(runtime.Version(), "go")
	if state, err := os.Stdout.Stat(); err == nil && state.Mode()&os.ModeCharDevice != 0 {
		fmt.Printf("%s at %s (%s, %s); Ctrl-C stops it\n", id, url, library, language)
		return
	}
	line, err := json.Marshal(map[string]any{
		"ready": true, "url": url, "pid": os.Getpid(), "server": id, "runtime": language, "library": library, "notes": notes,
	})
	if err != nil {
		fail(err.Error())
	}
	fmt.Println(string(line))
}

// endWithStdin ends the program with its stdin: a runner that was killed cannot send a signal any more, but its end of the
// pipe closes. A terminal, a file and /dev/null are left alone: `server &`, nohup and systemd give one of them.
func endWithStdin() {
	state, err := os.Stdin.Stat()
	if err != nil || state.Mode()&(os.ModeNamedPipe|os.ModeSocket) == 0 {
		return
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// fail ends the program with one line on stderr and exit code 2.
func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(2)
}
