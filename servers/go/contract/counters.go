package contract

import (
	"bufio"
	"encoding/json"
	"math"
	"net"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"
)

// countersVariable names where to tell what the runtime counts in the window of a trial, as host:port/token: see
// bench/explain/runtimes/hub.ts, which says what is said. Without it nothing is counted.
const countersVariable = "WSMARK_COUNTERS"

// Of the package runtime/metrics, which describes them.
const (
	heapAllocated = "/gc/heap/allocs:bytes"
	gcCPU         = "/cpu/classes/gc/total:cpu-seconds"
	idleCPU       = "/cpu/classes/idle:cpu-seconds"
	totalCPU      = "/cpu/classes/total:cpu-seconds"
	pauses        = "/sched/pauses/total/gc:seconds"
	runnable      = "/sched/latencies:seconds"
)

// counters are what has been counted since the program began.
type counters struct {
	at      time.Time
	memory  runtime.MemStats
	samples map[string]metrics.Value
}

func readCounters() counters {
	names := []string{heapAllocated, gcCPU, idleCPU, totalCPU, pauses, runnable}
	samples := make([]metrics.Sample, len(names))
	for index, name := range names {
		samples[index].Name = name
	}
	metrics.Read(samples)
	now := counters{at: time.Now(), samples: map[string]metrics.Value{}}
	for _, sample := range samples {
		now.samples[sample.Name] = sample.Value
	}
	runtime.ReadMemStats(&now.memory)
	return now
}

// tellCounters follows those who measure, until they are gone.
func tellCounters(place string) {
	address, token, _ := strings.Cut(place, "/")
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer connection.Close()
	say := json.NewEncoder(connection)
	if say.Encode(map[string]any{"token": token, "pid": os.Getpid()}) != nil {
		return
	}
	var start *counters
	for lines := bufio.NewScanner(connection); lines.Scan(); {
		switch lines.Text() {
		case "start":
			now := readCounters()
			start = &now
		case "end":
			if start != nil {
				_ = say.Encode(reportOf(*start, readCounters()))
			}
		}
	}
}

func reportOf(start, end counters) map[string]any {
	milliseconds := func(ns uint64) float64 { return float64(ns) / 1e6 }
	return map[string]any{
		"windowMs":       milliseconds(uint64(end.at.Sub(start.at))),
		"collections":    end.memory.NumGC - start.memory.NumGC,
		"pausedMs":       milliseconds(end.memory.PauseTotalNs - start.memory.PauseTotalNs),
		"longestMs":      1000 * longestPause(start, end),
		"cpuShare":       shareOfGC(start, end),
		"allocatedBytes": end.samples[heapAllocated].Uint64() - start.samples[heapAllocated].Uint64(),
		"delayMs":        delay(start, end),
	}
}

// longestPause is that of the last 256 collections, which Go remembers one by one; of more it is the end of the highest
// bucket that got one.
func longestPause(start, end counters) float64 {
	kept := uint32(len(end.memory.PauseNs))
	if end.memory.NumGC-start.memory.NumGC <= kept {
		longest := uint64(0)
		for number := start.memory.NumGC; number < end.memory.NumGC; number++ {
			longest = max(longest, end.memory.PauseNs[number%kept])
		}
		return float64(longest) / 1e9
	}
	counts, edges := between(start, end, pauses)
	for index := len(counts) - 1; index >= 0; index-- {
		if counts[index] > 0 {
			return edge(edges, index)
		}
	}
	return 0
}

// shareOfGC is the part of the time on CPUs that went into collecting, beside what runs or in its place. Go brings it up
// to date at the end of a collection.
func shareOfGC(start, end counters) any {
	spent := func(name string) float64 {
		return end.samples[name].Float64() - start.samples[name].Float64()
	}
	busy := spent(totalCPU) - spent(idleCPU)
	if end.memory.NumGC == start.memory.NumGC {
		return 0
	}
	if busy <= 0 {
		return map[string]string{"absent": "Go had not brought its CPU times up to date"}
	}
	return spent(gcCPU) / busy
}

// delay is how long goroutines that could run waited to do so, 99 of 100 of them, in milliseconds: what the delay of an
// event loop is to others.
func delay(start, end counters) any {
	counts, edges := between(start, end, runnable)
	total := uint64(0)
	for _, count := range counts {
		total += count
	}
	if total == 0 {
		return map[string]string{"absent": "no goroutine waited in the window"}
	}
	rank, seen := uint64(math.Ceil(float64(total)*0.99)), uint64(0)
	for index, count := range counts {
		if seen += count; seen >= rank {
			return 1000 * edge(edges, index)
		}
	}
	return 0
}

// between is what a histogram got from start to end: counts, and the edges of its buckets, one more.
func between(start, end counters, name string) ([]uint64, []float64) {
	before, after := start.samples[name].Float64Histogram(), end.samples[name].Float64Histogram()
	counts := make([]uint64, len(after.Counts))
	for index, count := range after.Counts {
		counts[index] = count - before.Counts[index]
	}
	return counts, after.Buckets
}

// edge is the upper one of a bucket, or the lower one where there is no end.
func edge(edges []float64, index int) float64 {
	if math.IsInf(edges[index+1], 1) {
		return edges[index]
	}
	return edges[index+1]
}
