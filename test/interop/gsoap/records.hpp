// The WSDL's structures as the cases see them, whatever the stubs of a binding make of them.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

using Text = std::optional<std::string>;
using Texts = std::vector<std::string>;

struct Status {
  int errorCode;
  Text errorMessage;
};

struct Token {
  std::string token;
  Text username;
  int timeout;
  bool sslEnabled;
};

struct Record {
  Text recordId, jobId, jobGroup, id;
  int errorCode;
  Text errorMessage, username;
  std::optional<time_t> created;
  std::optional<Status> status;
};

struct Page {
  Status status;
  int offset, max, total;
  std::vector<Record> items;
};

struct Job {
  Text jobId, jobGroup, operation, username, comment;
  int status;
  Text statusName, errorMessage;
  int overallPercentage;
  std::optional<time_t> created, completed;
};

struct Jobs {
  int errorCode;
  std::vector<Job> jobs;
};

struct Progress {
  int errorCode, overallPercentage;
  Texts targetIds;
  std::vector<int> progress;
};

struct IdStatus {
  int errorCode;
  std::vector<std::pair<std::string, int>> items;
};
