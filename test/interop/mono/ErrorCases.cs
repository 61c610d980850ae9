/// <summary>Errors by kind.</summary>
public static class ErrorCases {
  private static readonly UserToken NeverGiven = new UserToken {token = "never-given"};

  public static readonly Cases All = new Cases {
    {"bad-token", clm => {
      Status status = clm.Port.killAsyncOperation(NeverGiven, "x");
      Expect.Same("errorCode", status.errorCode, 10);
      Expect.Same("errorMessage", status.errorMessage.Split(':')[0], "INVALID_TOKEN");
    }},
    {"fault-bad-token", clm => Expect.Fault(
        clm, "Server.userException", "[10] INVALID_TOKEN",
        () => clm.Port.getAsyncOperationJobRecords(NeverGiven, "x"))},
    {"fault-wrong-password", clm => Expect.Fault(
        clm, "Server.userException", "[12] LOGIN_FAILED", () => clm.Login("wrong"))},
    {"fault-unknown-program", clm => Expect.Fault(
        clm, "Server.userException", "[23] PROGRAM_NOT_FOUND", () => clm.Start("no-such-program"))},
    {"fault-wrong-type", clm => {
      Wire.SpoilNext("max", "many");
      Expect.Fault(clm, "Client", "pageinfo/max", () => clm.Page("page-one", 0, 1));
    }},
  };
}
