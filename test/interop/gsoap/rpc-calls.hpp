// The operations by the stubs of the rpc/encoded WSDL.
#pragma once

#include "plain.hpp"

class Calls {
 public:
  Wire wire;
  Token token;

  Calls(const std::string &endpoint, const std::string &binding) : wire(endpoint, binding), token{} {}

  Token login(const std::string &user, const std::string &password, const std::string &host, int port,
              int idleTimeout, bool accepted) {
    ns1__EulaInfo eula;
    eula.accepted = accepted;
    ns1__loginResponse answer;
    call(soap_call_ns1__login, user, password, host, port, idleTimeout, &eula, answer);
    return plain(required(answer._loginResult, "the result"));
  }

  Status logout() {
    ns1__logoutResponse answer;
    signedCall(soap_call_ns1__logout, answer);
    return plain(required(answer._logoutResult, "the result"));
  }

  Record addPersistentIDStatus(Record record) {
    ns1__PersistentIDStatus sent;
    sent.jobId = pointer(record.jobId);
    sent.jobGroup = pointer(record.jobGroup);
    sent.id = pointer(record.id);
    sent.errorCode = record.errorCode;
    sent.errorMessage = pointer(record.errorMessage);
    sent.created = pointer(record.created);
    ns1__addPersistentIDStatusResponse answer;
    signedCall(soap_call_ns1__addPersistentIDStatus, &sent, answer);
    return plain(required(answer._addPersistentIDStatusResult, "the result"));
  }

  Page listPersistentIDStatusByGroup(const std::string &group, int offset, int max) {
    ns1__Pagination pagination;
    pagination.offset = offset;
    pagination.max_ = max;
    ns1__listPersistentIDStatusByGroupResponse answer;
    signedCall(soap_call_ns1__listPersistentIDStatusByGroup, group, &pagination, answer);
    return plain(required(answer._listPersistentIDStatusByGroupResult, "the result"));
  }

  std::optional<Job> getAsyncOperationJobRecords(const std::string &jobId) {
    ns1__getAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call_ns1__getAsyncOperationJobRecords, jobId, answer);
    const auto *job = answer._getAsyncOperationJobRecordsResult;
    return job ? std::optional<Job>(plain(*job)) : std::nullopt;
  }

  Jobs listAllAsyncOperationJobRecords(bool allUsers) {
    ns1__listAllAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call_ns1__listAllAsyncOperationJobRecords, allUsers, answer);
    return plain(required(answer._listAllAsyncOperationJobRecordsResult, "the result"));
  }

  Jobs listRunningAsyncOperationJobRecords(bool allUsers) {
    ns1__listRunningAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call_ns1__listRunningAsyncOperationJobRecords, allUsers, answer);
    return plain(required(answer._listRunningAsyncOperationJobRecordsResult, "the result"));
  }

  Progress getAsyncOperationStatus(const std::string &taskId) {
    ns1__getAsyncOperationStatusResponse answer;
    signedCall(soap_call_ns1__getAsyncOperationStatus, taskId, answer);
    return plain(required(answer._getAsyncOperationStatusResult, "the result"));
  }

  Status killAsyncOperation(const std::string &jobId) {
    ns1__killAsyncOperationResponse answer;
    signedCall(soap_call_ns1__killAsyncOperation, jobId, answer);
    return plain(required(answer._killAsyncOperationResult, "the result"));
  }

  IdStatus deleteAsyncOperationJobRecords(Texts jobIds) {
    ArrayOfString ids = arrayOf(jobIds);
    ns1__deleteAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call_ns1__deleteAsyncOperationJobRecords, &ids, answer);
    return plain(required(answer._deleteAsyncOperationJobRecordsResult, "the result"));
  }

  /** These stubs take no null: an empty text goes out in its place. */
  Status setAsyncOperationJobComment(const std::string &jobId, const Text &comment) {
    ns1__setAsyncOperationJobCommentResponse answer;
    signedCall(soap_call_ns1__setAsyncOperationJobComment, jobId, comment.value_or(""), answer);
    return plain(required(answer._setAsyncOperationJobCommentResult, "the result"));
  }

  /** These stubs take no null: an empty text goes out in its place. */
  std::string asyncExecuteProgram(const Text &group, const std::string &program, Texts targets, Texts arguments) {
    ArrayOfString targetIds = arrayOf(targets), argumentTexts = arrayOf(arguments);
    std::string jobId;
    signedCall(soap_call_ns1__asyncExecuteProgram, group.value_or(""), program, &targetIds, &argumentTexts, jobId);
    return jobId;
  }

 private:
  static ArrayOfString arrayOf(Texts &texts) {
    ArrayOfString array;
    array.__ptr = texts.data();
    array.__size = static_cast<int>(texts.size());
    return array;
  }

  template <class Stub, class... Arguments>
  void call(Stub stub, Arguments &&...arguments) {
    wire.check(stub(wire.soap, wire.endpoint.c_str(), nullptr, std::forward<Arguments>(arguments)...));
  }

  template <class Stub, class... Arguments>
  void signedCall(Stub stub, Arguments &&...arguments) {
    ns1__UserToken session;
    session.token = &token.token;
    session.username = pointer(token.username);
    session.timeout = token.timeout;
    session.sslEnabled = token.sslEnabled;
    call(stub, &session, std::forward<Arguments>(arguments)...);
  }
};
