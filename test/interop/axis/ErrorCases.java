import com.cisco.clm.*;
import java.util.Map;

/** Errors by kind. */
final class ErrorCases {
  private static final UserToken NEVER_GIVEN = new UserToken("never-given", null, 0, false);

  static void addTo(Map<String, Program.Case> cases) {
    cases.put("bad-token", clm -> {
      Status status = clm.port.killAsyncOperation(NEVER_GIVEN, "x");
      Expect.same("errorCode", status.getErrorCode(), 10);
      Expect.same("errorMessage", status.getErrorMessage().split(":")[0], "INVALID_TOKEN");
    });
    cases.put("fault-bad-token", clm -> {
      Clm.Ask<ClmJob> call = () -> clm.port.getAsyncOperationJobRecords(NEVER_GIVEN, "x");
      Expect.fault(clm, "Server.userException", "[10] INVALID_TOKEN", call);
    });
    cases.put("fault-wrong-password", clm ->
        Expect.fault(clm, "Server.userException", "[12] LOGIN_FAILED", () -> clm.login("wrong")));
    cases.put("fault-unknown-program", clm -> {
      Clm.Ask<String> call = () -> clm.start("no-such-program", new String[0], new String[0], null);
      Expect.fault(clm, "Server.userException", "[23] PROGRAM_NOT_FOUND", call);
    });
    cases.put("fault-wrong-type", clm -> {
      clm.wire.spoilNext("max", "many");
      Expect.fault(clm, "Client", "pageinfo/max", () -> clm.page("page-one", 0, 1));
    });
  }
}
