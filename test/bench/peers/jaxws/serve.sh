#!/usr/bin/env bash
# serve.sh FOLDER: wsimport's classes of CLM_WSDL and the server, compiled into FOLDER; then becomes the server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# Where Debian has JAX-WS RI and what it needs.
printf -v jars '/usr/share/java/%s.jar:' \
  jaxws-rt jaxws-ri-rt-jdk9 jaxws-tools jaxws-api jws-api jaxb-api jaxb-impl jaxb-xjc jaxb-core \
  saaj-impl javax.xml.soap-api javax.activation geronimo-annotation-1.3-spec streambuffer stax-ex stax2-api \
  woodstox-core-asl mimepull metro-policy gmbal glassfish-management-api FastInfoset istack-commons-runtime \
  istack-commons-tools xml-resolver txw2 codemodel rngom dtd-parser relaxngDatatype xsom mariadb-java-client slf4j-api
mkdir -p "$1/stubs" "$1/classes"
java -XX:TieredStopAtLevel=1 -cp "$jars" com.sun.tools.ws.WsImport -quiet -extension -Xnocompile -p clm -s "$1/stubs" "$CLM_WSDL"
javac -J-XX:TieredStopAtLevel=1 -encoding UTF-8 -nowarn -cp "$jars" -d "$1/classes" \
  "$1"/stubs/clm/*.java "$here"/*.java "$here"/../jdbc/*.java
# Without nodelay, the JDK's server waits 40 ms for the client's acknowledgement within each answer.
exec java -Dsun.net.httpserver.nodelay=true -cp "$1/classes:$jars" Server
