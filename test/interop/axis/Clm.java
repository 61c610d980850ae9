import com.cisco.clm.*;
import java.net.URL;
import java.util.Calendar;
import java.util.function.Predicate;

/** An Axis client of the gateway, of the stubs that WSDL2Java made, and the calls that several cases need. */
final class Clm {
  static final String FOREVER = "600000";
  private static final long PATIENCE_MS = 15_000;

  final LicenseManagerPortType port;
  final String user;
  final String password;
  final Wire wire;
  UserToken token;

  Clm(String wsdl, String binding, String user, String password) throws Exception {
    this.user = user;
    this.password = password;
    wire = new Wire(binding);
    port = wire.locator().getLicenseManager(new URL(wsdl.replace("?wsdl", "")));
    token = login(password);
  }

  UserToken login(String password) throws Exception {
    return port.login(user, password, "clm.example", 8080, 30, new EulaInfo(true));
  }

  /** A job group that no other program uses. */
  String group(String name) {
    return user + "-" + name;
  }

  String start(String program, String[] targets, String[] arguments, String group) throws Exception {
    return port.asyncExecuteProgram(token, group, program, targets, arguments);
  }

  /** A program that ends at once, by failing. */
  String startFailing() throws Exception {
    return start("fail", new String[0], new String[0], null);
  }

  String startForever() throws Exception {
    return start("walk", new String[] {"a"}, new String[] {FOREVER}, null);
  }

  ClmJob job(String id) throws Exception {
    return port.getAsyncOperationJobRecords(token, id);
  }

  int kill(String id) throws Exception {
    return port.killAsyncOperation(token, id).getErrorCode();
  }

  PersistentIDStatus add(String group, String target, String message, Calendar created) throws Exception {
    PersistentIDStatus record = new PersistentIDStatus();
    record.setJobId(group);
    record.setJobGroup(group);
    record.setId(target);
    record.setErrorCode(7);
    record.setErrorMessage(message);
    record.setCreated(created);
    return port.addPersistentIDStatus(token, record);
  }

  PersistentIDStatusPagingInfo page(String group, int offset, int max) throws Exception {
    return port.listPersistentIDStatusByGroup(token, group, new Pagination(offset, max));
  }

  ClmJob untilStatus(String id, String name) throws Exception {
    return until("job " + id + " is " + name, () -> job(id), job -> job.getStatusName().equals(name));
  }

  interface Ask<T> {
    T answer() throws Exception;
  }

  static <T> T until(String what, Ask<T> ask, Predicate<T> enough) throws Exception {
    long deadline = System.currentTimeMillis() + PATIENCE_MS;
    while (System.currentTimeMillis() < deadline) {
      T answer = ask.answer();
      if (enough.test(answer)) return answer;
      Thread.sleep(20);
    }
    throw new AssertionError(what + ": not within " + PATIENCE_MS + " ms");
  }
}
