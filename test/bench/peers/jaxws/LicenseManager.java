import clm.ArrayOfPersistentIDStatus;
import clm.Pagination;
import clm.PersistentIDStatus;
import clm.PersistentIDStatusPagingInfo;
import clm.Status;
import clm.UserToken;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.RequestWrapper;
import javax.xml.ws.ResponseWrapper;

/** The one operation of the contract that is measured, on the classes that wsimport makes of the contract. */
@WebService(targetNamespace = LicenseManager.NAMESPACE, serviceName = "LicenseManagerService")
public class LicenseManager {
  static final String NAMESPACE = "http://clm.cisco.com";

  private final StatusPage.Source source;
  private final DatatypeFactory datatypes = DatatypeFactory.newInstance();

  LicenseManager(StatusPage.Source source) throws DatatypeConfigurationException {
    this.source = source;
  }

  @WebMethod
  @WebResult(name = "listPersistentIDStatusByGroupResult", targetNamespace = NAMESPACE)
  @RequestWrapper(localName = "listPersistentIDStatusByGroup", targetNamespace = NAMESPACE,
      className = "clm.ListPersistentIDStatusByGroup")
  @ResponseWrapper(localName = "listPersistentIDStatusByGroupResponse", targetNamespace = NAMESPACE,
      className = "clm.ListPersistentIDStatusByGroupResponse")
  public PersistentIDStatusPagingInfo listPersistentIDStatusByGroup(
      @WebParam(name = "token", targetNamespace = NAMESPACE) UserToken token,
      @WebParam(name = "jobGroup", targetNamespace = NAMESPACE) String jobGroup,
      @WebParam(name = "pageinfo", targetNamespace = NAMESPACE) Pagination pageinfo) {
    StatusPage page = source.read(jobGroup, pageinfo.getOffset(), pageinfo.getMax());
    ArrayOfPersistentIDStatus items = new ArrayOfPersistentIDStatus();
    for (StatusRow row : page.rows()) {
      items.getItem().add(toItem(row, jobGroup));
    }
    PersistentIDStatusPagingInfo info = new PersistentIDStatusPagingInfo();
    info.setStatus(new Status());
    info.setPagination(pageinfo);
    info.setTotal(page.total());
    info.setItems(items);
    return info;
  }

  private PersistentIDStatus toItem(StatusRow row, String jobGroup) {
    PersistentIDStatus item = new PersistentIDStatus();
    item.setRecordId(row.recordId());
    item.setJobId(row.jobId());
    item.setJobGroup(jobGroup);
    item.setId(row.target());
    item.setErrorCode(row.errorCode());
    item.setErrorMessage(row.errorMessage());
    item.setUsername(row.username());
    item.setCreated(dateTime(row.created()));
    return item;
  }

  private XMLGregorianCalendar dateTime(long ms) {
    return datatypes.newXMLGregorianCalendar(
        GregorianCalendar.from(Instant.ofEpochMilli(ms).atZone(ZoneOffset.UTC)));
  }
}
