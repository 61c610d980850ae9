# Sourced: where Debian has Axis and what it needs, and a Java that starts fast rather than runs fast.
printf -v jars '/usr/share/java/%s.jar:' \
  axis axis-jaxrpc axis-saaj wsdl4j commons-discovery commons-logging commons-httpclient commons-codec
java=(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8)
