#!/usr/bin/env bash
# build.sh FOLDER WSDL: the proxy that wsdl.exe makes and the program, compiled into FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

wsdl -out:"$1/Proxy.cs" "$2" 2>&1
mcs -optimize- -r:System.Web.Services -out:"$1/program.exe" "$1/Proxy.cs" "$here"/*.cs
# .NET finds the extension that looks at the bytes by the program's configuration.
cp "$here/program.exe.config" "$1"
