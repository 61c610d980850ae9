#!/usr/bin/env bash
# build.sh FOLDER WSDL: WSDL2Java's stubs and the program, compiled into FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/class-path.sh"

"${java[@]}" -cp "$jars" org.apache.axis.wsdl.WSDL2Java -o "$1/stubs" "$2" 2>&1
mapfile -t sources < <(find "$1/stubs" "$here" -name '*.java')
# Axis is older than generics: its stubs warn of nothing else.
javac -J-XX:TieredStopAtLevel=1 -encoding UTF-8 -nowarn -XDignore.symbol.file -cp "$jars" -d "$1/classes" "${sources[@]}"
