// Errors by kind.
#pragma once

#include "expect.hpp"

/** Does something with a token that no login has given. */
inline void withUnknownToken(Clm &clm, const std::function<void()> &act) {
  const Token session = clm.calls.token;
  clm.calls.token = {"never-given", std::nullopt, 0, false};
  try {
    act();
  } catch (...) {
    clm.calls.token = session;
    throw;
  }
  clm.calls.token = session;
}

inline Cases errorCases() {
  return {
      {"bad-token",
       [](Clm &clm) {
         withUnknownToken(clm, [&] {
           const Status status = clm.calls.killAsyncOperation("x");
           same("errorCode", status.errorCode, 10);
           same("errorMessage begins with INVALID_TOKEN", static_cast<int>(status.errorMessage.value().find("INVALID_TOKEN: ")), 0);
         });
       }},
      {"fault-bad-token",
       [](Clm &clm) {
         withUnknownToken(clm, [&] {
           fault(clm, "Server.userException", "[10] INVALID_TOKEN", [&] { clm.job("x"); });
         });
       }},
      {"fault-wrong-password",
       [](Clm &clm) { fault(clm, "Server.userException", "[12] LOGIN_FAILED", [&] { clm.login("wrong"); }); }},
      {"fault-unknown-program",
       [](Clm &clm) {
         fault(clm, "Server.userException", "[23] PROGRAM_NOT_FOUND", [&] { clm.start("no-such-program"); });
       }},
      {"fault-wrong-type",
       [](Clm &clm) {
         clm.calls.wire.spoilNext(">1234<", ">many<");
         fault(clm, "Client", "pageinfo/max", [&] { clm.page("page-one", 0, 1234); });
       }},
  };
}
