#!/usr/bin/env bash
# serve.sh FOLDER: WSDL2Java's service of CLM_WSDL and the server, compiled into FOLDER; then becomes the server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# Where Debian has Axis and what it needs.
printf -v jars '/usr/share/java/%s.jar:' \
  axis axis-jaxrpc axis-saaj wsdl4j commons-discovery commons-logging javax.activation mailapi mariadb-java-client slf4j-api
quick=(java -XX:TieredStopAtLevel=1)
mkdir -p "$1/classes"
cd "$1"
"${quick[@]}" -cp "$jars" org.apache.axis.wsdl.WSDL2Java -s -p clm -o stubs "$CLM_WSDL"
# Axis is older than generics: its classes warn of nothing else.
javac -J-XX:TieredStopAtLevel=1 -encoding UTF-8 -nowarn -XDignore.symbol.file -cp "$jars" -d classes \
  stubs/clm/*.java "$here"/*.java "$here"/../jdbc/*.java
sed -i 's/clm.LicenseManagerSoapBindingImpl/LicenseManager/' stubs/clm/deploy.wsdd
"${quick[@]}" -cp "classes:$jars" org.apache.axis.utils.Admin server stubs/clm/deploy.wsdd
exec java -cp "classes:$jars" Server
