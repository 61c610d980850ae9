#!/usr/bin/env bash
# build.sh FOLDER WSDL: the stubs of wsdl2h and soapcpp2 and the program, compiled into FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"

wsdl2h -o clm.h "$2" 2>&1
# Client only, without sample messages.
soapcpp2 -C -L -x clm.h 2>&1
# Debian's library that can compress can encrypt too; its flags must be the program's.
flags=(-DWITH_IPV6 -DWITH_OPENSSL -DWITH_GZIP -DWITH_DOM)
g++ -std=c++17 -O0 -Wall -Wextra -isystem . "${flags[@]}" -o program "$here/program.cpp" -lgsoapssl++
