/*
 * The floor for recording: puts the finished rows of a book into a new file with the C interface of SQLite, with the
 * same table, the same indexes and the hash chain, but without reading text, control or projections. Prints one line
 * of JSON.
 *
 * Usage: sqlite-insert BOOK JOURNAL TARGET [--batch ROWS] [--single N] [--triggers]
 *   BOOK      where rows and schema come from
 *   JOURNAL   what `ledgerctl export` writes of it: what the chain covers
 *   --batch   rows in a durable transaction (8189)
 *   --single  commit each of the first N rows alone instead
 *   --triggers  create the book's triggers on the table too
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "chain.h"
#include "failure.h"
#include "rows.h"
#include "target.h"

struct options {
  const char *paths[3];
  int64_t batch;
  int64_t rows; /* 0: all */
  bool with_triggers;
};

static _Noreturn void usage(void) {
  fprintf(stderr, "usage: sqlite-insert BOOK JOURNAL TARGET [--batch ROWS] [--single N] [--triggers]\n");
  exit(64);
}

static int64_t number(const char *text) {
  char *end;
  long long value = text == NULL ? 0 : strtoll(text, &end, 10);
  if (value <= 0 || *end != 0) usage();
  return value;
}

static struct options read_options(char **arguments) {
  struct options options = {.batch = 8189};
  int paths = 0;
  for (char **next = arguments + 1; *next != NULL; next++) {
    if (strcmp(*next, "--batch") == 0) {
      options.batch = number(*++next);
    } else if (strcmp(*next, "--single") == 0) {
      options.rows = number(*++next);
      options.batch = 1;
    } else if (strcmp(*next, "--triggers") == 0) {
      options.with_triggers = true;
    } else if (paths < 3 && (*next)[0] != '-') {
      options.paths[paths++] = *next;
    } else {
      usage();
    }
  }
  if (paths != 3) usage();
  return options;
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Inserts `count` rows in batches; `link` ends as the last link of the chain. Returns seconds. */
static double timed_inserts(
  sqlite3 *target, const struct rows *rows, const struct canonical *events, int64_t count, int64_t batch,
  unsigned char link[32]) {
  sqlite3_stmt *insert = prepare_insert(target, rows->columns);
  EVP_MD_CTX *context = start_chain();
  double start = seconds_now();
  for (int64_t row = 0; row < count;) {
    execute(target, "BEGIN IMMEDIATE");
    for (int64_t end = row + batch < count ? row + batch : count; row < end; row++) {
      next_link(context, link, events, row);
      insert_row(target, insert, rows, row, link);
    }
    execute(target, "COMMIT");
  }
  double seconds = seconds_now() - start;
  EVP_MD_CTX_free(context);
  sqlite3_finalize(insert);
  return seconds;
}

/* Whether the chain came out as the book has it: then the work done is the book's own. */
static bool is_chain(const struct rows *rows, int64_t count, const unsigned char link[32]) {
  if (rows->hash_column < 0 || count == 0) return false;
  const struct value *stored = &rows->values[(count - 1) * rows->columns + rows->hash_column];
  return stored->type == SQLITE_BLOB && stored->length == 32 && memcmp(stored->as.bytes, link, 32) == 0;
}

static const char *durability(sqlite3 *target) {
  static char text[64];
  char *journal = pragma(target, "journal_mode");
  char *synchronous = pragma(target, "synchronous");
  snprintf(text, sizeof text, "%s, synchronous=%s", journal, strcmp(synchronous, "2") == 0 ? "FULL" : synchronous);
  free(journal);
  free(synchronous);
  return text;
}

int main(int argument_count, char **arguments) {
  (void)argument_count;
  struct options options = read_options(arguments);
  sqlite3 *book = NULL;
  expect(sqlite3_open_v2(options.paths[0], &book, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK, book, options.paths[0]);
  struct rows rows = read_rows(book);
  struct canonical events = read_canonical(options.paths[1]);
  if (rows.count != events.count) stop(options.paths[1], "has not as many events as the book");
  sqlite3 *target = create_target(options.paths[2], book, options.with_triggers);
  int64_t count = options.rows > 0 && options.rows < rows.count ? options.rows : rows.count;

  unsigned char link[32] = {0};
  double seconds = timed_inserts(target, &rows, &events, count, options.batch, link);

  const char *mode = durability(target);
  sqlite3_close(book);
  if (sqlite3_close(target) != SQLITE_OK) stop(options.paths[2], "cannot be closed");
  struct stat file;
  if (stat(options.paths[2], &file) != 0) stop(options.paths[2], "is gone");
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf(
    "{\"seconds\":%.6f,\"events\":%lld,\"eventsPerSecond\":%.0f,\"batch\":%lld,\"bytes\":%lld,\"durability\":\"%s\","
    "\"triggers\":%s,\"hashBound\":%s,\"chainMatches\":%s,\"peakBytes\":%lld}\n",
    seconds, (long long)count, (double)count / seconds, (long long)options.batch, (long long)file.st_size, mode,
    options.with_triggers ? "true" : "false", rows.hash_column >= 0 ? "true" : "false",
    is_chain(&rows, count, link) ? "true" : "false", (long long)usage.ru_maxrss * 1024);
  return 0;
}
