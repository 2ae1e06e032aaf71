#!/bin/sh
# How long the window takes to show, against the least JavaFX program (BareWindow.java): both with an AOT cache, runs by
# turns, the first of each left out. Needs a display and a build (start ./lacuna once).
#   packaging/measure-start.sh [RUNS]
# Prints the least and the middle of each time: until the first frame was drawn, which has the bars and panels without
# their controls, and until the whole window was.
set -eu
runs=${1:-7}
home=$(CDPATH='' cd -- "${0%/*}/.." && pwd -P)
work=$home/target/measure
state=$home/target/launch
read -r jdk < "$state/jdk"
mkdir -p "$work/classes" "$work/home"

bare() {
    "$jdk/bin/java" "@$home/packaging/jvm.options" -Xlog:disable -Xmx1g "$@" -cp "$work/bare.jar:$fx" BareWindow
}

fx=$(printf '%s:' "$home"/target/lib/javafx-*.jar)
"$jdk/bin/javac" -d "$work/classes" -cp "$fx" "$home/packaging/BareWindow.java"
"$jdk/bin/jar" --create --date=2026-01-01T00:00:00Z --file "$work/bare.jar" -C "$work/classes" .
bare -XX:AOTCacheOutput="$work/bare.aot" -Dlacuna.startReport="$work/report" > "$work/rehearsal.log" 2>&1

# Milliseconds until the first frame, of processor time until then, and both for the whole window.
measure() {
    began=$(($(date +%s%N) / 1000000))
    "$@" 2> "$work/stderr"
    read -r first first_processor whole whole_processor < "$work/report"
    echo "$((first - began)) $first_processor $((whole - began)) $whole_processor"
}
ours() {
    LACUNA_JAVA_OPTS="-Dlacuna.startReport=$work/report -Duser.home=$work/home" "$home/lacuna"
}
theirs() {
    bare -XX:AOTCache="$work/bare.aot" -Dlacuna.startReport="$work/report"
}
# The least and the middle one of a column.
column() {
    cut -d ' ' -f "$2" "$1" | sort -n | sed -n "1p;$(((runs + 1) / 2))p" | tr '\n' ' '
}
summary() {
    printf '%-14s first frame %s ms, processor %s ms; whole window %s ms, processor %s ms\n' "$1" \
        "$(column "$2" 1)" "$(column "$2" 2)" "$(column "$2" 3)" "$(column "$2" 4)"
}

measure theirs > "$work/bare.txt"
measure ours > "$work/lacuna.txt"
: > "$work/bare.txt"
: > "$work/lacuna.txt"
n=0
while [ "$n" -lt "$runs" ]; do
    measure theirs >> "$work/bare.txt"
    measure ours >> "$work/lacuna.txt"
    n=$((n + 1))
done
summary "bare window" "$work/bare.txt"
summary "Lacuna" "$work/lacuna.txt"
