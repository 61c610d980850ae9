/// <summary>Sessions.</summary>
public static class SessionCases {
  public static readonly Cases All = new Cases {
    {"login", clm => {
      UserToken token = clm.Token;
      Expect.True("token is a text", token.token.Length >= 43);
      Expect.Same(
          "the rest",
          new object[] {token.username, token.timeout, token.sslEnabled},
          new object[] {clm.User, 30, false});
    }},
    {"second-login", clm => {
      UserToken first = clm.Token;
      clm.Token = clm.Login(clm.Password);
      Expect.Same("the first", clm.Port.logout(first).errorCode, 10);
      Expect.Same("the second", clm.Page("page-one", 0, 1).status.errorCode, 0);
    }},
    {"logout", clm => {
      Expect.Same("the first", clm.Port.logout(clm.Token).errorCode, 0);
      Expect.Same("the second", clm.Port.logout(clm.Token).errorCode, 10);
    }},
  };
}
