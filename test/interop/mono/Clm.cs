using System;
using System.Diagnostics;
using System.Threading;
using System.Web.Services.Protocols;

/// <summary>A client of the gateway, of the proxy that wsdl.exe made, and the calls that several cases need.</summary>
public sealed class Clm {
  public const string Forever = "600000";
  private const int PatienceMs = 15000;

  public readonly LicenseManagerService Port;
  public readonly string Binding, User, Password;
  public UserToken Token;

  public Clm(string wsdl, string binding, string user, string password) {
    Binding = binding;
    User = user;
    Password = password;
    Port = new LicenseManagerService {Url = wsdl.Replace("?wsdl", "")};
    if (binding == "soap12") Port.SoapVersion = SoapProtocolVersion.Soap12;
    Token = Login(password);
  }

  public UserToken Login(string password) =>
      Port.login(User, password, "clm.example", 8080, 30, new EulaInfo {accepted = true});

  /// <summary>A job group that no other program uses.</summary>
  public string Group(string name) => User + "-" + name;

  public string Start(string program, string[] targets = null, string[] arguments = null, string group = null) =>
      Port.asyncExecuteProgram(Token, group, program, targets ?? new string[0], arguments ?? new string[0]);

  public string StartForever() => Start("walk", new[] {"a"}, new[] {Forever});

  public ClmJob Job(string id) => Port.getAsyncOperationJobRecords(Token, id);

  public int Kill(string id) => Port.killAsyncOperation(Token, id).errorCode;

  public PersistentIDStatus Add(string group, string target, string message, DateTime? created = null) {
    var record = new PersistentIDStatus {
      jobId = group, jobGroup = group, id = target, errorCode = 7, errorMessage = message, created = created,
    };
    return Port.addPersistentIDStatus(Token, record);
  }

  public PersistentIDStatusPagingInfo Page(string group, int offset, int max) =>
      Port.listPersistentIDStatusByGroup(Token, group, new Pagination {offset = offset, max = max});

  public ClmJob UntilStatus(string id, string name) =>
      Until($"job {id} is {name}", () => Job(id), job => job.statusName == name);

  public static T Until<T>(string what, Func<T> ask, Predicate<T> enough) {
    Stopwatch watch = Stopwatch.StartNew();
    while (watch.ElapsedMilliseconds < PatienceMs) {
      T answer = ask();
      if (enough(answer)) return answer;
      Thread.Sleep(20);
    }
    throw new TimeoutException($"{what}: not within {PatienceMs} ms");
  }
}
