import java.util.Arrays;
import java.util.List;
import org.apache.axis.AxisFault;

/** What the cases check with. */
final class Expect {
  /** The gateway was right, as the quoted bytes show; the toolkit was not. */
  static final class ToolkitFault extends RuntimeException {
    ToolkitFault(String bytes) {
      super(bytes);
    }
  }

  static void same(String what, Object actual, Object expected) {
    if (expected == null ? actual != null : !expected.equals(actual)) {
      throw new AssertionError(what + " is " + cut(actual) + ", not " + cut(expected));
    }
  }

  static void isTrue(String what, boolean value) {
    if (!value) throw new AssertionError("not so: " + what);
  }

  static List<Object> list(Object... members) {
    return Arrays.asList(members);
  }

  /** The call is answered by a fault of that kind, with `text` within its message and no detail. */
  static void fault(Clm clm, String kind, String text, Clm.Ask<?> call) throws Exception {
    try {
      call.answer();
    } catch (AxisFault fault) {
      boolean client = kind.equals("Client");
      if (clm.wire.binding.equals("soap12")) {
        same("Code", fault.getFaultCode().getLocalPart(), client ? "Sender" : "Receiver");
        int subcodes = fault.getFaultSubCodes() == null ? 0 : fault.getFaultSubCodes().length;
        same("subcodes", subcodes, client ? 0 : 1);
        if (!client) same("Subcode", fault.getFaultSubCodes()[0].getLocalPart(), kind);
      } else {
        same("faultcode", fault.getFaultCode().getLocalPart(), kind);
      }
      isTrue("'" + text + "' in '" + fault.getFaultString() + "'", fault.getFaultString().contains(text));
      // Not getFaultDetails(): Axis puts a stack trace and a host name of its own there.
      isTrue("no detail in " + clm.wire.lastAnswer, !clm.wire.lastAnswer.toLowerCase().contains("detail"));
      return;
    }
    throw new AssertionError("no fault");
  }

  private static String cut(Object value) {
    String text = String.valueOf(value);
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
