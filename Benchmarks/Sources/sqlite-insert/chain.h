#ifndef CHAIN_H
#define CHAIN_H

#include <openssl/evp.h>
#include <stdint.h>

/* What the hash chain covers of each event: its canonical line without `position` and `hash`. */
struct canonical {
  int64_t count;
  const char **starts;
  size_t *lengths;
};

struct canonical read_canonical(const char *journal);

/* For SHA-256. The algorithm is looked up here once, which takes longer than hashing an event. */
EVP_MD_CTX *start_chain(void);

/* SHA-256(link before, canonical event) in place of the link before. */
void next_link(EVP_MD_CTX *context, unsigned char link[32], const struct canonical *events, int64_t index);

#endif
