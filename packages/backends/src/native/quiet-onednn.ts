/**
 * C++ that stands in for a function of libtensorflow's own, wherever that asks whether to compute with oneDNN: what the
 * environment says, which `load-native.ts` sets. TensorFlow's function announces its answer on stderr while the library is
 * being loaded, before it has read from `TF_CPP_MIN_LOG_LEVEL` that it is to be silent.
 */
export const quietOnednn = `#include <cstdlib>
#include <cstring>

#if defined(__linux__) && defined(__x86_64__)
namespace tensorflow {
bool IsMKLEnabled() {
  const char *asked = std::getenv("TF_ENABLE_ONEDNN_OPTS");
  return asked != nullptr && (std::strcmp(asked, "1") == 0 || std::strcmp(asked, "true") == 0);
}
}
#endif
`;
