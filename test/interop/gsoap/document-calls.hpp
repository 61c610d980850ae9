// The operations by the stubs of the document/literal WSDL.
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
    std::string serverHost = host;
    _ns1__login request;
    request.user = user;
    request.password = password;
    request.server_USCOREhost = &serverHost;
    request.port = port;
    request.idle_USCOREtimeout = idleTimeout;
    request.eula = &eula;
    _ns1__loginResponse answer;
    call(soap_call___ns1__login, request, answer);
    return plain(required(answer.loginResult, "the result"));
  }

  Status logout() {
    _ns1__logout request;
    _ns1__logoutResponse answer;
    signedCall(soap_call___ns1__logout, request, answer);
    return plain(required(answer.logoutResult, "the result"));
  }

  Record addPersistentIDStatus(Record record) {
    ns1__PersistentIDStatus sent;
    sent.jobId = record.jobId.value();
    sent.jobGroup = pointer(record.jobGroup);
    sent.id = record.id.value();
    sent.errorCode = record.errorCode;
    sent.errorMessage = pointer(record.errorMessage);
    sent.created = pointer(record.created);
    _ns1__addPersistentIDStatus request;
    request.pidStatus = &sent;
    _ns1__addPersistentIDStatusResponse answer;
    signedCall(soap_call___ns1__addPersistentIDStatus, request, answer);
    return plain(required(answer.addPersistentIDStatusResult, "the result"));
  }

  Page listPersistentIDStatusByGroup(const std::string &group, int offset, int max) {
    ns1__Pagination pagination;
    pagination.offset = offset;
    pagination.max_ = max;
    _ns1__listPersistentIDStatusByGroup request;
    request.jobGroup = group;
    request.pageinfo = &pagination;
    _ns1__listPersistentIDStatusByGroupResponse answer;
    signedCall(soap_call___ns1__listPersistentIDStatusByGroup, request, answer);
    return plain(required(answer.listPersistentIDStatusByGroupResult, "the result"));
  }

  std::optional<Job> getAsyncOperationJobRecords(const std::string &jobId) {
    _ns1__getAsyncOperationJobRecords request;
    request.job_USCOREid = jobId;
    _ns1__getAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call___ns1__getAsyncOperationJobRecords, request, answer);
    const auto *job = answer.getAsyncOperationJobRecordsResult;
    return job ? std::optional<Job>(plain(*job)) : std::nullopt;
  }

  Jobs listAllAsyncOperationJobRecords(bool allUsers) {
    _ns1__listAllAsyncOperationJobRecords request;
    request.include_USCOREall_USCOREuser = allUsers;
    _ns1__listAllAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call___ns1__listAllAsyncOperationJobRecords, request, answer);
    return plain(required(answer.listAllAsyncOperationJobRecordsResult, "the result"));
  }

  Jobs listRunningAsyncOperationJobRecords(bool allUsers) {
    _ns1__listRunningAsyncOperationJobRecords request;
    request.include_USCOREall_USCOREuser = allUsers;
    _ns1__listRunningAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call___ns1__listRunningAsyncOperationJobRecords, request, answer);
    return plain(required(answer.listRunningAsyncOperationJobRecordsResult, "the result"));
  }

  Progress getAsyncOperationStatus(const std::string &taskId) {
    _ns1__getAsyncOperationStatus request;
    request.taskID = taskId;
    _ns1__getAsyncOperationStatusResponse answer;
    signedCall(soap_call___ns1__getAsyncOperationStatus, request, answer);
    return plain(required(answer.getAsyncOperationStatusResult, "the result"));
  }

  Status killAsyncOperation(const std::string &jobId) {
    _ns1__killAsyncOperation request;
    request.job_USCOREid = jobId;
    _ns1__killAsyncOperationResponse answer;
    signedCall(soap_call___ns1__killAsyncOperation, request, answer);
    return plain(required(answer.killAsyncOperationResult, "the result"));
  }

  IdStatus deleteAsyncOperationJobRecords(const Texts &jobIds) {
    ns1__ArrayOfString ids;
    ids.item = jobIds;
    _ns1__deleteAsyncOperationJobRecords request;
    request.job_USCOREids = &ids;
    _ns1__deleteAsyncOperationJobRecordsResponse answer;
    signedCall(soap_call___ns1__deleteAsyncOperationJobRecords, request, answer);
    return plain(required(answer.deleteAsyncOperationJobRecordsResult, "the result"));
  }

  Status setAsyncOperationJobComment(const std::string &jobId, Text comment) {
    _ns1__setAsyncOperationJobComment request;
    request.job_USCOREid = jobId;
    request.comment = pointer(comment);
    _ns1__setAsyncOperationJobCommentResponse answer;
    signedCall(soap_call___ns1__setAsyncOperationJobComment, request, answer);
    return plain(required(answer.setAsyncOperationJobCommentResult, "the result"));
  }

  std::string asyncExecuteProgram(Text group, const std::string &program, const Texts &targets,
                                  const Texts &arguments) {
    ns1__ArrayOfString targetIds, argumentTexts;
    targetIds.item = targets;
    argumentTexts.item = arguments;
    _ns1__asyncExecuteProgram request;
    request.jobGroup = pointer(group);
    request.programName = program;
    request.targetIds = &targetIds;
    request.arguments = &argumentTexts;
    _ns1__asyncExecuteProgramResponse answer;
    signedCall(soap_call___ns1__asyncExecuteProgram, request, answer);
    return answer.asyncExecuteProgramResult;
  }

 private:
  template <class Stub, class Request, class Answer>
  void call(Stub stub, Request &request, Answer &answer) {
    wire.check(stub(wire.soap, wire.endpoint.c_str(), nullptr, &request, answer));
  }

  template <class Stub, class Request, class Answer>
  void signedCall(Stub stub, Request &request, Answer &answer) {
    ns1__UserToken session;
    session.token = token.token;
    session.username = pointer(token.username);
    session.timeout = token.timeout;
    session.sslEnabled = token.sslEnabled;
    request.token = &session;
    call(stub, request, answer);
  }
};
