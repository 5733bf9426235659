#include "catalog/upload_files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// Room that uploads leave for everything else.
constexpr std::int64_t kReservedBytes = std::int64_t{256} << 20;

Error write_error(int error_number, const std::string& path) {
  const std::string detail = path + ": " + std::strerror(error_number);
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) {
    return {Code::kStorageFull, "The disk is full.", detail};
  }
  return {Code::kStorageFailed, "The file could not be written.", detail};
}

/// Closed at the end of the scope.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// 0, or the errno.
int write_all(int descriptor, std::int64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return written < 0 ? errno : EIO;
    offset += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fdatasync(descriptor) == 0 ? 0 : errno;
}

}  // namespace

Result<Done> UploadFiles::prepare(const std::set<std::string>& known) const {
  if (::mkdir(folder_.c_str(), S_IRWXU) != 0 && errno != EEXIST) return write_error(errno, folder_);
  for (const std::string& name : names_in(folder_)) {
    if (!known.contains(name)) ::unlink((folder_ + "/" + name).c_str());
  }
  return Done{};
}

std::string UploadFiles::path(const base::UploadId& id) const { return folder_ + "/" + id.text(); }

std::int64_t UploadFiles::size(const base::UploadId& id) const {
  struct stat status{};
  return ::lstat(path(id).c_str(), &status) == 0 ? status.st_size : 0;
}

std::optional<base::Seconds> UploadFiles::changed_at(const base::UploadId& id) const {
  struct stat status{};
  if (::lstat(path(id).c_str(), &status) != 0) return std::nullopt;
  return base::Seconds(std::chrono::seconds(status.st_mtim.tv_sec));
}

Result<Done> UploadFiles::append(const base::UploadId& id, std::int64_t offset,
                                 std::string_view bytes) const {
  const OpenFile file(path(id));
  if (file.get() < 0) return write_error(errno, path(id));
  const int problem = write_all(file.get(), offset, bytes);
  if (problem == 0) return Done{};
  if (::ftruncate(file.get(), offset) != 0) return write_error(errno, path(id));
  return write_error(problem, path(id));
}

void UploadFiles::remove(const base::UploadId& id) const { ::unlink(path(id).c_str()); }

Result<Done> UploadFiles::check_room(std::int64_t bytes) const {
  struct statvfs disk{};
  if (::statvfs(folder_.c_str(), &disk) != 0) return write_error(errno, folder_);
  const auto room = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) - kReservedBytes;
  if (bytes <= room) return Done{};
  return Error{Code::kStorageFull, "The disk has no room for the file."};
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  std::filesystem::directory_iterator entry(folder, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    std::error_code unreadable;
    if (std::filesystem::is_regular_file(entry->symlink_status(unreadable))) {
      names.push_back(entry->path().filename());
    }
  }
  return names;
}

}  // namespace catalog
