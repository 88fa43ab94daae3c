#include "file_source.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <tallymark/number/text.hpp>

namespace tallymark::tool {

namespace {

// A name that can be shown and stored: if it is not valid text, bytes other than printable ASCII become question marks.
std::string readable(std::string name) {
  if (!validate_text(name, name.size()))
    for (char& c : name)
      if (static_cast<signed char>(c) < ' ' || c == '\x7F') c = '?';
  return name;
}

// The digest in hexadecimal digits.
result<std::string, std::string> sha256_of(const std::string& path) {
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  const std::unique_ptr<std::FILE, closer> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unexpected<std::string>(std::strerror(errno));
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  const std::unique_ptr<EVP_MD_CTX, closer> context(EVP_MD_CTX_new());
  bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  std::vector<char> buffer(1 << 20);
  for (std::size_t count = 1; ok && count > 0;) {
    count = std::fread(buffer.data(), 1, buffer.size(), file.get());
    ok = EVP_DigestUpdate(context.get(), buffer.data(), count) == 1;
  }
  if (std::ferror(file.get()) != 0) return unexpected<std::string>(std::strerror(errno));
  std::array<unsigned char, 32> digest{};
  if (!ok || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
    return unexpected<std::string>("SHA-256 is not available");
  std::string out;
  for (const unsigned char byte : digest) fmt::format_to(std::back_inserter(out), "{:02x}", byte);
  return out;
}

}  // namespace

file_source::stamp file_source::stamp_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {static_cast<std::uint64_t>(status.st_size), static_cast<std::uint64_t>(status.st_dev),
          static_cast<std::uint64_t>(status.st_ino), static_cast<std::int64_t>(status.st_mtim.tv_sec),
          static_cast<std::int64_t>(status.st_mtim.tv_nsec)};
}

result<file_source, std::string> file_source::of(const std::string& path) {
  file_source out;
  out.path_ = path;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {  // a pipe can be read only once
    out.name_ = readable(path);
    return out;
  }
  out.read_ = stamp_of(path);
  auto digest = sha256_of(path);
  if (!digest) return unexpected<std::string>(std::move(digest.error()));
  out.digest_ = "sha256:" + *digest;
  out.name_ = fmt::format("{} {}", out.digest_, readable(std::filesystem::path(path).filename().string()));
  return out;
}

bool file_source::unchanged() const { return digest_.empty() || stamp_of(path_) == read_; }

}  // namespace tallymark::tool
