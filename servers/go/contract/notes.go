package contract

// What several servers say of themselves.
const (
	NoLogging    = "No logging, no idle timeout."
	NoDelay      = "TCP_NODELAY is set by Go."
	MostBytes    = "Messages of up to 64 MiB."
	Backpressure = "A connection whose client does not read its replies is not read any further."
	Unlimited    = "What is broadcast and not read is queued in memory without limit."
	Goroutines   = "A goroutine for each connection, and another one that sends on those at /broadcast and in rooms."
	NoContext    = "it compresses each message by itself"
)
