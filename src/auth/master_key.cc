#include "auth/master_key.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/base64url.h"
#include "crypto/random.h"

namespace auth {
namespace {

using base::Code;
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

Result<Secret> decode(std::string_view encoded) {
  while (!encoded.empty() && (encoded.back() == '\n' || encoded.back() == '\r'))
    encoded.remove_suffix(1);
  auto key = base::parse_base64url(encoded);
  if (!key || key->size() != kKeyBytes) {
    return Error{Code::kConfigInvalid, "The master key must be 32 bytes in base64url."};
  }
  return Secret(std::move(*key));
}

Result<Secret> create(const std::string& path) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (file.descriptor() < 0) return failure("created");
  const std::string key = crypto::random_bytes(kKeyBytes);
  const std::string text = base::render_base64url(key) + "\n";
  const bool written =
      ::write(file.descriptor(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file.descriptor()) == 0;
  if (written) return Secret(key);
  const Error error = failure("written");
  ::unlink(path.c_str());
  return error;
}

}  // namespace

Result<Secret> load_master_key(const Secret& encoded, const std::string& data_directory,
                               MissingKey missing) {
  if (!encoded.empty()) return decode(encoded.reveal_secret());
  const std::string path = data_directory + "/master.key";
  const File file(path, O_RDONLY);
  if (file.descriptor() < 0) {
    if (errno != ENOENT) return failure("read");
    if (missing == MissingKey::kCreate) return create(path);
    return Error{Code::kConfigInvalid,
                 "The master key file is missing, and the data directory holds secrets under it. "
                 "Put master.key back; a new one could not open them."};
  }
  std::array<char, 128> text{};
  const ssize_t length = ::read(file.descriptor(), text.data(), text.size());
  if (length < 0) return failure("read");
  return decode({text.data(), static_cast<std::size_t>(length)});
}

}  // namespace auth
