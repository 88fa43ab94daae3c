// Each call of the file system fails once, and the disk is full.
#include <support/faulty_vfs.hpp>

#include "tests.hpp"
#include "world.hpp"

#include <memory>

#include <sys/mount.h>

namespace faults {
namespace {

constexpr int call_steps = script + 12;  // those at random follow those of the script

// One session, during which something fails.
class session {
 public:
  // `again` says how to see it again; `shim` is null where the real file system is what fails
  session(std::string file, std::string copy, std::uint64_t seed, faulty_vfs* shim, std::string again)
      : file_(std::move(file)), copy_(std::move(copy)), seed_(seed), shim_(shim), again_(std::move(again)) {
    remove_database(file_);
  }
  ~session() { remove_database(copy_); }

  // What to do when something fails although it was tried a second time: let it work again.
  template <class Heal>
  void run(Heal heal) {
    for (int n = 0; n < call_steps; ++n) {
      const std::string text = tried([&] { return step(*opened(heal), seed_, n); }, n, heal);
      const outcome right = step(model_, seed_, n);
      if (text != right.text) stop("step " + std::to_string(n) + ": '" + text + "' instead of '" + right.text + "'");
      if (n % 8 == 7)  // what is in the WAL goes to the file itself; it may fail, and nothing is lost by it
        (void)sqlite3_wal_checkpoint_v2(kept_->stock.journal().handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                        nullptr);
    }
    if (kept_->held) {
      (void)tried([&] { return outcome_of(kept_->held->drop()); }, call_steps, heal);
      if (kept_->held && !kept_->held->pending()) kept_->held.reset();
      (void)model_.held->drop();
      model_.held.reset();
    }
    must_be(dump(kept_->stock), dump(model_.stock), "at the end");
    kept_.reset();  // closing it may fail as well
    heal();
    must_be_whole(file_, call_steps, false);
    must_be_sound(file_, "at the end", again_);
  }

  [[nodiscard]] std::uint64_t failures() const { return failures_; }

 private:
  [[noreturn]] void stop(const std::string& what) const { broken(what, again_); }
  void must_be(const std::string& got, const std::string& right, const std::string& when) const {
    if (got != right) stop(when + ": " + difference(got, right));
  }

  void must_be_honest(const outcome& got, int n) {
    ++failures_;
    const std::string when = "step " + std::to_string(n) + ", after '" + got.text + "'";
    if (shim_ != nullptr && shim_->failed() == 0) stop(when + ": but nothing had failed");
    if (got.code < errc::journal_closed || got.code > errc::journal_too_large)
      stop(when + ": this is not of a journal");
    if (kept_) must_be(dump(kept_->stock), dump(model_.stock), when + ", in memory");
    // as if the process were killed here
    copy_database(file_, copy_);
    must_be_whole(copy_, n, true);
  }

  // Reopened, there is all that was acknowledged before step n, and at most that step as well.
  void must_be_whole(const std::string& file, int n, bool one_more) {
    kept_world again(kept_in(file));
    if (const auto opened = again.stock.open(); !opened) stop("reopening: " + text_of(opened.error()));
    const std::string stock = dump(again.stock, detail_of::everything), done = history_of(again);
    if (stock == dump(model_.stock, detail_of::everything) && done == history_of(model_)) return;
    if (one_more) {
      model_world other;
      for (int i = 0; i <= n && i < call_steps; ++i) (void)step(other, seed_, i);
      if (n >= call_steps && other.held) (void)other.held->drop();
      if (stock == dump(other.stock, detail_of::everything) && done == history_of(other)) return;
    }
    must_be(stock, dump(model_.stock, detail_of::everything), "reopened after step " + std::to_string(n));
    must_be(done, history_of(model_), "history after step " + std::to_string(n));
  }

  template <class Do, class Heal>
  std::string tried(Do what, int n, Heal heal) {
    for (int attempt = 0; attempt < 4; ++attempt) {
      const outcome got = what();
      if (!got.journal) return got.text;
      must_be_honest(got, n);
      if (attempt > 0) heal();
      if (got.code == errc::journal_closed) {
        if (kept_->held) stop("a stock closed itself while a reservation was held");
        kept_.reset();
      }
    }
    stop("step " + std::to_string(n) + " does not work again");
  }

  template <class Heal>
  kept_world* opened(Heal heal) {
    for (int attempt = 0; !kept_ && attempt < 4; ++attempt) {
      sqlite_options options;
      if (shim_ != nullptr) options.vfs = shim_->name();
      auto made = std::make_unique<kept_world>(kept_in(file_, options));
      made->code = model_.code;
      if (const auto done = made->stock.open(); done) {
        kept_ = std::move(made);
      } else {
        if (!of_journal(done.error())) stop("opening: " + text_of(done.error()));
        made.reset();
        must_be_honest(outcome_of(done.error()), 0);
        if (attempt > 0) heal();
      }
    }
    if (!kept_) stop("it cannot be opened again");
    return kept_.get();
  }

