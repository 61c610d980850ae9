#!/usr/bin/env bash
# run.sh FOLDER WSDL BINDING USER PASSWORD: the program that build.sh has compiled into FOLDER.
set -euo pipefail
exec mono "$1/program.exe" "${@:2}"
