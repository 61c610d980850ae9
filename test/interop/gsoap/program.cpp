// Runs the interop cases with gSOAP: program WSDL BINDING USER PASSWORD. Prints a JSON line a case.
// One translation unit with the stubs: g++ takes half the time.
#include <LicenseManagerSoapBinding.nsmap>
#include <soapC.cpp>
#include <soapClient.cpp>

#include <iostream>

// Documents have a class for each message, with two underscores.
#ifndef SOAP_TYPE__ns1__login
#define RPC
#endif

#include "error-cases.hpp"
#include "job-cases.hpp"
#include "job-list-cases.hpp"
#include "page-cases.hpp"
#include "session-cases.hpp"
#include "text-cases.hpp"

static std::string json(const std::string &text) {
  std::string quoted = "\"";
  for (const char c : text) {
    char escaped[8];
    if (static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\') {
      quoted += c;
    } else {
      snprintf(escaped, sizeof escaped, "\\u%04x", c);
      quoted += escaped;
    }
  }
  return quoted + '"';
}

static void report(const std::string &name, const Case &run, Clm &clm) {
  std::string outcome = "pass", detail;
  try {
    run(clm);
  } catch (const ToolkitFault &fault) {
    outcome = "toolkit";
    detail = fault.what();
  } catch (const std::exception &error) {
    outcome = "fail";
    detail = error.what();
  }
  std::cout << "{\"case\": " << json(name) << ", \"outcome\": " << json(outcome)
            << ", \"detail\": " << json(detail) << "}" << std::endl;
}

int main(int, char **argv) {
  const std::string wsdl = argv[1];
  Clm clm(wsdl.substr(0, wsdl.find('?')), argv[2], argv[3], argv[4]);
  // The sessions come last: among them are those that end the others' session.
  for (const Cases &cases :
       {jobCases(), jobListCases(), pageCases(), textCases(), errorCases(), sessionCases()}) {
    for (const auto &[name, run] : cases) report(name, run, clm);
  }
}
