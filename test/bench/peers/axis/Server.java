import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.axis.transport.http.SimpleAxisServer;

/** Axis' own server, on a port that is free, with the services of server-config.wsdd in the current folder. */
public class Server {
  public static void main(String[] args) throws Exception {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SimpleAxisServer server = new SimpleAxisServer();
    server.setServerSocket(socket);
    // With threads, Axis 1.4 on today's Java answers a request now and then with a ConcurrentModificationException: it sorts
    // a service's list of operations, which all requests share, in each (JavaServiceDesc.getOperationsByQName).
    server.setDoThreads(false);
    System.out.println("http://127.0.0.1:" + socket.getLocalPort());
    server.start();
  }
}
