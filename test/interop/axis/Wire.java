import com.cisco.clm.LicenseManagerServiceLocator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.rpc.ServiceException;
import javax.xml.soap.SOAPException;
import javax.xml.soap.SOAPMessage;
import org.apache.axis.AxisFault;
import org.apache.axis.Handler;
import org.apache.axis.Message;
import org.apache.axis.MessageContext;
import org.apache.axis.SimpleTargetedChain;
import org.apache.axis.client.Call;
import org.apache.axis.configuration.SimpleProvider;
import org.apache.axis.handlers.BasicHandler;
import org.apache.axis.soap.SOAPConstants;
import org.apache.axis.transport.http.CommonsHTTPSender;
import org.apache.axis.transport.http.HTTPSender;

/** What goes over the wire, and how: the binding, the last exchange, and a spoiled request now and then. */
final class Wire {
  final String binding;
  String lastRequest;
  String lastAnswer;
  /** Put into the next request in place of the element's text: Axis itself would not let it out. */
  private String element;
  private String text;

  Wire(String binding) {
    this.binding = binding;
  }

  void spoilNext(String element, String text) {
    this.element = element;
    this.text = text;
  }

  /** Axis makes stubs of SOAP 1.1 ports only: 1.2 is forced upon each call. */
  LicenseManagerServiceLocator locator() {
    // The default sender speaks HTTP/1.0; the other one HTTP/1.1, in chunks.
    Handler sender = binding.equals("chunked") ? new CommonsHTTPSender() : new HTTPSender();
    SimpleProvider configuration = new SimpleProvider();
    configuration.deployTransport("http", new SimpleTargetedChain(new OnItsWayOut(), sender, new OnItsWayIn()));
    if (!binding.equals("soap12")) return new LicenseManagerServiceLocator(configuration);
    return new LicenseManagerServiceLocator(configuration) {
      @Override
      public javax.xml.rpc.Call createCall() throws ServiceException {
        return new Call(this) {
          @Override
          public void setSOAPVersion(SOAPConstants version) {
            super.setSOAPVersion(SOAPConstants.SOAP12_CONSTANTS);
          }
        };
      }
    };
  }

  /** The first element of that name in a message, as it stands there. */
  static String elementOf(String message, String name) {
    Matcher match = Pattern.compile("<" + name + "\\b[^>]*>[^<]*</" + name + ">").matcher(message);
    return match.find() ? match.group() : "no " + name;
  }

  private final class OnItsWayOut extends BasicHandler {
    @Override
    public void invoke(MessageContext context) throws AxisFault {
      lastRequest = context.getRequestMessage().getSOAPPartAsString();
      if (element != null) {
        lastRequest = lastRequest.replaceAll("(<" + element + "[^>]*>)[^<]*", "$1" + text);
        element = null;
        Message spoiled = new Message(lastRequest);
        spoiled.setMessageContext(context);
        context.setRequestMessage(spoiled);
      }
      if (binding.equals("utf16")) writeInUtf16(context.getRequestMessage());
    }

    private void writeInUtf16(Message request) throws AxisFault {
      try {
        request.setProperty(SOAPMessage.CHARACTER_SET_ENCODING, "UTF-16");
      } catch (SOAPException error) {
        throw AxisFault.makeFault(error);
      }
    }
  }

  private final class OnItsWayIn extends BasicHandler {
    @Override
    public void invoke(MessageContext context) throws AxisFault {
      lastAnswer = context.getResponseMessage().getSOAPPartAsString();
    }
  }
}
