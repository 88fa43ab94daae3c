// A process that acknowledges each operation is killed at any moment.
#include "tests.hpp"
#include "world.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include <sys/wait.h>
#include <unistd.h>

namespace faults {
namespace {

// What the process that is to be killed does: steps from n on, and a byte through the pipe after each.
[[noreturn]] void work(const std::string& file, std::uint64_t seed, int n, const std::string& code, int pipe) {
  const auto say = [&](const std::string& text) {
    if (::write(pipe, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::_Exit(3);
  };
  kept_world in(kept_in(file));
  in.code = code;
  if (const auto done = in.stock.open(); !done) {
    say("opening: " + text_of(done.error()));
    std::_Exit(3);
  }
  for (;; ++n) {
    const outcome got = step(in, seed, n);
    if (got.journal) {
      say("step " + std::to_string(n) + ": " + got.text);
      std::_Exit(3);
    }
    say(".");
  }
}

}  // namespace

void operations_are_killed(const orders& told) {
  const folder in;
  const std::string file = in / "stock.db";
  std::mt19937_64 random(told.seed);
  std::uint64_t acknowledged = 0, more = 0;
  const std::uint64_t times = told.times == 0 ? 60 : told.times;
  std::unique_ptr<model_world> model;
  std::deque<typename decltype(model_world::held)::value_type> reserved;  // by those who were killed
  std::uint64_t seed = 0;
  int n = 0;
  for (std::uint64_t kill = 0; kill < times; ++kill) {
    const std::string again = "faults kills --seed " + std::to_string(told.seed) + " --times " + std::to_string(times) +
                              ": kill " + std::to_string(kill);
    if (!model || n > 400) {
      reserved.clear();
      model = std::make_unique<model_world>();
      remove_database(file);
      seed = random();
      n = 0;
    }
    int pipe[2];
    if (::pipe(pipe) != 0) broken("no pipe", again);
    const pid_t child = ::fork();
    if (child < 0) broken("no process", again);
    if (child == 0) {
      ::close(pipe[0]);
      work(file, seed, n, model->code, pipe[1]);
    }
    ::close(pipe[1]);
    // after some operations, or none: while it opens
    std::string said;
    const auto listen = [&](std::size_t at_most) {
      char byte = 0;
      while (said.size() < at_most) {
        const ssize_t got = ::read(pipe[0], &byte, 1);
        if (got == 1) said.push_back(byte);
        if (got == 0 || (got < 0 && errno != EINTR)) return;
      }
    };
    const std::size_t wait_for = random() % 12;
    listen(wait_for);
    ::usleep(static_cast<useconds_t>(random() % (wait_for == 0 ? 20'000 : 2'000)));
    ::kill(child, SIGKILL);
    listen(said.max_size());
    ::close(pipe[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL || said.find_first_not_of('.') != said.npos)
      broken("the process failed before it was killed: " + said, again);

    for (std::size_t i = 0; i < said.size(); ++i, ++n) (void)step(*model, seed, n);
    acknowledged += said.size();
    {
      kept_world left(kept_in(file));
      if (const auto done = left.stock.open(); !done) broken("reopening: " + text_of(done.error()), again);
      const std::string stock = dump(left.stock, detail_of::everything), done = history_of(left);
      const auto same = [&] {
        return stock == dump(model->stock, detail_of::everything) && done == history_of(*model);
      };
      if (!same()) {  // the one that was not acknowledged, whole
        const std::string before = dump(model->stock, detail_of::everything), past = history_of(*model);
        (void)step(*model, seed, n);
        if (!same())
          broken(std::to_string(said.size()) + " steps were acknowledged: " +
                     (stock == before ? difference(done, past) : difference(stock, before)) + ", with one more " +
                     (stock == dump(model->stock, detail_of::everything)
                          ? difference(done, history_of(*model))
                          : difference(stock, dump(model->stock, detail_of::everything))),
                 again);
        ++n;
        ++more;
      }
      left.held.reset();
    }
    must_be_sound(file, "after a kill", again);
    if (model->held) {
      reserved.push_back(std::move(*model->held));
      model->held.reset();
    }
  }
  std::printf("kills: %llu, of processes that had acknowledged %llu operations; %llu times one more was there, whole\n",
              static_cast<unsigned long long>(times), static_cast<unsigned long long>(acknowledged),
              static_cast<unsigned long long>(more));
  if (acknowledged == 0) broken("nothing was acknowledged", "faults kills");
}

}  // namespace faults
