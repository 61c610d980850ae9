using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Web.Services.Protocols;

/// <summary>Sees what goes over the wire, and spoils a request now and then.</summary>
public sealed class Wire : SoapExtension {
  public static string LastRequest = "";

  /// <summary>Put into the next request in place of the element's text: .NET itself would not let it out.</summary>
  private static string element, text;

  private Stream wire;
  private readonly MemoryStream buffer = new MemoryStream();

  public static void SpoilNext(string name, string wrong) {
    element = name;
    text = wrong;
  }

  public override object GetInitializer(Type service) => null;

  public override object GetInitializer(LogicalMethodInfo method, SoapExtensionAttribute attribute) => null;

  public override void Initialize(object initializer) {}

  public override Stream ChainStream(Stream stream) {
    wire = stream;
    buffer.SetLength(0);
    return buffer;
  }

  public override void ProcessMessage(SoapMessage message) {
    if (message.Stage == SoapMessageStage.AfterSerialize) {
      LastRequest = Encoding.UTF8.GetString(buffer.ToArray());
      if (element != null) LastRequest = Regex.Replace(LastRequest, $"(<{element}\\b[^>]*>)[^<]*", "$1" + text);
      element = null;
      byte[] bytes = Encoding.UTF8.GetBytes(LastRequest);
      wire.Write(bytes, 0, bytes.Length);
    } else if (message.Stage == SoapMessageStage.BeforeDeserialize) {
      wire.CopyTo(buffer);
      buffer.Position = 0;
    }
  }
}
