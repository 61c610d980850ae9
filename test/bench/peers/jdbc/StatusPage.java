import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/** A page of a group's records and how many it has: of CLM_ROWS, `memory` or a MariaDB's URL. */
record StatusPage(List<StatusRow> rows, int total) {
  interface Source {
    StatusPage read(String group, int offset, int max);
  }

  private static final int MEMORY_ROWS = 1_000;
  private static final String OF_GROUP =
      "FROM records WHERE group_id = (SELECT id FROM job_groups WHERE name = ?)";
  private static final String ITEMS =
      "SELECT CONCAT(group_id, '-', group_pos), job_id, target, error_code, error_message, username, created "
          + OF_GROUP + " ORDER BY group_pos LIMIT ? OFFSET ?";
  private static final String TOTAL = "SELECT COUNT(*) " + OF_GROUP;

  static Source source() throws SQLException {
    String rows = System.getenv("CLM_ROWS");
    return rows.equals("memory") ? inMemory() : inDatabase(URI.create(rows));
  }

  private static Source inMemory() {
    List<StatusRow> all = IntStream.range(0, MEMORY_ROWS)
        .mapToObj(index -> new StatusRow("1-" + index, "bench-" + index / 1_000, "device-" + index, index % 3,
            index % 3 == 0 ? null : "no answer from 10.0." + index % 250 + ".1", "admin",
            1_700_000_000_000L + index * 37L))
        .toList();
    return (group, offset, max) -> new StatusPage(
        all.subList(Math.min(offset, all.size()), Math.min(offset + max, all.size())), all.size());
  }

  private static Source inDatabase(URI url) throws SQLException {
    String[] account = url.getUserInfo().split(":", 2);
    // The driver's own pool: at most 8 connections by default.
    MariaDbPoolDataSource pool = new MariaDbPoolDataSource(
        "jdbc:mariadb://" + url.getHost() + ":" + (url.getPort() < 0 ? 3306 : url.getPort()) + url.getPath());
    pool.setUser(account[0]);
    pool.setPassword(account.length > 1 ? account[1] : "");
    return (group, offset, max) -> {
      try (Connection connection = pool.getConnection();
          PreparedStatement items = connection.prepareStatement(ITEMS);
          PreparedStatement total = connection.prepareStatement(TOTAL)) {
        items.setString(1, group);
        items.setInt(2, max);
        items.setInt(3, offset);
        total.setString(1, group);
        List<StatusRow> rows = new ArrayList<>();
        try (ResultSet found = items.executeQuery()) {
          while (found.next()) {
            rows.add(new StatusRow(found.getString(1), found.getString(2), found.getString(3), found.getInt(4),
                found.getString(5), found.getString(6), found.getLong(7)));
          }
        }
        try (ResultSet found = total.executeQuery()) {
          found.next();
          return new StatusPage(rows, found.getInt(1));
        }
      } catch (SQLException error) {
        throw new IllegalStateException(error);
      }
    };
  }
}
