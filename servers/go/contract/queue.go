package contract

import "sync"

// Queue holds what one connection is still to be sent, without limit: who sends to all waits for nobody who does not
// read. One goroutine sends what is in it.
type Queue[T any] struct {
	mutex    sync.Mutex
	filled   sync.Cond
	items    []T
	isClosed bool
}

// NewQueue returns an empty queue.
func NewQueue[T any]() *Queue[T] {
	queue := &Queue[T]{}
	queue.filled.L = &queue.mutex
	return queue
}

// Drain sends what is in the queue, and what comes, until the queue is closed or sending fails.
func (q *Queue[T]) Drain(send func(T) error) {
	defer q.Close()
	var items []T
	for {
		items = q.take(items)
		if items == nil {
			return
		}
		for at, item := range items {
			if send(item) != nil {
				return
			}
			clear(items[at : at+1])
		}
	}
}

// Put adds an item, unless the queue is closed.
func (q *Queue[T]) Put(item T) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if q.isClosed {
		return
	}
	q.items = append(q.items, item)
	q.filled.Signal()
}

// Close drops what is in the queue.
func (q *Queue[T]) Close() {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.isClosed, q.items = true, nil
	q.filled.Signal()
}

// take waits for items, and leaves an empty slice in their place; nil if the queue is closed.
func (q *Queue[T]) take(empty []T) []T {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	for len(q.items) == 0 && !q.isClosed {
		q.filled.Wait()
	}
	if q.isClosed {
		return nil
	}
	items := q.items
	q.items = empty[:0]
	return items
}
