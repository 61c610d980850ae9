// What goes over the wire, and how: the binding, and a spoiled request now and then.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

/** A call that was answered by a fault, or by nothing that gSOAP could read. */
struct Fault : std::runtime_error {
  std::string code, subcode;
  bool hasDetail;

  explicit Fault(struct soap *soap)
      : std::runtime_error(soap_fault_string(soap) ? soap_fault_string(soap) : "no fault string"),
        code(*soap_faultcode(soap) ? *soap_faultcode(soap) : ""),
        subcode(*soap_faultsubcode(soap) ? *soap_faultsubcode(soap) : ""),
        hasDetail(soap_fault_detail(soap) != nullptr) {}
};

class Wire {
 public:
  struct soap *const soap;
  const std::string endpoint, binding;

  Wire(const std::string &endpoint, const std::string &binding)
      : soap(soap_new1(SOAP_C_UTFSTRING)), endpoint(endpoint), binding(binding) {
    // The table made of the WSDL writes 1.2, since there is such a port, whatever soap_set_version says.
    for (const Namespace *row = namespaces; row->id; ++row) table.push_back(*row);
    table.push_back({nullptr, nullptr, nullptr, nullptr});
    if (binding != "soap12") {
      table[0].ns = "http://schemas.xmlsoap.org/soap/envelope/";
      table[1].ns = "http://schemas.xmlsoap.org/soap/encoding/";
    }
    soap_set_namespaces(soap, table.data());
    if (binding == "gzip") soap_set_omode(soap, SOAP_ENC_ZLIB);
    soap->user = this;
    send = soap->fsend;
    soap->fsend = [](struct soap *soap, const char *bytes, size_t count) {
      return static_cast<Wire *>(soap->user)->onItsWayOut({bytes, count});
    };
  }

  ~Wire() {
    soap_destroy(soap);
    soap_end(soap);
    soap_free(soap);
  }

  Wire(const Wire &) = delete;

  void check(int error) const {
    if (error == SOAP_OK) return;
    soap_set_fault(soap);
    throw Fault(soap);
  }

  /**
   * Puts a wrong text in place of a right one of its length, in the next request: gSOAP itself would
   * not let it out. That request is not compressed.
   */
  void spoilNext(const std::string &right, const std::string &wrong) {
    this->right = right;
    this->wrong = wrong;
    soap_clr_omode(soap, SOAP_ENC_ZLIB);
  }

  /** Whether these bytes were in the last request. */
  bool hasSent(const std::string &bytes) const { return lastRequest.find(bytes) != std::string::npos; }

 private:
  int (*send)(struct soap *, const char *, size_t);
  std::string right, wrong, lastRequest;
  std::vector<Namespace> table;

  int onItsWayOut(std::string part) {
    if (part.compare(0, 5, "POST ") == 0) lastRequest.clear();
    const auto at = right.empty() ? std::string::npos : part.find(right);
    if (at != std::string::npos) {
      part.replace(at, right.size(), wrong);
      right.clear();
      if (binding == "gzip") soap_set_omode(soap, SOAP_ENC_ZLIB);
    }
    lastRequest += part;
    return send(soap, part.data(), part.size());
  }
};
