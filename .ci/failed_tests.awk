# Reads what `deno test` printed, and prints the failed tests: the name and place of each, and the first lines of its
# error, in at most `most` lines (60). Prints nothing if none failed; what ended the tests before they could be counted,
# such as a module that is not there, if nothing else is known.

BEGIN { if (most == 0) most = 60 }

function add(line) { text[count, ++lines[count]] = substr(line, 1, 200) }

/^ ERRORS *$/ { inside = 1; next }
/^ FAILURES *$/ { inside = 0; next }
/^error: / && !inside && $0 != "error: Test failed" { ending = ending == "" ? $0 : ending }
inside && (/ => [^ ]+:[0-9]+:[0-9]+$/ || / \(uncaught error\)$/) { count++; add($0); next }
# Where it was thrown is the name's place already.
inside && /^ +at / { next }
inside && count && $0 != "" { add("    " $0) }

END {
  if (count == 0 && ending != "") print substr(ending, 1, 200)
  if (count == 0) exit
  shown = count > most ? most - 1 : count
  each = int(most / shown)
  for (one = 1; one <= shown; one++)
    for (line = 1; line <= lines[one] && line <= (each > 12 ? 12 : each); line++) print text[one, line]
  if (shown < count) print "… and " count - shown " more"
}
