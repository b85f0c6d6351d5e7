;; Writes the frames of a series of messages, and compares replies with such frames: see series.ts, whose memory this
;; works in. All numbers are addresses or sizes in bytes. `deno task wasm` makes series.generated.ts of it.
;;
;; A series is described by words in memory:
;;    0  head: the header of the frame, and the head of the message
;;    4  size of the head
;;    8  place in the table of the filling of the first message
;;   12  table of the addresses of the fillings
;;   16  end of the table
;;   20  size of a filling
;;   24  tail
;;   28  size of the tail
;;   32  place of the message's number in the head: its last digit, or its first byte if it is an integer
;;   36  what the number is: 0 none, 1 an integer of 32 bits, little endian, 2 decimal digits

(module
  (import "wire" "memory" (memory 1))

  ;; Up to 15 bytes are compared as 16, of which those that do not count are left out: 16 bytes from 16 - n on.
  (data (i32.const 0) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")

  ;; Which bits of 16 bytes differ.
  (func $difference (param $one i32) (param $other i32) (result v128)
    (v128.xor (v128.load align=1 (local.get $one)) (v128.load align=1 (local.get $other))))

  ;; Whether two ranges of n bytes are equal. Up to 15 bytes after them are read.
  (func $equal (param $one i32) (param $other i32) (param $n i32) (result i32)
    (block $some
      (loop $many
        (br_if $some (i32.lt_s (local.get $n) (i32.const 64)))
        (if (v128.any_true (v128.or
            (v128.or
              (call $difference (local.get $one) (local.get $other))
              (call $difference
                (i32.add (local.get $one) (i32.const 16)) (i32.add (local.get $other) (i32.const 16))))
            (v128.or
              (call $difference
                (i32.add (local.get $one) (i32.const 32)) (i32.add (local.get $other) (i32.const 32)))
              (call $difference
                (i32.add (local.get $one) (i32.const 48)) (i32.add (local.get $other) (i32.const 48))))))
          (then (return (i32.const 0))))
        (local.set $one (i32.add (local.get $one) (i32.const 64)))
        (local.set $other (i32.add (local.get $other) (i32.const 64)))
        (local.set $n (i32.sub (local.get $n) (i32.const 64)))
        (br $many)))
    (block $few
      (loop $more
        (br_if $few (i32.lt_s (local.get $n) (i32.const 16)))
        (if (v128.any_true (call $difference (local.get $one) (local.get $other)))
          (then (return (i32.const 0))))
        (local.set $one (i32.add (local.get $one) (i32.const 16)))
        (local.set $other (i32.add (local.get $other) (i32.const 16)))
        (local.set $n (i32.sub (local.get $n) (i32.const 16)))
        (br $more)))
    (i32.eqz (v128.any_true (v128.and
      (v128.load align=1 (i32.sub (i32.const 16) (local.get $n)))
      (call $difference (local.get $one) (local.get $other))))))

  ;; Copies n bytes, and up to 16 after them, which the next copy overwrites. Returns the place after the n.
  (func $copy (param $to i32) (param $from i32) (param $n i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $n)))
    (loop $more
      (v128.store align=1 (local.get $to) (v128.load align=1 (local.get $from)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $more (i32.lt_u (local.get $to) (local.get $end))))
    (local.get $end))

  ;; Adds 1 to the number in the head, which a series leaves as long as it is: it ends before there is one digit more.
  (func $increment (param $number i32) (param $kind i32)
    (if (i32.eq (local.get $kind) (i32.const 1))
      (then
        (i32.store align=1 (local.get $number)
          (i32.add (i32.load align=1 (local.get $number)) (i32.const 1))))
      (else (if (i32.eq (local.get $kind) (i32.const 2))
        (then
          (block $carried
            (loop $carry
              (br_if $carried (i32.ne (i32.load8_u (local.get $number)) (i32.const 57)))
              (i32.store8 (local.get $number) (i32.const 48))
              (local.set $number (i32.sub (local.get $number) (i32.const 1)))
              (br $carry)))
          (i32.store8 (local.get $number)
            (i32.add (i32.load8_u (local.get $number)) (i32.const 1))))))))

  ;; The place in the table of the filling after one.
  (func $next (param $series i32) (param $place i32) (result i32)
    (local.set $place (i32.add (local.get $place) (i32.const 4)))
    (select (i32.load offset=12 (local.get $series)) (local.get $place)
      (i32.eq (local.get $place) (i32.load offset=16 (local.get $series)))))

  ;; Writes the frames of `count` messages, at least one, from `at` on. Returns the place after them.
  (func (export "write") (param $series i32) (param $at i32) (param $count i32) (result i32)
    (local $place i32) (local $tailSize i32) (local $number i32) (local $kind i32)
    (local.set $place (i32.load offset=8 (local.get $series)))
    (local.set $tailSize (i32.load offset=28 (local.get $series)))
    (local.set $number (i32.load offset=32 (local.get $series)))
    (local.set $kind (i32.load offset=36 (local.get $series)))
    (loop $messages
      (local.set $at (call $copy (local.get $at)
        (i32.load offset=0 (local.get $series)) (i32.load offset=4 (local.get $series))))
      (local.set $at (call $copy (local.get $at)
        (i32.load (local.get $place)) (i32.load offset=20 (local.get $series))))
      (if (local.get $tailSize)
        (then (local.set $at (call $copy (local.get $at)
          (i32.load offset=24 (local.get $series)) (local.get $tailSize)))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (if (local.get $count)
        (then
          (local.set $place (call $next (local.get $series) (local.get $place)))
          (call $increment (local.get $number) (local.get $kind))
          (br $messages))))
    (local.get $at))

  ;; How many frames of the series, at most `most`, which is at least one, a range begins with.
  (func (export "count") (param $series i32) (param $at i32) (param $end i32) (param $most i32) (result i32)
    (local $count i32) (local $place i32) (local $number i32) (local $kind i32)
    (local $headSize i32) (local $fillingSize i32) (local $tailSize i32) (local $next i32)
    (local.set $place (i32.load offset=8 (local.get $series)))
    (local.set $number (i32.load offset=32 (local.get $series)))
    (local.set $kind (i32.load offset=36 (local.get $series)))
    (local.set $headSize (i32.load offset=4 (local.get $series)))
    (local.set $fillingSize (i32.load offset=20 (local.get $series)))
    (local.set $tailSize (i32.load offset=28 (local.get $series)))
    (block $done
      (loop $frames
        (local.set $next (i32.add (i32.add (local.get $at) (local.get $headSize))
          (i32.add (local.get $fillingSize) (local.get $tailSize))))
        (br_if $done (i32.gt_u (local.get $next) (local.get $end)))
        (br_if $done (i32.eqz (call $equal (local.get $at)
          (i32.load offset=0 (local.get $series)) (local.get $headSize))))
        (local.set $at (i32.add (local.get $at) (local.get $headSize)))
        (br_if $done (i32.eqz (call $equal (local.get $at)
          (i32.load (local.get $place)) (local.get $fillingSize))))
        (local.set $at (i32.add (local.get $at) (local.get $fillingSize)))
        (br_if $done (i32.eqz (call $equal (local.get $at)
          (i32.load offset=24 (local.get $series)) (local.get $tailSize))))
        (local.set $at (local.get $next))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $done (i32.eq (local.get $count) (local.get $most)))
        (local.set $place (call $next (local.get $series) (local.get $place)))
        (call $increment (local.get $number) (local.get $kind))
        (br $frames)))
    (local.get $count)))
