package contract

import (
	"slices"
	"sync"
)

// Audiences are who listens at which path: what one of them sends goes to all at the same one, in one order for all.
type Audiences[L comparable] struct {
	mutex  sync.Mutex
	byPath map[string]*Audience[L]
}

// Audience is who listens at one path.
type Audience[L comparable] struct {
	mutex     sync.Mutex
	listeners []L
	// members counts the listeners, and those that are about to be; it is guarded by the mutex of the audiences.
	members int
}

// Join adds a listener, and returns those that it is now among.
func (a *Audiences[L]) Join(path string, listener L) *Audience[L] {
	audience, _, _ := a.JoinAs(path, func() (L, error) { return listener, nil })
	return audience
}

// JoinAs adds the listener that a function opens, and returns those that it is now among, and itself. Nobody sends to them
// meanwhile: if the function answers the handshake, the client misses nothing that is sent after the answer.
func (a *Audiences[L]) JoinAs(path string, open func() (L, error)) (*Audience[L], L, error) {
	audience := a.enter(path)
	audience.mutex.Lock()
	defer audience.mutex.Unlock()
	listener, err := open()
	if err == nil {
		audience.listeners = append(audience.listeners, listener)
	} else {
		a.exit(path)
	}
	return audience, listener, err
}

// Leave removes a listener, and the path with the last one.
func (a *Audiences[L]) Leave(path string, listener L) {
	audience := a.exit(path)
	audience.mutex.Lock()
	defer audience.mutex.Unlock()
	if at := slices.Index(audience.listeners, listener); at >= 0 {
		audience.listeners = slices.Delete(audience.listeners, at, at+1)
	}
}

// enter counts one more member at a path.
func (a *Audiences[L]) enter(path string) *Audience[L] {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	audience := a.byPath[path]
	if audience == nil {
		audience = &Audience[L]{}
		if a.byPath == nil {
			a.byPath = map[string]*Audience[L]{}
		}
		a.byPath[path] = audience
	}
	audience.members++
	return audience
}

// exit counts one less.
func (a *Audiences[L]) exit(path string) *Audience[L] {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	audience := a.byPath[path]
	audience.members--
	if audience.members == 0 {
		delete(a.byPath, path)
	}
	return audience
}

// Each calls a function for each listener, while nobody else does and nobody joins or leaves: it must not wait.
func (a *Audience[L]) Each(call func(L)) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for _, listener := range a.listeners {
		call(listener)
	}
}
