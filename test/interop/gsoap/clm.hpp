// A gSOAP client of the gateway, and the calls that several cases need.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <thread>

#ifdef RPC
#include "rpc-calls.hpp"
#else
#include "document-calls.hpp"
#endif

inline const std::string FOREVER = "600000";

class Clm {
 public:
  const std::string user, password;
  Calls calls;

  Clm(const std::string &endpoint, const std::string &binding, const std::string &user,
      const std::string &password)
      : user(user), password(password), calls(endpoint, binding) {
    calls.token = login(password);
  }

  Token login(const std::string &with) { return calls.login(user, with, "clm.example", 8080, 30, true); }

  /** A job group that no other program uses. */
  std::string group(const std::string &name) const { return user + "-" + name; }

  std::string start(const std::string &program, const Texts &targets = {}, const Texts &arguments = {},
                    const Text &group = std::nullopt) {
    return calls.asyncExecuteProgram(group, program, targets, arguments);
  }

  std::optional<Job> job(const std::string &id) { return calls.getAsyncOperationJobRecords(id); }

  int kill(const std::string &id) { return calls.killAsyncOperation(id).errorCode; }

  Record add(const std::string &group, const std::string &target, const Text &message,
             std::optional<time_t> created = std::nullopt) {
    Record record{};
    record.jobId = record.jobGroup = group;
    record.id = target;
    record.errorCode = 7;
    record.errorMessage = message;
    record.created = created;
    return calls.addPersistentIDStatus(record);
  }

  Page page(const std::string &group, int offset, int max) {
    return calls.listPersistentIDStatusByGroup(group, offset, max);
  }

  Job untilStatus(const std::string &id, const std::string &name) {
    const auto ask = [&] { return job(id).value(); };
    return until<Job>("job " + id + " is " + name, ask, [&](const Job &job) { return job.statusName == name; });
  }

  template <class T>
  static T until(const std::string &what, const std::function<T()> &ask,
                 const std::function<bool(const T &)> &enough) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    while (std::chrono::steady_clock::now() < deadline) {
      const T answer = ask();
      if (enough(answer)) return answer;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error(what + ": not within 15 s");
  }
};

using Case = std::function<void(Clm &)>;
using Cases = std::vector<std::pair<std::string, Case>>;
