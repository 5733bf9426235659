#include "auth/master_key_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/base64url.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using base::Secret;

constexpr std::size_t kKeyBytes = 32;

class File {
 public:
  File(const std::string& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Error failure(std::string_view verb) {
  return {Code::kStorageFailed,
          fmt::format("The master key file can not be {}: {}.", verb, std::strerror(errno))};
}

/// Makes the names in the folder of `path` durable.
Result<Done> sync_folder(const std::string& path) {
  const File folder(path.substr(0, path.rfind('/') + 1), O_RDONLY | O_DIRECTORY);
  if (folder.descriptor() >= 0 && ::fsync(folder.descriptor()) == 0) return Done{};
  return failure("written");
}

Result<Done> check_mode(const File& file) {
  struct stat status{};
  if (::fstat(file.descriptor(), &status) != 0) return failure("read");
  if (S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Code::kConfigInvalid,
                 fmt::format("The master key file is open to other users (mode {:04o}). Take it "
                             "away from them: chmod 600 master.key.",
                             status.st_mode & 07777)};
  }
  return Done{};
}

}  // namespace

Result<Secret> parse_master_key(std::string_view encoded) {
  while (!encoded.empty() && (encoded.back() == '\n' || encoded.back() == '\r'))
    encoded.remove_suffix(1);
  auto key = base::parse_base64url(encoded);
  if (!key || key->size() != kKeyBytes) {
    return Error{Code::kConfigInvalid, "The master key must be 32 bytes in base64url."};
  }
  return Secret(std::move(*key));
}

Result<std::optional<Secret>> read_key_file(const std::string& path) {
  const File file(path, O_RDONLY);
  if (file.descriptor() < 0) {
    if (errno == ENOENT) return std::optional<Secret>();
    return failure("read");
  }
  RETURN_IF_ERROR(check_mode(file));
  std::array<char, 128> text{};
  const ssize_t length = ::read(file.descriptor(), text.data(), text.size());
  if (length < 0) return failure("read");
  ASSIGN_OR_RETURN(Secret key, parse_master_key({text.data(), static_cast<std::size_t>(length)}));
  return std::optional(std::move(key));
}

Result<Done> write_key_file(const std::string& path, const Secret& key) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (file.descriptor() < 0) return failure("created");
  const std::string text = base::render_base64url(key.reveal_secret()) + "\n";
  const bool written =
      ::write(file.descriptor(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file.descriptor()) == 0;
  if (written) return sync_folder(path);
  const Error error = failure("written");
  ::unlink(path.c_str());
  return error;
}

Result<Done> rename_key_file(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return failure("replaced");
  return sync_folder(to);
}

Result<Done> remove_key_file(const std::string& path) {
  if (::unlink(path.c_str()) == 0) return sync_folder(path);
  if (errno == ENOENT) return Done{};
  return failure("removed");
}

}  // namespace auth
