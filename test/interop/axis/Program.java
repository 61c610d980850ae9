import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the interop cases with Axis 1.4: Program WSDL BINDING USER PASSWORD. Prints a JSON line a case. */
public final class Program {
  interface Case {
    void run(Clm clm) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Clm clm = new Clm(args[0], args[1], args[2], args[3]);
    Map<String, Case> cases = new LinkedHashMap<>();
    // The sessions come last: among them are those that end the others' session.
    JobCases.addTo(cases);
    JobListCases.addTo(cases);
    PageCases.addTo(cases);
    TextCases.addTo(cases);
    ErrorCases.addTo(cases);
    SessionCases.addTo(cases);
    cases.forEach((name, run) -> report(name, run, clm));
  }

  private static void report(String name, Case run, Clm clm) {
    String outcome = "pass";
    String detail = "";
    try {
      run.run(clm);
    } catch (Expect.ToolkitFault fault) {
      outcome = "toolkit";
      detail = fault.getMessage();
    } catch (Exception | AssertionError error) {
      outcome = "fail";
      detail = error.toString();
    }
    System.out.println(
        "{\"case\": " + json(name) + ", \"outcome\": " + json(outcome) + ", \"detail\": " + json(detail) + "}");
  }

  /** In ASCII: what the output's encoding is does not matter then. */
  private static String json(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c > '~' || c == '"' || c == '\\') quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
