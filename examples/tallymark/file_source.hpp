// The source that an import records for its rows: the digest of the file and its name.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>

#include <tallymark/ext/result.hpp>

namespace tallymark::tool {

/// A file identified by its contents, so that an import recognizes it even after it was moved.
class file_source {
 public:
  /// Reads a file from its beginning to its end. The error is the message of the operating system.
  [[nodiscard]] static result<file_source, std::string> of(const std::string& path);

  /// `sha256:<64 hexadecimal digits> <file name>`; the path alone if it is not a regular file.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// What the names of all sources with the same bytes begin with; empty if it is not a
  /// regular file.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  /// Whether the file is the one that was read, unchanged since.
  [[nodiscard]] bool unchanged() const;

 private:
  struct stamp {
    std::uint64_t bytes = 0, device = 0, inode = 0;
    std::int64_t seconds = 0, nanoseconds = 0;
    friend bool operator==(const stamp&, const stamp&) = default;
  };
  [[nodiscard]] static stamp stamp_of(const std::string& path);

  std::string path_, name_, digest_;
  stamp read_;
};

}  // namespace tallymark::tool
