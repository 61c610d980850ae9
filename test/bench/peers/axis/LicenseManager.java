import clm.LicenseManagerSoapBindingImpl;
import clm.Pagination;
import clm.PersistentIDStatus;
import clm.PersistentIDStatusPagingInfo;
import clm.Status;
import clm.UserToken;
import java.sql.SQLException;
import java.util.Calendar;
import java.util.TimeZone;

/** The one operation of the contract that is measured, on the service that WSDL2Java makes of the contract. */
public class LicenseManager extends LicenseManagerSoapBindingImpl {
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
  /** Axis makes a service anew for each request. */
  private static final StatusPage.Source SOURCE;

  static {
    try {
      SOURCE = StatusPage.source();
    } catch (SQLException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  @Override
  public PersistentIDStatusPagingInfo listPersistentIDStatusByGroup(UserToken token, String jobGroup,
      Pagination pageinfo) {
    StatusPage page = SOURCE.read(jobGroup, pageinfo.getOffset(), pageinfo.getMax());
    PersistentIDStatus[] items =
        page.rows().stream().map(row -> toItem(row, jobGroup)).toArray(PersistentIDStatus[]::new);
    return new PersistentIDStatusPagingInfo(new Status(0, null), pageinfo, page.total(), items);
  }

  private static PersistentIDStatus toItem(StatusRow row, String jobGroup) {
    Calendar created = Calendar.getInstance(UTC);
    created.setTimeInMillis(row.created());
    PersistentIDStatus item = new PersistentIDStatus();
    item.setRecordId(row.recordId());
    item.setJobId(row.jobId());
    item.setJobGroup(jobGroup);
    item.setId(row.target());
    item.setErrorCode(row.errorCode());
    item.setErrorMessage(row.errorMessage());
    item.setUsername(row.username());
    item.setCreated(created);
    return item;
  }
}
