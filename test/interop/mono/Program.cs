using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>Runs the interop cases with the proxy of wsdl.exe: program WSDL BINDING USER PASSWORD. Prints a JSON line a case.</summary>
public static class Program {
  public static void Main(string[] args) {
    var clm = new Clm(args[0], args[1], args[2], args[3]);
    // The sessions come last: among them are those that end the others' session.
    foreach (Cases cases in new[] {JobCases.All, JobListCases.All, PageCases.All, TextCases.All, ErrorCases.All, SessionCases.All}) {
      foreach (KeyValuePair<string, Action<Clm>> entry in cases) Report(entry.Key, entry.Value, clm);
    }
    Console.Out.Flush();
    EndAtOnce(0);
  }

  /// <summary>Mono 6.8 now and then hangs for a minute or aborts while it ends with connections still open.</summary>
  [DllImport("libc", EntryPoint = "_exit")]
  private static extern void EndAtOnce(int status);

  private static void Report(string name, Action<Clm> run, Clm clm) {
    string outcome = "pass", detail = "";
    try {
      run(clm);
    } catch (ToolkitFault fault) {
      outcome = "toolkit";
      detail = fault.Message;
    } catch (Exception error) {
      outcome = "fail";
      detail = error.GetType().Name + ": " + error.Message;
    }
    Console.WriteLine($"{{\"case\": {Json(name)}, \"outcome\": {Json(outcome)}, \"detail\": {Json(detail)}}}");
  }

  /// <summary>In ASCII: what the output's encoding is does not matter then.</summary>
  private static string Json(string text) {
    var quoted = new StringBuilder("\"");
    foreach (char c in text) {
      if (c < ' ' || c > '~' || c == '"' || c == '\\') quoted.AppendFormat("\\u{0:x4}", (int) c);
      else quoted.Append(c);
    }
    return quoted.Append('"').ToString();
  }
}

/// <summary>Cases by name, in the order in which they run.</summary>
public sealed class Cases : List<KeyValuePair<string, Action<Clm>>> {
  public void Add(string name, Action<Clm> run) => Add(new KeyValuePair<string, Action<Clm>>(name, run));
}
