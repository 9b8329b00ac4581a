#include "store/job_record.h"

#include "model/text.h"

namespace abj::store {
namespace {

class Writer {
 public:
  std::string bytes;
  void number(std::size_t value) {
    for (; value >= 128; value >>= 7) bytes += static_cast<char>((value & 127) | 128);
    bytes += static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes += value;
  }
};

// Reads what Writer wrote, and nothing else.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::size_t number() {
    std::size_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= static_cast<std::size_t>(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  std::string_view text() {
    const std::size_t size = number();
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

constexpr std::string Job::*texts[] = {&Job::type, &Job::management_type, &Job::container_name, &Job::container_type, &Job::workload_type, &Job::machine_version, &Job::server_name, &Job::server_type, &Job::storage_account};

}  // namespace

std::string packed(const Job& job) {
  Writer writer;
  for (const auto field : texts) writer.text(job.*field);
  writer.number((job.cancellable ? 1u : 0u) + (job.retriable ? 2u : 0u) + (job.user_triggered ? (*job.user_triggered ? 8u : 4u) : 0u));
  writer.number(job.actions.size());
  for (const auto& action : job.actions) writer.text(action);
  writer.number(job.other.size());
  for (const auto& other : job.other) {
    writer.text(other.path);
    writer.text(other.value);
    writer.number(other.secret);
  }
  return std::move(writer.bytes);
}

void unpack(std::string_view record, Job& job) {
  Reader reader(record);
  for (const auto field : texts) job.*field = reader.text();
  const std::size_t flags = reader.number();
  job.cancellable = flags & 1;
  job.retriable = flags & 2;
  if (flags & 12) job.user_triggered = (flags & 8) != 0;
  for (std::size_t left = reader.number(); left > 0; --left) job.actions.emplace_back(reader.text());
  for (std::size_t left = reader.number(); left > 0; --left) {
    OtherProperty other;
    other.path = reader.text();
    other.value = reader.text();
    other.secret = reader.number() != 0;
    job.other.push_back(std::move(other));
  }
}

std::string packed(const std::vector<JobError>& errors) {
  Writer writer;
  for (const auto& error : errors) {
    writer.text(error.code);
    writer.text(error.title);
    writer.text(error.message);
    writer.text(error.details);
    writer.number(error.recommendations.size());
    for (const auto& recommendation : error.recommendations) writer.text(recommendation);
  }
  if (errors.empty()) return {};
  Writer head;
  head.number(errors.size());
  return head.bytes + writer.bytes;
}

std::vector<JobError> unpacked_errors(std::string_view record) {
  if (record.empty()) return {};
  Reader reader(record);
  std::vector<JobError> errors(reader.number());
  for (auto& error : errors) {
    error.code = reader.text();
    error.title = reader.text();
    error.message = reader.text();
    error.details = reader.text();
    for (std::size_t left = reader.number(); left > 0; --left) error.recommendations.emplace_back(reader.text());
  }
  return errors;
}

bool pack_guid(std::string_view text, unsigned char* bytes) {
  if (text.size() != 36) return false;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return false;
      continue;
    }
    const int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return false;
    bytes[digits / 2] = static_cast<unsigned char>(digits % 2 == 0 ? digit << 4 : bytes[digits / 2] | digit);
    ++digits;
  }
  return true;
}

void write_guid(char* text, const unsigned char* bytes) {
  constexpr std::string_view hex = "0123456789abcdef";
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *text++ = '-';
    *text++ = hex[bytes[i] >> 4];
    *text++ = hex[bytes[i] & 15];
  }
}

}  // namespace abj::store
