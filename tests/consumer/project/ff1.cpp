#include <tallymark/serial/ff1.hpp>

int main() {
  const tallymark::ff1::over<tallymark::permutation_domain{999'999, 10, 6}> order(
      tallymark::secret_key(std::array<std::uint8_t, 16>{1, 2, 3}));
  return order.invert(order.permute(42)) == 42 ? 0 : 1;
}
