// What the cases check with.
#pragma once

#include "clm.hpp"

/** The gateway was right, as the quoted bytes show; the toolkit was not. */
struct ToolkitFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline std::string shown(int value) { return std::to_string(value); }
inline std::string shown(const std::string &value) { return "'" + value.substr(0, 200) + "'"; }
inline std::string shown(const Text &value) { return value ? shown(*value) : "null"; }
template <class A, class B>
std::string shown(const std::pair<A, B> &pair) {
  return shown(pair.first) + ": " + shown(pair.second);
}
template <class T>
std::string shown(const std::vector<T> &values) {
  std::string all = "[";
  for (const auto &value : values) all += shown(value) + " ";
  return all + "]";
}
template <class T>
void same(const std::string &what, const T &actual, const T &expected) {
  if (!(actual == expected)) throw std::runtime_error(what + " is " + shown(actual) + ", not " + shown(expected));
}

inline void isTrue(const std::string &what, bool value) {
  if (!value) throw std::runtime_error("not so: " + what);
}

/** The call is answered by a fault of that kind, with `text` within its message and no detail. */
inline void fault(Clm &clm, const std::string &kind, const std::string &text, const std::function<void()> &call) {
  const auto localName = [](const std::string &name) { return name.substr(name.rfind(':') + 1); };
  try {
    call();
  } catch (const Fault &fault) {
    if (clm.calls.wire.binding == "soap12") {
      same<std::string>("Code", localName(fault.code), kind == "Client" ? "Sender" : "Receiver");
      same<std::string>("Subcode", localName(fault.subcode), kind == "Client" ? "" : kind);
    } else {
      same<std::string>("faultcode", localName(fault.code), kind);
    }
    isTrue("'" + text + "' in '" + fault.what() + "'", std::string(fault.what()).find(text) != std::string::npos);
    isTrue("there is no detail", !fault.hasDetail);
    return;
  }
  throw std::runtime_error("no fault");
}
