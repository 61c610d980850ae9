#!/usr/bin/env bash
# run.sh FOLDER WSDL BINDING USER PASSWORD: the program that build.sh has compiled into FOLDER.
set -euo pipefail
source "$(dirname "$0")/class-path.sh"
# Its only words on standard error would be that attachments are not supported here.
exec "${java[@]}" -Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog \
  -cp "$1/classes:$jars" Program "${@:2}"
