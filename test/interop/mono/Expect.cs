using System;
using System.Collections;
using System.Linq;
using System.Web.Services.Protocols;

/// <summary>The gateway was right, as the quoted bytes show; the toolkit was not.</summary>
public sealed class ToolkitFault : Exception {
  public ToolkitFault(string bytes) : base(bytes) {}
}

/// <summary>What the cases check with.</summary>
public static class Expect {
  public static void Same(string what, object actual, object expected) {
    string shown = Show(actual), wanted = Show(expected);
    if (shown != wanted) throw new Exception($"{what} is {Cut(shown)}, not {Cut(wanted)}");
  }

  public static void True(string what, bool value) {
    if (!value) throw new Exception("not so: " + what);
  }

  /// <summary>The call is answered by a fault of that kind, with the text within its message and no detail.</summary>
  public static void Fault(Clm clm, string kind, string text, Action call) {
    try {
      call();
    } catch (SoapException fault) {
      bool client = kind == "Client";
      if (clm.Binding == "soap12") {
        Same("Code", fault.Code.Name, client ? "Sender" : "Receiver");
        Same("Subcode", fault.SubCode?.Code?.Name, client ? null : kind);
      } else {
        Same("faultcode", fault.Code.Name, kind);
      }
      True($"'{text}' in '{fault.Message}'", fault.Message.Contains(text));
      Same("detail", fault.Detail?.OuterXml, null);
      return;
    }
    throw new Exception("no fault");
  }

  private static string Show(object value) {
    if (value == null) return "null";
    if (value is string text) return $"'{text}'";
    if (value is IEnumerable values) return "[" + string.Join(", ", values.Cast<object>().Select(Show)) + "]";
    return value.ToString();
  }

  private static string Cut(string text) => text.Length > 200 ? text.Substring(0, 200) + "…" : text;
}
