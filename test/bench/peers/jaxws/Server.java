import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import javax.xml.ws.Endpoint;

/** JAX-WS RI's Endpoint on the JDK's HTTP server, as Endpoint.publish(address) would make it, on a port that is free. */
public class Server {
  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    Endpoint.create(new LicenseManager(StatusPage.source()))
        .publish(server.createContext("/clm/services/LicenseManager"));
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