  std::string file_, copy_;
  std::uint64_t seed_;
  faulty_vfs* shim_;
  std::string again_;
  model_world model_;
  std::unique_ptr<kept_world> kept_;
  std::uint64_t failures_ = 0;
};

std::string how_again(const orders& told, const char* test) {
  return std::string("faults ") + test + " --seed " + std::to_string(told.seed) + (told.all ? " --all" : "");
}

}  // namespace

void every_call_fails(const orders& told) {
  const folder in;
  faulty_vfs shim("tallymark_faulty");
  const std::string file = in / "stock.db", copy = in / "copy.db", again = how_again(told, "calls");
  std::array<std::uint64_t, calls> before{}, there{};
  const auto heal = [&] { shim.heal(); };
  for (std::size_t i = 0; i < calls; ++i) before[i] = shim.count(static_cast<call>(i));
  session(file, copy, told.seed, &shim, again).run(heal);
  for (std::size_t i = 0; i < calls; ++i) there[i] = shim.count(static_cast<call>(i)) - before[i];

  struct kind {
    call what;
    int code;
    std::uint64_t every;  // of how many calls one fails, in the short form
  };
  constexpr kind kinds[] = {{call::write, SQLITE_IOERR_WRITE, 5},    {call::write, SQLITE_FULL, 25},
                            {call::sync, SQLITE_IOERR_FSYNC, 2},     {call::open, SQLITE_CANTOPEN, 1},
                            {call::open, SQLITE_IOERR, 1},           {call::truncate, SQLITE_IOERR_TRUNCATE, 1},
                            {call::shm_map, SQLITE_IOERR_SHMMAP, 1}, {call::remove, SQLITE_IOERR_DELETE, 1},
                            {call::read, SQLITE_IOERR_READ, 8}};
  for (const bool for_ever : {false, true})
    for (const kind& each : kinds) {
      const std::size_t which = static_cast<std::size_t>(each.what);
      std::uint64_t tried = 0, told_of = 0;
      const std::uint64_t every = told.all ? 1 : each.every * (for_ever ? 4 : 1);
      for (std::uint64_t n = 1 + told.seed % every; n <= there[which]; n += every, ++tried) {
        shim.fail(each.what, n, each.code, for_ever);
        session one(file, copy, told.seed, &shim,
                    again + ": " + call_names[which] + " " + std::to_string(n) + " fails with " +
                        sqlite3_errstr(each.code) + (for_ever ? ", and all after it" : ""));
        one.run(heal);
        if (one.failures() > 0) ++told_of;
        shim.heal();
      }
      std::printf("calls: %-8s %-22s %-8s %5llu of %llu failed; %llu times a call said so\n", call_names[which],
                  sqlite3_errstr(each.code), for_ever ? "for ever" : "once", static_cast<unsigned long long>(tried),
                  static_cast<unsigned long long>(there[which]), static_cast<unsigned long long>(told_of));
      if ((each.what == call::write || each.what == call::sync) && told_of == 0) broken("no failure was told", again);
    }
}

void disk_is_full(const orders& told) {
  const folder in;
  std::uint64_t told_of = 0, tried = 0;
  const std::string copy = in / "copy.db", again = how_again(told, "full");
  {
    faulty_vfs shim("tallymark_full");
    const std::string file = in / "stock.db";
    for (std::int64_t room = 0; room < 500'000; room += told.all ? 1'009 : 20'011, ++tried) {
      shim.heal();
      shim.leave_room(room);
      session one(file, copy, told.seed, &shim, again + ": with room for " + std::to_string(room) + " bytes");
      one.run([&] { shim.heal(); });
      if (one.failures() > 0) ++told_of;
    }
    std::printf("full: a quota was reached %llu times of %llu\n", static_cast<unsigned long long>(told_of),
                static_cast<unsigned long long>(tried));
    if (told_of == 0) broken("the disk was never full", again);
  }
  const std::string disk = in / "disk";
  fs::create_directory(disk);
  for (const char* const size : {"size=128k", "size=192k", "size=256k", "size=320k", "size=448k"}) {
    if (::mount("tallymark", disk.c_str(), "tmpfs", 0, size) != 0) {
      std::puts("full: SKIPPED: a small tmpfs cannot be mounted here");
      return;
    }
    const std::string file = disk + "/stock.db";
    std::uint64_t failures = 0;
    {
      session one(file, copy, told.seed, nullptr, again + ": on a tmpfs of " + size);
      one.run([&] {
        if (::mount("tallymark", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m") != 0) broken("no remount", again);
      });
      failures = one.failures();
    }
    (void)::umount2(disk.c_str(), MNT_DETACH);
    std::printf("full: a tmpfs of %s: %llu times a call said that it is full\n", size,
                static_cast<unsigned long long>(failures));
  }
}

}  // namespace faults
