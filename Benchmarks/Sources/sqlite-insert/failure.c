#include "failure.h"

#include <stdio.h>
#include <stdlib.h>

void stop(const char *doing, const char *why) {
  fprintf(stderr, "sqlite-insert: %s: %s\n", doing, why);
  exit(1);
}

void expect(int result, int wanted, sqlite3 *database, const char *doing) {
  if (result != wanted) stop(doing, sqlite3_errmsg(database));
}

void *allocated(void *old, size_t size) {
  void *memory = realloc(old, size);
  if (memory == NULL) stop("memory", "exhausted");
  return memory;
}
