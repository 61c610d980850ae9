/** A record as the database has it. */
record StatusRow(String recordId, String jobId, String target, int errorCode, String errorMessage, String username,
    long created) {
}
