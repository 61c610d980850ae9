// What the stubs read, as the cases see it. The stubs of rpc have pointers where those of documents have values.
#pragma once

#include "records.hpp"
#include "wire.hpp"

template <class T>
const T &required(const T *pointer, const char *what) {
  if (pointer == nullptr) throw std::runtime_error(std::string(what) + " is null");
  return *pointer;
}

template <class T>
std::optional<T> nullable(T *pointer) {
  return pointer ? std::optional<T>(*pointer) : std::nullopt;
}

template <class T>
std::optional<T> nullable(const T &value) {
  return value;
}

template <class T>
T *pointer(std::optional<T> &value) {
  return value ? &*value : nullptr;
}

/** The items of an array that must be there. */
template <class Array>
auto items(const Array *array) {
  required(array, "an array");
#ifdef RPC
  return std::vector(array->__ptr, array->__ptr + array->__size);
#else
  return array->item;
#endif
}

inline Status plain(const ns1__Status &from) { return {from.errorCode, nullable(from.errorMessage)}; }

inline Token plain(const ns1__UserToken &from) {
  return {nullable(from.token).value(), nullable(from.username), from.timeout, from.sslEnabled};
}

inline Record plain(const ns1__PersistentIDStatus &from) {
  return {nullable(from.recordId), nullable(from.jobId), nullable(from.jobGroup), nullable(from.id),
          from.errorCode, nullable(from.errorMessage), nullable(from.username), nullable(from.created),
          from.status ? std::optional<Status>(plain(*from.status)) : std::nullopt};
}

inline Job plain(const ns1__ClmJob &from) {
  return {nullable(from.jobId), nullable(from.jobGroup), nullable(from.operation), nullable(from.username),
          nullable(from.comment), from.status, nullable(from.statusName), nullable(from.errorMessage),
          from.overallPercentage, nullable(from.created), nullable(from.completed)};
}

inline Page plain(const ns1__PersistentIDStatusPagingInfo &from) {
  const auto &pagination = required(from.pagination, "pagination");
  Page page{plain(required(from.status, "status")), pagination.offset, pagination.max_, from.total, {}};
  for (const auto *item : items(from.items)) page.items.push_back(plain(*item));
  return page;
}

inline Jobs plain(const ns1__ClmJobStatus &from) {
  Jobs jobs{from.errorCode, {}};
  for (const auto *item : items(from.items)) jobs.jobs.push_back(plain(required(item->clmJob, "clmJob")));
  return jobs;
}

inline Progress plain(const ns1__ProgressStatus &from) {
  return {from.errorCode, from.overallPercentage, items(from.targetIds), items(from.progress)};
}

inline IdStatus plain(const ns1__IDStatus &from) {
  IdStatus status{from.errorCode, {}};
  for (const auto *item : items(from.items)) status.items.emplace_back(nullable(item->id).value(), item->errorCode);
  return status;
}
