// expect: tallymark::validated_serial: the first type is not a serial policy
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>

#include <string>

struct no_slash {
  tallymark::result<tallymark::opinion> operator()(std::string_view) const { return tallymark::opinion::none; }
};
struct says_bool {
  bool operator()(std::string_view) const { return true; }
};

#if TALLYMARK_BAD
using subject = tallymark::validated_serial<no_slash>;
#else
using subject = tallymark::validated_serial<tallymark::text_serial<>, no_slash>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
