import com.cisco.clm.UserToken;
import java.util.Map;

/** Sessions. */
final class SessionCases {
  static void addTo(Map<String, Program.Case> cases) {
    cases.put("login", clm -> {
      UserToken token = clm.token;
      Expect.isTrue("token is a text", token.getToken().length() >= 43);
      Expect.same(
          "the rest",
          Expect.list(token.getUsername(), token.getTimeout(), token.isSslEnabled()),
          Expect.list(clm.user, 30, false));
    });
    cases.put("second-login", clm -> {
      UserToken first = clm.token;
      clm.token = clm.login(clm.password);
      Expect.same("the first", clm.port.logout(first).getErrorCode(), 10);
      Expect.same("the second", clm.page("page-one", 0, 1).getStatus().getErrorCode(), 0);
    });
    cases.put("logout", clm -> {
      Expect.same("the first", clm.port.logout(clm.token).getErrorCode(), 0);
      Expect.same("the second", clm.port.logout(clm.token).getErrorCode(), 10);
    });
  }
}
