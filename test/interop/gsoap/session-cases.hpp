// Sessions.
#pragma once

#include "expect.hpp"

inline Cases sessionCases() {
  return {
      {"login",
       [](Clm &clm) {
         const Token &token = clm.calls.token;
         isTrue("token is a text", token.token.size() >= 43);
         same<Text>("username", token.username, clm.user);
         same("timeout", token.timeout, 30);
         isTrue("sslEnabled is false", !token.sslEnabled);
       }},
      {"second-login",
       [](Clm &clm) {
         const Token first = clm.calls.token, second = clm.login(clm.password);
         same("the first", clm.calls.logout().errorCode, 10);
         clm.calls.token = second;
         same("the second", clm.page("page-one", 0, 1).status.errorCode, 0);
       }},
      {"logout",
       [](Clm &clm) {
         same("the first", clm.calls.logout().errorCode, 0);
         same("the second", clm.calls.logout().errorCode, 10);
       }},
  };
}
