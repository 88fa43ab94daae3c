// A file system for SQLite that fails on request: a shim over the default one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include <sqlite3.h>

namespace faults {

/// The calls that can fail.
enum class call : std::size_t { open, read, write, sync, truncate, shm_map, remove };
inline constexpr std::size_t calls = 7;
inline constexpr std::array<const char*, calls> call_names{"open",     "read",    "write", "sync",
                                                           "truncate", "shm_map", "remove"};

/// Counts the calls of each kind and lets the chosen ones fail. Only one may be registered under a name at a time. Must
/// outlive the connections that use it. Not thread-safe.
class faulty_vfs {
 public:
  explicit faulty_vfs(std::string name) : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)) {
    vfs_ = *real_;  // calls that are not overridden go to the real one, which uses no members of its own
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
    vfs_.xOpen = &open;
    vfs_.xDelete = &remove;
    vfs_.xAccess = [](sqlite3_vfs* v, const char* n, int f, int* out) { return of(v).xAccess(&of(v), n, f, out); };
    vfs_.xFullPathname = [](sqlite3_vfs* v, const char* n, int size, char* out) {
      return of(v).xFullPathname(&of(v), n, size, out);
    };
    vfs_.xRandomness = [](sqlite3_vfs* v, int n, char* out) { return of(v).xRandomness(&of(v), n, out); };
    vfs_.xSleep = [](sqlite3_vfs* v, int us) { return of(v).xSleep(&of(v), us); };
    vfs_.xCurrentTime = [](sqlite3_vfs* v, double* out) { return of(v).xCurrentTime(&of(v), out); };
    vfs_.xGetLastError = [](sqlite3_vfs* v, int n, char* out) { return of(v).xGetLastError(&of(v), n, out); };
    if (vfs_.iVersion >= 2)
      vfs_.xCurrentTimeInt64 = [](sqlite3_vfs* v, sqlite3_int64* out) { return of(v).xCurrentTimeInt64(&of(v), out); };
    sqlite3_vfs_register(&vfs_, 0);
  }
  faulty_vfs(const faulty_vfs&) = delete;
  faulty_vfs& operator=(const faulty_vfs&) = delete;
  ~faulty_vfs() { sqlite3_vfs_unregister(&vfs_); }

  /// From now on, the n-th call of a kind fails (the first is 1), and with `for_ever` all later ones of this kind.
  void fail(call which, std::uint64_t n, int code, bool for_ever = false) {
    heal();
    which_ = which;
    at_ = count(which) + n;
    code_ = code;
    for_ever_ = for_ever;
  }
  /// Ends all failures, and the limit on room.
  void heal() {
    at_ = 0;
    failed_ = 0;
    room_ = std::numeric_limits<std::int64_t>::max();
  }
  /// From now on all files together can grow by this number of bytes. Shrinking files make room.
  void leave_room(std::int64_t bytes) { room_ = bytes; }
  /// The number of calls of a kind.
  [[nodiscard]] std::uint64_t count(call which) const { return counts_[static_cast<std::size_t>(which)]; }
  /// The number of calls that failed since fail() or leave_room().
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  // the file that SQLite sees; the real file follows it in memory
  struct file {
    sqlite3_file base;
    faulty_vfs* owner;
    sqlite3_file* real;
  };

  [[nodiscard]] static sqlite3_vfs& of(sqlite3_vfs* shim) { return *static_cast<faulty_vfs*>(shim->pAppData)->real_; }
  [[nodiscard]] static file& self(sqlite3_file* f) { return *reinterpret_cast<file*>(f); }
  [[nodiscard]] static sqlite3_file* real(sqlite3_file* f) { return self(f).real; }
  [[nodiscard]] static const sqlite3_io_methods& methods(sqlite3_file* f) { return *self(f).real->pMethods; }

  // counts a call, and returns whether it must fail
  [[nodiscard]] bool fails(call which) {
    const std::uint64_t n = ++counts_[static_cast<std::size_t>(which)];
    const bool failing = at_ != 0 && which == which_ && (n == at_ || (for_ever_ && n > at_));
    if (failing) ++failed_;
    return failing;
  }

  static int open(sqlite3_vfs* shim, const char* name, sqlite3_file* out, int flags, int* out_flags) {
    auto& owner = *static_cast<faulty_vfs*>(shim->pAppData);
    out->pMethods = nullptr;
    if (owner.fails(call::open)) return owner.code_;
    auto* const opened = new (out) file{{nullptr}, &owner, nullptr};
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    std::memset(opened->real, 0, static_cast<std::size_t>(owner.real_->szOsFile));
    const int code = owner.real_->xOpen(owner.real_, name, opened->real, flags, out_flags);
    if (opened->real->pMethods != nullptr) out->pMethods = &io();
    return code;
  }
  static int remove(sqlite3_vfs* shim, const char* name, int sync_folder) {
    auto& owner = *static_cast<faulty_vfs*>(shim->pAppData);
    if (owner.fails(call::remove)) return owner.code_;
    return owner.real_->xDelete(owner.real_, name, sync_folder);
  }

  static int read(sqlite3_file* f, void* out, int n, sqlite3_int64 at) {
    if (self(f).owner->fails(call::read)) return self(f).owner->code_;
    return methods(f).xRead(real(f), out, n, at);
  }
  static int write(sqlite3_file* f, const void* bytes, int n, sqlite3_int64 at) {
    faulty_vfs& owner = *self(f).owner;
    if (owner.fails(call::write)) {
      if (n > 1) (void)methods(f).xWrite(real(f), bytes, n / 2, at);  // torn: half of it reaches the disk
      return owner.code_;
    }
    sqlite3_int64 size = 0;
    if (const int code = methods(f).xFileSize(real(f), &size); code != SQLITE_OK) return code;
    const sqlite3_int64 more = at + n - size;
    if (more > owner.room_) {
      ++owner.failed_;
      return SQLITE_FULL;
    }
    if (more > 0) owner.grown(more);
    return methods(f).xWrite(real(f), bytes, n, at);
  }
  static int truncate(sqlite3_file* f, sqlite3_int64 to) {
    if (self(f).owner->fails(call::truncate)) return self(f).owner->code_;
    sqlite3_int64 size = 0;
    if (methods(f).xFileSize(real(f), &size) == SQLITE_OK && size > to) self(f).owner->grown(to - size);
    return methods(f).xTruncate(real(f), to);
  }
  static int sync(sqlite3_file* f, int flags) {
    if (self(f).owner->fails(call::sync)) return self(f).owner->code_;
    return methods(f).xSync(real(f), flags);
  }
  static int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
    if (self(f).owner->fails(call::shm_map)) return self(f).owner->code_;
    return methods(f).xShmMap(real(f), page, size, extend, out);
  }
  static int control(sqlite3_file* f, int what, void* argument) {
    if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE)
      return SQLITE_NOTFOUND;  // growth is counted at writes
    return methods(f).xFileControl(real(f), what, argument);
  }

  [[nodiscard]] static const sqlite3_io_methods& io() {
    static const sqlite3_io_methods all = [] {
      sqlite3_io_methods m{};
      m.iVersion = 3;
      m.xClose = [](sqlite3_file* f) { return methods(f).xClose(real(f)); };
      m.xRead = &read;
      m.xWrite = &write;
      m.xTruncate = &truncate;
      m.xSync = &sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* out) { return methods(f).xFileSize(real(f), out); };
      m.xLock = [](sqlite3_file* f, int level) { return methods(f).xLock(real(f), level); };
      m.xUnlock = [](sqlite3_file* f, int level) { return methods(f).xUnlock(real(f), level); };
      m.xCheckReservedLock = [](sqlite3_file* f, int* out) { return methods(f).xCheckReservedLock(real(f), out); };
      m.xFileControl = &control;
      m.xSectorSize = [](sqlite3_file* f) { return methods(f).xSectorSize(real(f)); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) { return methods(f).xDeviceCharacteristics(real(f)); };
      m.xShmMap = &shm_map;
      m.xShmLock = [](sqlite3_file* f, int at, int n, int flags) { return methods(f).xShmLock(real(f), at, n, flags); };
      m.xShmBarrier = [](sqlite3_file* f) { methods(f).xShmBarrier(real(f)); };
      m.xShmUnmap = [](sqlite3_file* f, int drop) { return methods(f).xShmUnmap(real(f), drop); };
      // no memory mapping, so that each read is counted
      m.xFetch = [](sqlite3_file*, sqlite3_int64, int, void** out) { return *out = nullptr, SQLITE_OK; };
      m.xUnfetch = [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; };
      return m;
    }();
    return all;
  }

  void grown(std::int64_t bytes) {
    if (room_ != std::numeric_limits<std::int64_t>::max()) room_ -= bytes;
  }

  std::string name_;
  sqlite3_vfs* real_;
  sqlite3_vfs vfs_{};
  std::array<std::uint64_t, calls> counts_{};
  call which_ = call::open;
  std::uint64_t at_ = 0;  // 0: no call fails
  int code_ = SQLITE_IOERR;
  bool for_ever_ = false;
  std::uint64_t failed_ = 0;
  std::int64_t room_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace faults
