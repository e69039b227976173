#define _GNU_SOURCE /* memmem */
#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

static char *file_contents(const char *name, size_t *length) {
  FILE *file = fopen(name, "rb");
  if (file == NULL) stop(name, "cannot be opened");
  if (fseek(file, 0, SEEK_END) != 0) stop(name, "cannot be read");
  *length = (size_t)ftell(file);
  rewind(file);
  char *text = allocated(NULL, *length + 1);
  if (fread(text, 1, *length, file) != *length) stop(name, "cannot be read");
  fclose(file);
  return text;
}

/*
 * Takes `,"KEY":VALUE` out of a line, where VALUE is a number or a text without quotes. Inside a text of the journal
 * a quote has a backslash before it, so what is found is the field itself.
 */
static size_t without_field(char *line, size_t length, const char *key) {
  size_t key_length = strlen(key);
  char *found = memmem(line, length, key, key_length);
  if (found == NULL) return length;
  char *end = found + key_length;
  char *line_end = line + length;
  if (end < line_end && *end == '"') {
    end = memchr(end + 1, '"', (size_t)(line_end - end - 1));
    if (end == NULL) stop("journal", "a text does not end");
    end += 1;
  } else {
    while (end < line_end && *end >= '0' && *end <= '9') end += 1;
  }
  memmove(found, end, (size_t)(line_end - end));
  return length - (size_t)(end - found);
}

struct canonical read_canonical(const char *journal) {
  size_t length;
  char *text = file_contents(journal, &length);
  struct canonical events = {0, NULL, NULL};
  int64_t capacity = 0;
  for (char *line = text; line < text + length;) {
    char *end = memchr(line, '\n', (size_t)(text + length - line));
    if (end == NULL) end = text + length;
    if (events.count == capacity) {
      capacity = capacity * 2 + 1024;
      events.starts = allocated(events.starts, (size_t)capacity * sizeof *events.starts);
      events.lengths = allocated(events.lengths, (size_t)capacity * sizeof *events.lengths);
    }
    size_t kept = without_field(line, (size_t)(end - line), ",\"hash\":");
    kept = without_field(line, kept, ",\"position\":");
    events.starts[events.count] = line;
    events.lengths[events.count] = kept;
    events.count += kept > 0;
    line = end + 1;
  }
  return events;
}

EVP_MD_CTX *start_chain(void) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (context == NULL || !EVP_DigestInit_ex(context, EVP_sha256(), NULL)) stop("hash", "failed");
  return context;
}

void next_link(EVP_MD_CTX *context, unsigned char link[32], const struct canonical *events, int64_t index) {
  unsigned int size = 32;
  int worked = EVP_DigestInit_ex(context, NULL, NULL) && EVP_DigestUpdate(context, link, 32)
    && EVP_DigestUpdate(context, events->starts[index], events->lengths[index])
    && EVP_DigestFinal_ex(context, link, &size);
  if (!worked) stop("hash", "failed");
}
